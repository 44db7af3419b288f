//! The task that owns the talk. Each part of its state has an owner; the task hands every input to the owner that it is
//! for, and applies what that one answers.

use std::time::Instant;

use tokio::{sync::mpsc, task::spawn_blocking, time::timeout_at};

use super::{
    audience::Audience,
    builds::Builds,
    effect::Effect,
    input::Input,
    live_traces::{LiveTraces, TraceTools},
    opening::{Loaded, Opening},
    permission::permit,
    problems::Problems,
    rebuilds::Rebuilds,
    refusal::Refusal,
    report::Report,
    runs::{Next, Runs},
    session_host::{Purpose, SessionHost},
    slides::Slides,
    write_back::WriteBack,
};
use crate::{
    extension::SecondBuild,
    protocol::{Command, Role, Stage},
    server::build_queue::BuildResult,
};

/// The owners of the talk's state.
pub struct Actor {
    audience: Audience,
    slides: Slides,
    problems: Problems,
    runs: Runs,
    host: SessionHost,
    builds: Builds,
    rebuilds: Rebuilds,
    traces: LiveTraces,
    write_back: WriteBack,
}

impl Actor {
    /// A talk as it begins; what happens to it comes through `inputs`.
    pub fn new(opening: Opening, inputs: &mpsc::Sender<Input>) -> Self {
        let Opening { project, deck, digest, pages, sessions, imports, build, tracer, traces, build_queue } =
            opening;
        let tools = TraceTools {
            source: tracer,
            traces,
            project: project.root.clone(),
            imports: imports.clone(),
            inputs: inputs.clone(),
        };
        Self {
            audience: Audience::new(Stage { deck: digest, build: build.clone(), ..Stage::default() }),
            runs: Runs::new(SecondBuild::wanted(&deck).is_some()),
            slides: Slides::new(deck, pages),
            problems: Problems::new(project.layout.extension.manifest()),
            host: SessionHost::new(sessions, imports, inputs.clone()),
            builds: Builds::new(build),
            rebuilds: Rebuilds::new(build_queue),
            traces: LiveTraces::new(tools),
            write_back: WriteBack::new(project, inputs.clone()),
        }
    }

    /// Takes inputs until the end, and hands waiting output on when its time has come.
    pub async fn work(mut self, mut inputs: mpsc::Receiver<Input>) {
        loop {
            let input = match self.runs.due() {
                Some(due) => timeout_at(due.into(), inputs.recv()).await,
                None => Ok(inputs.recv().await),
            };
            match input {
                Err(_) => {}
                Ok(None | Some(Input::End)) => break,
                Ok(Some(input)) => self.take(input),
            }
            if self.runs.due().is_some_and(|due| due <= Instant::now()) {
                let effects = self.runs.hand_on();
                self.apply(effects);
            }
        }
        self.traces.end();
        self.rebuilds.end();
        // Nobody can send any more, so the session's thread does not wait for a place in the line.
        drop(inputs);
        // Ends in any case: if the thread of this call panicked, there is nothing more to end.
        let _ = spawn_blocking(move || self.host.end()).await;
    }

    fn take(&mut self, input: Input) {
        let effects = match input {
            Input::Connect(answer) => return self.audience.connect(answer),
            Input::Disconnect(follower) => return self.audience.disconnect(follower),
            Input::Answer { to, message } => return self.audience.tell(to, &message),
            Input::Command { from, command } => match self.handle(from, command) {
                Ok(effects) => effects,
                Err(refusal) => return self.audience.refuse(from, &refusal),
            },
            Input::Session { number, report } => match self.host.purpose(number) {
                Some(Purpose::InUse) => self.reported(report),
                Some(Purpose::OnTrial) => self.rebuilds.tried(report),
                None => return,
            },
            Input::Loaded(loaded) => self.loaded(loaded),
            Input::Saved => return self.rebuilds.offer(&self.slides, self.audience.stage()),
            Input::Built(result) => self.built(result),
            Input::SecondBuildMade => self.runs.second_build_made(),
            Input::Traced { number } => self.traces.traced(number),
            Input::End => return,
        };
        self.apply(effects);
    }

    /// Carries a command out, as far as the one who asks may do that.
    fn handle(&mut self, from: u64, command: Command) -> Result<Vec<Effect>, Refusal> {
        permit(self.audience.role(from), &command)?;
        let (slides, stage) = (&self.slides, self.audience.stage());
        Ok(match command {
            Command::Run { cell } => self.runs.ask(cell, slides)?,
            Command::Edit { cell, source } => slides.edit(cell, source, stage, self.runs.history())?,
            Command::Move { position } => slides.move_to(position, stage)?,
            Command::Stop => then(self.rebuilds.stop(), self.runs.stop()),
            Command::Restart => vec![Effect::Restart],
            Command::Rebuild { cell } => self.rebuilds.start(cell, slides, stage)?,
            Command::UseBuild { build } => vec![self.builds.accept(&build)?],
            Command::ReturnBuild => {
                let restart = self.builds.go_back()?;
                then(self.rebuilds.give_up(), [restart])
            }
            Command::Trace { xray } => self.traces.trace(&xray, slides, &self.builds)?,
            Command::TraceExpression { setup, expression } => {
                self.traces.trace_expression(setup, expression, &self.builds)?
            }
            Command::Difference { cell } => {
                self.write_back.compare(from, &cell, slides, stage)?;
                Vec::new()
            }
            Command::WriteBack { cell, digest } => {
                self.write_back.write(from, &cell, digest, slides, stage)?;
                Vec::new()
            }
            Command::GoOn => {
                self.audience.let_go_on();
                Vec::new()
            }
            Command::Unlock => {
                self.audience.set_role(from, Role::Presenter);
                Vec::new()
            }
            Command::Lock => {
                self.audience.set_role(from, Role::Runner);
                Vec::new()
            }
        })
    }

    fn reported(&mut self, report: Report) -> Vec<Effect> {
        match report {
            Report::Ran(event) => self.runs.ran(event),
            Report::Ended { alive } => {
                self.host.ended(alive);
                self.runs.ended()
            }
            Report::Tried(..) | Report::Ready | Report::Unusable(_) => Vec::new(),
        }
    }

    fn built(&mut self, result: BuildResult) -> Vec<Effect> {
        let (slides, stage) = (&self.slides, self.audience.stage());
        match result {
            BuildResult::Rebuild { number, result } => self.rebuilds.built(number, result, slides, stage),
            BuildResult::Check { number, findings } => self.rebuilds.checked(number, findings, stage),
            BuildResult::WarmUp(findings) | BuildResult::Offer(Err(findings)) => {
                vec![self.problems.of_extension(findings, slides.deck())]
            }
            BuildResult::Offer(Ok(live)) => {
                vec![self.builds.offer(live), self.problems.of_extension(Vec::new(), slides.deck())]
            }
        }
    }

    /// With errors in the sources, the last good deck stays and the errors are shown.
    fn loaded(&mut self, loaded: Loaded) -> Vec<Effect> {
        let (stage, history) = (self.audience.stage(), self.runs.history());
        match loaded {
            Ok((deck, site)) => {
                let replaced = self.slides.replace(deck, site, stage, history);
                then(replaced, [self.problems.of_slides(&[])])
            }
            Err(errors) => vec![self.problems.of_slides(&errors)],
        }
    }

    fn apply(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Show(change) => self.audience.show(change),
                Effect::ShowProblems(problems) => self.audience.show_problems(problems),
                Effect::RunNext => self.run_next(),
                Effect::StopRun => self.host.stop(),
                Effect::Ended(cell) => {
                    let effects = self.rebuilds.ended(&cell);
                    self.apply(effects);
                }
                Effect::Restart => self.restart(),
                Effect::Check(cell) => self.rebuilds.check(&cell, &self.slides, self.audience.stage()),
                Effect::TryOut { packages, plan } => self.host.try_out(packages, plan),
                Effect::GiveUpTrial => self.host.give_up_trial(),
                Effect::SwitchOver => self.switch_over(),
            }
        }
    }

    fn run_next(&mut self) {
        while let Some(next) = self.runs.next(&self.slides, self.audience.stage()) {
            match next {
                Next::Gone(change) => self.audience.show(change),
                Next::Run(plan) => {
                    if self.host.take_fresh() {
                        self.show_restart(None);
                    }
                    self.runs.begin(&plan);
                    self.host.run(plan);
                }
            }
        }
    }

    fn restart(&mut self) {
        let effects = self.runs.cut_off();
        self.apply(effects);
        self.host.replace(self.builds.packages());
        self.show_restart(None);
    }

    /// The new build takes the place of the old one, and the next cell runs.
    fn switch_over(&mut self) {
        let Some((cell, live)) = self.rebuilds.switch_over() else { return };
        let effects = self.runs.cut_off();
        self.apply(effects);
        self.host.switch_over();
        self.builds.switch_to(live);
        let next = self.slides.cell_after(&cell);
        self.show_restart(Some(cell));
        let answer = next.filter(|next| {
            let asked = self.runs.ask(next.clone(), &self.slides);
            asked.map(|effects| self.apply(effects)).is_ok()
        });
        let effects = self.rebuilds.switched_over(answer);
        self.apply(effects);
    }

    fn show_restart(&mut self, rebuilt: Option<String>) {
        self.runs.forget_history();
        let effects = self.builds.restarted(rebuilt);
        self.apply(effects);
    }
}

/// The effects of two owners, one after the other.
fn then(first: Vec<Effect>, second: impl IntoIterator<Item = Effect>) -> Vec<Effect> {
    first.into_iter().chain(second).collect()
}
