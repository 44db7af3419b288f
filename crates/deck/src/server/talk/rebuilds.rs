//! Requests to the compiler, and the rebuild under way: the compiler, a fresh interpreter that imports what it made,
//! what the next cell builds on, and that cell. Until the new build answers, the old one does.

use std::time::Instant;

use super::{
    effect::Effect,
    overlay::{edited, overlay},
    refusal::Refusal,
    report::Report,
    slides::Slides,
};
use crate::{
    extension::{Compiled, LiveBuild, Overlay},
    player::{Plan, stopped},
    protocol::{CellError, CellEvent, Change, Finding, Phase, Stage, Status},
    server::build_queue::{BuildQueue, BuildRequest},
};

/// Owns the line to the compiler and the rebuild under way.
pub struct Rebuilds {
    queue: BuildQueue,
    /// Counts requests, so that a late answer is known.
    requests: u64,
    under_way: Option<Rebuild>,
}

struct Rebuild {
    /// The cell whose button was pressed.
    cell: String,
    number: u64,
    began: Instant,
    course: Course,
}

/// Progress of a rebuild.
enum Course {
    Compiling,
    /// The new build is tried out in a second session.
    Trying(Box<LiveBuild>),
    /// The second session takes the place of the old one.
    SwitchingOver,
    /// The new build answers: this cell.
    Answering {
        cell: String,
        began: Instant,
    },
}

impl Rebuilds {
    /// Asks the compiler by this queue.
    pub fn new(queue: BuildQueue) -> Self {
        Self { queue, requests: 0, under_way: None }
    }

    /// Builds the demo crate with what stands on the stage. A rebuild that is under way is given up for it.
    pub fn start(&mut self, cell: String, slides: &Slides, stage: &Stage) -> Result<Vec<Effect>, Refusal> {
        slides.rust_cell(&cell)?;
        let mut effects = self.give_up();
        let overlay = on_stage(slides, stage, Some(&cell));
        let number = self.next_number();
        let request = BuildRequest::Rebuild { number, edited: edited(&overlay), overlay };
        // Where nobody builds, nothing was given up.
        if !self.queue.ask(request) {
            return Err(Refusal::NoCrate);
        }
        effects.push(Change::Ran { cell: cell.clone(), event: CellEvent::Started }.into());
        self.under_way = Some(Rebuild { cell, number, began: Instant::now(), course: Course::Compiling });
        Ok(effects)
    }

    /// The compiler is through. What was overtaken is of no interest to anybody.
    pub fn built(
        &mut self,
        number: u64,
        result: Result<Compiled, Vec<Finding>>,
        slides: &Slides,
        stage: &Stage,
    ) -> Vec<Effect> {
        let Some(rebuild) = self.under_way.as_mut().filter(|rebuild| rebuild.number == number) else {
            return Vec::new();
        };
        match result {
            Err(findings) => {
                let error = CellError::Compile { findings: findings.clone() };
                let mut effects = vec![Change::Checked { findings }.into()];
                effects.push(rebuild.show(CellEvent::Error { error }));
                effects.extend(self.finish(Status::Error));
                effects
            }
            Ok(Compiled { live, warnings }) => {
                let mut effects = vec![rebuild.phase(Phase::Build, rebuild.began)];
                if warnings != stage.findings {
                    effects.push(Change::Checked { findings: warnings }.into());
                }
                let next = slides.cell_after(&rebuild.cell);
                let plan = Plan::import(live.module(), slides.deck(), next.as_deref(), &stage.cells);
                effects.push(Effect::TryOut { packages: live.packages(), plan });
                rebuild.course = Course::Trying(Box::new(live));
                effects
            }
        }
    }

    /// The session in which a new build is tried out says something.
    pub fn tried(&mut self, report: Report) -> Vec<Effect> {
        let Some(rebuild) = &self.under_way else { return Vec::new() };
        match report {
            Report::Tried(phase, seconds) => vec![rebuild.show(CellEvent::Phase { phase, seconds })],
            Report::Unusable(events) => {
                let is_end = |event: &CellEvent| matches!(event, CellEvent::Finished { .. });
                let events = events.into_iter().filter(|event| !is_end(event));
                let mut effects: Vec<_> = events.map(|event| rebuild.show(event)).collect();
                effects.push(Effect::GiveUpTrial);
                effects.extend(self.finish(Status::Error));
                effects
            }
            Report::Ready => vec![Effect::SwitchOver],
            Report::Ran(event @ CellEvent::Overdue { .. }) => vec![rebuild.show(event)],
            Report::Ran(_) | Report::Ended { .. } => Vec::new(),
        }
    }

    /// Hands the new build over, with the cell whose rebuild it is.
    pub fn switch_over(&mut self) -> Option<(String, LiveBuild)> {
        let rebuild = self.under_way.as_mut()?;
        match std::mem::replace(&mut rebuild.course, Course::SwitchingOver) {
            Course::Trying(live) => Some((rebuild.cell.clone(), *live)),
            course => {
                rebuild.course = course;
                None
            }
        }
    }

    /// The new build is in use. It answers with this cell, or the rebuild is through.
    pub fn switched_over(&mut self, answer: Option<String>) -> Vec<Effect> {
        match (&mut self.under_way, answer) {
            (Some(rebuild), Some(cell)) => {
                rebuild.course = Course::Answering { cell, began: Instant::now() };
                Vec::new()
            }
            _ => self.finish(Status::Ok),
        }
    }

    /// A cell has ended: if it is the answer, the rebuild is through.
    pub fn ended(&mut self, ended: &str) -> Vec<Effect> {
        match &self.under_way {
            Some(rebuild @ Rebuild { course: Course::Answering { cell, began }, .. }) if cell == ended => {
                let mut effects = vec![rebuild.phase(Phase::Run, *began)];
                effects.extend(self.finish(Status::Ok));
                effects
            }
            _ => Vec::new(),
        }
    }

    /// Somebody wants what goes on to stop. A rebuild whose answer runs ends when that does.
    pub fn stop(&mut self) -> Vec<Effect> {
        match &self.under_way {
            Some(Rebuild { course: Course::Answering { .. }, .. }) => Vec::new(),
            _ => self.give_up(),
        }
    }

    /// Gives up the rebuild under way.
    pub fn give_up(&mut self) -> Vec<Effect> {
        let Some(rebuild) = self.under_way.take() else { return Vec::new() };
        let ended = rebuild.show(stopped());
        match rebuild.course {
            Course::Compiling => drop(self.queue.ask(BuildRequest::GiveUp)),
            Course::Trying(_) => return vec![Effect::GiveUpTrial, ended],
            Course::SwitchingOver | Course::Answering { .. } => {}
        }
        vec![ended]
    }

    /// Has what was saved built, with what stands on the stage.
    pub fn offer(&self, slides: &Slides, stage: &Stage) {
        let overlay = on_stage(slides, stage, None);
        // Without an extension, nobody listens.
        let _ = self.queue.ask(BuildRequest::Offer { edited: edited(&overlay), overlay });
    }

    /// Asks the compiler what it thinks of the text that stands on the stage. `asked` is the cell that was edited.
    pub fn check(&mut self, asked: &str, slides: &Slides, stage: &Stage) {
        let (number, overlay) = (self.next_number(), on_stage(slides, stage, Some(asked)));
        // Without a crate there are no findings.
        let _ = self.queue.ask(BuildRequest::Check { number, overlay });
    }

    /// The compiler has looked at it. Meanwhile somebody may have typed on, or a build may have said the same.
    pub fn checked(&self, number: u64, findings: Vec<Finding>, stage: &Stage) -> Vec<Effect> {
        let is_news = number == self.requests && findings != stage.findings;
        is_news.then(|| Change::Checked { findings }.into()).into_iter().collect()
    }

    /// Ends what the compiler is at and asks for nothing more.
    pub fn end(self) {
        self.queue.end();
    }

    fn finish(&mut self, status: Status) -> Vec<Effect> {
        let finished = self.under_way.take().map(|rebuild| {
            let seconds = rebuild.began.elapsed().as_secs_f64();
            rebuild.show(CellEvent::Finished { status, seconds, limits: Vec::new() })
        });
        finished.into_iter().collect()
    }

    fn next_number(&mut self) -> u64 {
        self.requests += 1;
        self.requests
    }
}

impl Rebuild {
    fn show(&self, event: CellEvent) -> Effect {
        Change::Ran { cell: self.cell.clone(), event }.into()
    }

    fn phase(&self, phase: Phase, began: Instant) -> Effect {
        self.show(CellEvent::Phase { phase, seconds: began.elapsed().as_secs_f64() })
    }
}

/// The code that is compiled, as the stage is now.
fn on_stage(slides: &Slides, stage: &Stage, asked: Option<&str>) -> Overlay {
    overlay(slides.deck(), &stage.cells, &stage.build.edited, asked)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{project::load, server::pages::Pages};

    fn slides() -> Slides {
        let files = BTreeMap::from([
            ("slides/book.toml", "[book]\ntitle = \"t\"\n"),
            ("slides/src/SUMMARY.md", "- [One](1.md)\n"),
            (
                "slides/src/1.md",
                "# One\n\n```rust,live,id=f\n{{#include ../../demo_crate/src/a.rs:f}}\n```\n",
            ),
            ("demo_crate/src/a.rs", "// ANCHOR: f\nfn f() {}\n// ANCHOR_END: f\n"),
        ]);
        Slides::new(load(&files, None).unwrap(), Pages::default())
    }

    /// What the stage says of the cell of Rust, in short.
    fn shown(effects: &[Effect]) -> Vec<String> {
        let shown = |effect: &Effect| match effect {
            Effect::Show(Change::Ran { event: CellEvent::Finished { status, .. }, .. }) => {
                format!("{status:?}")
            }
            Effect::Show(Change::Ran { event: CellEvent::Started, .. }) => "started".to_owned(),
            Effect::Show(Change::Ran { event: CellEvent::Error { .. }, .. }) => "error".to_owned(),
            Effect::Show(Change::Checked { .. }) => "checked".to_owned(),
            effect => format!("{effect:?}"),
        };
        effects.iter().map(shown).collect()
    }

    #[track_caller]
    fn check(effects: &[Effect], expected: &[&str]) {
        assert_eq!(shown(effects), expected);
    }

    #[test]
    fn a_newer_rebuild_takes_the_place_of_the_one_under_way() {
        let (queue, _backlog) = BuildQueue::new(None);
        let (mut rebuilds, slides, stage) = (Rebuilds::new(queue), slides(), Stage::default());
        let start = |rebuilds: &mut Rebuilds| rebuilds.start("f".to_owned(), &slides, &stage).unwrap();
        check(&start(&mut rebuilds), &["started"]);
        check(&start(&mut rebuilds), &["Stopped", "started"]);
        check(&rebuilds.built(1, Err(Vec::new()), &slides, &stage), &[]);
        check(&rebuilds.built(2, Err(Vec::new()), &slides, &stage), &["checked", "error", "Error"]);
        check(&rebuilds.give_up(), &[]);
    }

    #[test]
    fn a_rebuild_that_was_stopped_has_no_result() {
        let (queue, _backlog) = BuildQueue::new(None);
        let (mut rebuilds, slides, stage) = (Rebuilds::new(queue), slides(), Stage::default());
        rebuilds.start("f".to_owned(), &slides, &stage).unwrap();
        check(&rebuilds.stop(), &["Stopped"]);
        check(&rebuilds.built(1, Err(Vec::new()), &slides, &stage), &[]);
        check(&rebuilds.tried(Report::Ready), &[]);
    }

    #[test]
    fn where_nobody_builds_a_rebuild_is_refused() {
        let (queue, backlog) = BuildQueue::new(None);
        drop(backlog);
        let refused = Rebuilds::new(queue).start("f".to_owned(), &slides(), &Stage::default());
        assert!(matches!(refused, Err(Refusal::NoCrate)), "{refused:?}");
    }
}
