//! The task that owns the stage.

use std::{collections::VecDeque, path::PathBuf, sync::Arc, time::Instant};

use tokio::{sync::mpsc, task::spawn_blocking, time::timeout_at};

use super::{
    audience::Audience,
    input::Input,
    opening::Opening,
    rebuild::Rebuild,
    report::Report,
    runs::{Running, Throttle},
    session_thread::SessionThread,
    stale::History,
    supply::Supply,
    tracing::Tracing,
};
use crate::{
    extension::{Beside, LiveBuild},
    model::Deck,
    player::Plan,
    project::Project,
    protocol::{Build, Problem, Stage},
    server::{
        build_queue::{BuildQueue, BuildResult},
        pages::Pages,
    },
};

/// The talk's state. The other files of this folder say what it does on commands, runs and saved sources.
pub(super) struct Actor {
    pub audience: Audience,
    pub deck: Deck,
    pub pages: Pages,
    /// Cells that wait for their turn.
    pub queue: VecDeque<String>,
    /// The build that some cells import beside the installed one is still being made.
    pub awaits_second_build: bool,
    pub running: Option<Running>,
    pub throttle: Throttle,
    pub history: History,
    pub sessions: Sessions,
    pub builds: Builds,
    pub problems: Problems,
    pub tracing: Tracing,
    pub build_queue: BuildQueue,
    pub rebuilding: Option<Rebuild>,
    /// Counts what was asked of the compiler, so that a late answer is known.
    pub requests: u64,
    pub project: Project,
}

/// The session in use, and what the next one needs.
pub(super) struct Sessions {
    pub thread: Option<SessionThread>,
    /// Its number: a late report of an old one is known by another.
    pub number: u64,
    /// The latest session's number.
    pub last: u64,
    pub supply: Supply,
    pub imports: Vec<PathBuf>,
    pub inputs: mpsc::Sender<Input>,
    /// The namespace is gone; the stage says so when the next cell runs.
    pub is_fresh: bool,
}

/// Builds of the extension that are kept; a build that nobody can go over to is removed from the disk.
pub(super) struct Builds {
    pub installed: Build,
    pub current: KnownBuild,
    pub previous: Option<KnownBuild>,
    pub offered: Option<LiveBuild>,
}

/// A build that sessions import.
pub(super) enum KnownBuild {
    /// The one that `make` installed.
    Installed,
    /// One that was made during the talk.
    /// A trace that is under way needs its sources for longer than the session does.
    Made(Arc<LiveBuild>),
}

/// What is wrong, by who found it.
#[derive(Default)]
pub(super) struct Problems {
    pub slides: Vec<Problem>,
    pub extension: Vec<Problem>,
}

impl Actor {
    pub fn new(opening: Opening, inputs: &mpsc::Sender<Input>) -> Self {
        let supply = Supply::new(opening.sessions);
        let sessions = Sessions {
            thread: None,
            number: 0,
            last: 0,
            supply,
            imports: opening.imports,
            inputs: inputs.clone(),
            is_fresh: false,
        };
        let builds = Builds {
            installed: opening.build.clone(),
            current: KnownBuild::Installed,
            previous: None,
            offered: None,
        };
        let mut actor = Self {
            awaits_second_build: Beside::wanted(&opening.deck).is_some(),
            audience: Audience::new(Stage { deck: opening.digest, build: opening.build, ..Stage::default() }),
            deck: opening.deck,
            pages: opening.pages,
            queue: VecDeque::new(),
            running: None,
            throttle: Throttle::default(),
            history: History::default(),
            sessions,
            builds,
            problems: Problems::default(),
            tracing: Tracing::new(opening.tracer, opening.traces),
            build_queue: opening.build_queue,
            rebuilding: None,
            requests: 0,
            project: opening.project,
        };
        actor.sessions.replace(&KnownBuild::Installed);
        actor
    }

    /// Takes inputs until the end, and hands waiting output on when its time has come.
    pub async fn work(mut self, mut inputs: mpsc::Receiver<Input>) {
        loop {
            let input = match self.throttle.due() {
                Some(due) => timeout_at(due.into(), inputs.recv()).await,
                None => Ok(inputs.recv().await),
            };
            match input {
                Err(_) => {}
                Ok(None | Some(Input::End)) => break,
                Ok(Some(input)) => self.take(input),
            }
            if self.throttle.due().is_some_and(|due| due <= Instant::now()) {
                self.hand_on();
            }
        }
        self.tracing.end();
        self.build_queue.end();
        drop(self.rebuilding.take());
        // Nobody can send any more, so the session's thread does not wait for a place in the line.
        drop(inputs);
        // Ends in any case: if the thread of this call panicked, there is nothing more to end.
        let _ = spawn_blocking(move || self.sessions.end()).await;
    }

    fn take(&mut self, input: Input) {
        match input {
            Input::Connect(answer) => self.audience.connect(answer),
            Input::Disconnect(follower) => self.audience.disconnect(follower),
            Input::Command { from, command } => self.handle(from, command),
            Input::Session { number, report } if Some(number) == self.tried_session() => self.tried(report),
            Input::Session { number, .. } if number != self.sessions.number => {}
            Input::Session { report: Report::Tried(..) | Report::Ready | Report::Unusable(_), .. } => {}
            Input::Session { report: Report::Ran(event), .. } => self.ran(event),
            Input::Session { report: Report::Ended { alive }, .. } => self.ended(alive),
            Input::Loaded(loaded) => self.loaded(loaded),
            Input::Saved => self.offer_build(),
            Input::Built(BuildResult::WarmUp(findings)) => self.warmed_up(findings),
            Input::Built(BuildResult::Offer(built)) => self.built(built),
            Input::Built(BuildResult::Rebuild { number, result }) => self.rebuilt(number, result),
            Input::Built(BuildResult::Check { number, findings }) => self.checked(number, findings),
            Input::Answer { to, message } => self.audience.tell(to, &message),
            Input::SecondBuildMade => self.second_build_made(),
            Input::Traced { number } => self.traced(number),
            Input::End => {}
        }
    }

    /// Sends problems where they differ from those that are shown.
    pub fn show_problems(&mut self) {
        self.audience.show_problems(self.problems.all());
    }
}

impl Sessions {
    /// Replaces the session by a fresh one that imports from this build.
    pub fn replace(&mut self, build: &KnownBuild) {
        let (number, report) = self.next();
        let imports = self.imports_with(build.packages());
        let thread = SessionThread::start(self.supply.clone(), imports, report);
        self.take_over(thread, number);
    }

    /// Tries a new build out in a session beside the one that is in use. With the session's number.
    pub fn try_out(&mut self, build: &LiveBuild, trial: Plan) -> (u64, SessionThread) {
        let (number, report) = self.next();
        let imports = self.imports_with(Some(build.packages()));
        (number, SessionThread::try_out(self.supply.clone(), imports, trial, report))
    }

    /// Puts a session in the place of the one that is in use.
    pub fn take_over(&mut self, thread: SessionThread, number: u64) {
        self.number = number;
        self.is_fresh = false;
        if let Some(old) = self.thread.replace(thread) {
            old.stop();
        }
    }

    /// The folders that a session imports from: a build's own before all others.
    fn imports_with(&self, packages: Option<PathBuf>) -> Vec<PathBuf> {
        packages.into_iter().chain(self.imports.iter().cloned()).collect()
    }

    /// The next session's number, and how it reports.
    fn next(&mut self) -> (u64, impl Fn(Report) + Send + 'static) {
        self.last += 1;
        let (number, inputs) = (self.last, self.inputs.clone());
        let report = move |report| {
            // The talk has ended if nobody listens.
            let _ = inputs.blocking_send(Input::Session { number, report });
        };
        (number, report)
    }

    fn end(self) {
        if let Some(thread) = self.thread {
            thread.end();
        }
        self.supply.clear();
    }
}

impl KnownBuild {
    /// The folder that sessions import from first, if there is one.
    pub fn packages(&self) -> Option<PathBuf> {
        self.live().map(|live| live.packages())
    }

    /// The build, if it was made during the talk.
    pub fn live(&self) -> Option<&Arc<LiveBuild>> {
        match self {
            Self::Installed => None,
            Self::Made(live) => Some(live),
        }
    }
}

impl Builds {
    /// Goes over to another build, and keeps the one before it.
    pub fn go_over(&mut self, next: KnownBuild) {
        self.previous = Some(std::mem::replace(&mut self.current, next));
        self.offered = None;
    }

    /// Changes places with the build before this one; false if there is none.
    pub fn go_back(&mut self) -> bool {
        if let Some(previous) = &mut self.previous {
            std::mem::swap(previous, &mut self.current);
        }
        self.previous.is_some()
    }

    /// What is known of the current build, and of the one before it.
    pub fn said(&self) -> (Build, Option<Build>) {
        let said = |loaded: &KnownBuild| match loaded {
            KnownBuild::Installed => self.installed.clone(),
            KnownBuild::Made(live) => live.build().clone(),
        };
        (said(&self.current), self.previous.as_ref().map(said))
    }
}

impl Problems {
    fn all(&self) -> Vec<Problem> {
        self.slides.iter().chain(&self.extension).cloned().collect()
    }
}
