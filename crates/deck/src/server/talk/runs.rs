//! The queue of runs: cells run one at a time, in the order in which they were asked for.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use super::{
    effect::Effect,
    output::{Allowance, Pending},
    refusal::Refusal,
    slides::Slides,
    stale::History,
};
use crate::{
    model::Cell,
    player::{Plan, stopped},
    protocol::{CellEvent, Change, Stage, Status},
    replay,
};

/// Output changes the stage at most once in this time; what comes in between is joined.
const PAUSE: Duration = Duration::from_millis(8);

/// Owns the cells that wait, the one that runs, and what is known of those that ran.
pub struct Runs {
    waiting: VecDeque<String>,
    /// The second build that some cells import beside the installed one is still being made.
    awaits_second_build: bool,
    running: Option<Running>,
    /// Output that waits to be handed on.
    pending: Pending,
    handed_on: Option<Instant>,
    history: History,
}

/// The cell that runs.
struct Running {
    cell: String,
    began: Instant,
    allowance: Allowance,
    /// It has ended as everybody sees, and its session still tidies up.
    has_ended: bool,
}

impl Runs {
    /// Nothing runs yet.
    pub fn new(awaits_second_build: bool) -> Self {
        Self {
            waiting: VecDeque::new(),
            awaits_second_build,
            running: None,
            pending: Pending::default(),
            handed_on: None,
            history: History::default(),
        }
    }

    /// The order in which the cells of this session ran.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// A cell is to run when its turn comes.
    pub fn ask(&mut self, cell: String, slides: &Slides) -> Result<Vec<Effect>, Refusal> {
        slides.session_cell(&cell)?;
        if self.waiting.contains(&cell) || self.at_work().is_some_and(|running| running.cell == cell) {
            return Err(Refusal::AlreadyAsked(cell));
        }
        self.waiting.push_back(cell.clone());
        Ok(vec![Change::Queued { cell }.into(), Effect::RunNext])
    }

    /// The plan of the cell whose turn it is; none while one runs or nothing can.
    pub fn next(&mut self, slides: &Slides, stage: &Stage) -> Option<Next> {
        if self.running.is_some() {
            return None;
        }
        let can_run = |cell: &String| !(self.awaits_second_build && imports_second_build(slides, cell));
        let position = self.waiting.iter().position(can_run)?;
        let cell = self.waiting.remove(position)?;
        Some(match Plan::by_id(slides.deck(), &cell, &stage.cells) {
            Some(plan) => Next::Run(plan),
            None => Next::Gone(Change::Ran { cell, event: stopped() }),
        })
    }

    /// The cell of a plan runs from now on.
    pub fn begin(&mut self, plan: &Plan) {
        let cell = plan.asked.cell.clone();
        self.history.note(&cell);
        let (began, allowance) = (Instant::now(), Allowance::default());
        self.running = Some(Running { cell, began, allowance, has_ended: false });
    }

    /// Something happened in the running cell.
    pub fn ran(&mut self, event: CellEvent) -> Vec<Effect> {
        let Some(running) = &mut self.running else { return Vec::new() };
        match running.allowance.admit(event) {
            None => Vec::new(),
            Some(CellEvent::Stream { fd, data }) => {
                self.pending.add(fd, data);
                Vec::new()
            }
            Some(event) => {
                let mut effects = self.hand_on();
                effects.extend(self.show(event));
                effects
            }
        }
    }

    /// The time when waiting output is to be handed on; the first output after a pause does not wait.
    pub fn due(&self) -> Option<Instant> {
        let due = self.handed_on.map_or_else(Instant::now, |last| last + PAUSE);
        (!self.pending.is_empty()).then_some(due)
    }

    /// Hands waiting output on.
    pub fn hand_on(&mut self) -> Vec<Effect> {
        let events = self.pending.take();
        if !events.is_empty() {
            self.handed_on = Some(Instant::now());
        }
        events.into_iter().filter_map(|event| self.show(event)).collect()
    }

    /// The plan is through.
    pub fn ended(&mut self) -> Vec<Effect> {
        let mut effects = self.hand_on();
        effects.extend(self.running.take().map(|running| Effect::Ended(running.cell)));
        effects.push(Effect::RunNext);
        effects
    }

    /// Stops the running cell and forgets those that wait.
    pub fn stop(&mut self) -> Vec<Effect> {
        let waiting = std::mem::take(&mut self.waiting).into_iter();
        let mut effects: Vec<Effect> =
            waiting.map(|cell| Change::Ran { cell, event: stopped() }.into()).collect();
        effects.extend(self.at_work().map(|_| Effect::StopRun));
        effects
    }

    /// Stops what runs and waits, and does not wait for the end.
    pub fn cut_off(&mut self) -> Vec<Effect> {
        let mut effects = self.stop();
        effects.extend(self.hand_on());
        if let Some(Running { cell, began, has_ended, .. }) = self.running.take() {
            if !has_ended {
                let seconds = began.elapsed().as_secs_f64();
                let event = CellEvent::Finished { status: Status::Stopped, seconds, limits: Vec::new() };
                effects.push(Change::Ran { cell: cell.clone(), event }.into());
            }
            effects.push(Effect::Ended(cell));
        }
        effects
    }

    /// The session is a fresh one, in which nothing has run.
    pub fn forget_history(&mut self) {
        self.history.clear();
    }

    /// Nothing need wait for the second build any more.
    pub fn second_build_made(&mut self) -> Vec<Effect> {
        self.awaits_second_build = false;
        vec![Effect::RunNext]
    }

    /// The running cell, if there is something left to be stopped or waited for.
    fn at_work(&self) -> Option<&Running> {
        self.running.as_ref().filter(|running| !running.has_ended)
    }

    fn show(&mut self, event: CellEvent) -> Option<Effect> {
        let running = self.running.as_mut()?;
        running.has_ended |= matches!(event, CellEvent::Finished { .. });
        Some(Change::Ran { cell: running.cell.clone(), event }.into())
    }
}

/// Whose turn it is.
pub enum Next {
    /// A cell runs by this plan.
    Run(Plan),
    /// The slides were rebuilt without the cell while it waited.
    Gone(Change),
}

fn imports_second_build(slides: &Slides, id: &str) -> bool {
    let deck = slides.deck();
    let all = deck.cell(id).into_iter().chain(replay::before(deck, id));
    all.filter_map(Cell::python).any(|python| python.second_build.is_some())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{project::load, protocol::Fd, server::pages::Pages};

    const CHAPTER: &str = "# One\n\n```python,live,id=a\n1\n```\n\n```python,live,id=b\n2\n```\n\n\
                           ```python,live,id=c,build=dev\n3\n```\n";

    fn slides() -> Slides {
        let files = BTreeMap::from([
            ("slides/book.toml", "[book]\ntitle = \"t\"\n"),
            ("slides/src/SUMMARY.md", "- [One](1.md)\n"),
            ("slides/src/1.md", CHAPTER),
        ]);
        Slides::new(load(&files, None).unwrap(), Pages::default())
    }

    /// Asks for these cells and begins the one whose turn it is.
    #[track_caller]
    fn running(runs: &mut Runs, cells: &[&str]) -> String {
        let slides = slides();
        for cell in cells {
            let asked = runs.ask((*cell).to_owned(), &slides).unwrap();
            assert_eq!(asked[1], Effect::RunNext);
        }
        let Some(Next::Run(plan)) = runs.next(&slides, &Stage::default()) else { panic!() };
        runs.begin(&plan);
        plan.asked.cell
    }

    fn ran(cell: &str, event: CellEvent) -> Effect {
        Change::Ran { cell: cell.to_owned(), event }.into()
    }

    fn output() -> CellEvent {
        CellEvent::Stream { fd: Fd::Stdout, data: "text".into() }
    }

    #[test]
    fn output_waits_for_its_time_and_every_other_event_takes_it_along() {
        let mut runs = Runs::new(false);
        running(&mut runs, &["a"]);
        assert_eq!(runs.ran(CellEvent::Started), [ran("a", CellEvent::Started)]);
        assert_eq!(runs.ran(output()), []);
        assert!(runs.due().is_some());
        assert_eq!(runs.ran(stopped()), [ran("a", output()), ran("a", stopped())]);
        assert_eq!(runs.due(), None);
    }

    #[test]
    fn what_is_cut_off_shows_its_output_and_then_its_end() {
        let mut runs = Runs::new(false);
        running(&mut runs, &["a", "b"]);
        runs.ran(output());
        let effects = runs.cut_off();
        assert_eq!(effects[..3], [ran("b", stopped()), Effect::StopRun, ran("a", output())]);
        let [Effect::Show(Change::Ran { cell, event: CellEvent::Finished { status, .. } }), ended] =
            &effects[3..]
        else {
            panic!("{effects:?}")
        };
        assert_eq!((cell.as_str(), *status, ended), ("a", Status::Stopped, &Effect::Ended("a".to_owned())));
    }

    #[test]
    fn what_has_ended_as_everybody_sees_does_not_end_twice() {
        let mut runs = Runs::new(false);
        running(&mut runs, &["a"]);
        runs.ran(stopped());
        assert_eq!(runs.stop(), []);
        assert_eq!(runs.cut_off(), [Effect::Ended("a".to_owned())]);
        assert_eq!(runs.ended(), [Effect::RunNext], "its session says so once more");
    }

    #[test]
    fn a_cell_that_awaits_a_second_build_lets_others_pass() {
        let mut runs = Runs::new(true);
        assert_eq!(running(&mut runs, &["c", "a"]), "a");
        runs.ended();
        assert!(runs.next(&slides(), &Stage::default()).is_none());
        assert_eq!(runs.second_build_made(), [Effect::RunNext]);
        assert_eq!(running(&mut runs, &[]), "c");
    }
}
