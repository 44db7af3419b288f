//! The thread on which one session lives: it runs plans one after the other and reports what happens.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::{
    interpreter::{Session, Stopper, Supply, Trouble},
    plan::{Plan, Step},
};
use crate::protocol::{CellError, CellEvent, Outcome, Phase, Status};

/// How long the last run may take to end when the server ends.
const PATIENCE: Duration = Duration::from_millis(2500);

/// What the thread says.
#[derive(Debug)]
pub enum Report {
    /// A part of trying out a new build is done; how long it took, in seconds.
    Tried(Phase, f64),
    /// The new build is imported, and what the next cell builds on has run.
    Ready,
    /// The new build cannot be used: what happened, as the end of a run. The thread has ended.
    Unfit(Vec<CellEvent>),
    /// Something happened in the cell that was asked for.
    Ran(CellEvent),
    /// The plan is through. A session that is not `alive` any more is replaced by a fresh one.
    Ended {
        /// Whether the namespace is still there.
        alive: bool,
    },
}

/// A session's thread, seen from outside. Dropping it lets the thread end after the plan that it is at.
pub struct Seat {
    plans: mpsc::Sender<Plan>,
    stopper: SharedStopper,
    thread: JoinHandle<()>,
}

type SharedStopper = Arc<Mutex<Option<Stopper>>>;

impl Seat {
    /// Starts the thread, which takes a session at once.
    pub fn new(supply: Supply, imports: Vec<PathBuf>, report: impl Fn(Report) + Send + 'static) -> Self {
        Self::start(supply, imports, None, report)
    }

    fn start(
        supply: Supply,
        imports: Vec<PathBuf>,
        trial: Option<Plan>,
        report: impl Fn(Report) + Send + 'static,
    ) -> Self {
        let (plans, queue) = mpsc::channel::<Plan>();
        let stopper = SharedStopper::default();
        let mut occupant =
            Occupant { supply, imports, stopper: Arc::clone(&stopper), session: None, ran: BTreeMap::new() };
        let thread = thread::spawn(move || {
            match trial {
                // What goes wrong here goes wrong again, and is shown, when a cell is run.
                None => drop(occupant.session()),
                Some(trial) => match occupant.try_out(&trial, &report) {
                    Some(failure) => return report(Report::Unfit(failure)),
                    None => report(Report::Ready),
                },
            }
            for plan in queue {
                occupant.perform(&plan, &mut |event| report(Report::Ran(event)));
                let alive = occupant.session.is_some();
                report(Report::Ended { alive });
                let _ = occupant.session();
            }
        });
        Self { plans, stopper, thread }
    }

    /// Starts a thread whose session imports from a new build and runs what the next cell builds on, before anybody relies
    /// on it. After `Ready` it is a seat like any other.
    pub fn trying(
        supply: Supply,
        imports: Vec<PathBuf>,
        trial: Plan,
        report: impl Fn(Report) + Send + 'static,
    ) -> Self {
        Self::start(supply, imports, Some(trial), report)
    }

    /// Runs a plan when those before it are through.
    pub fn run(&self, plan: Plan) {
        // The thread ends only after this end of the line does.
        let _ = self.plans.send(plan);
    }

    /// Stops the cell that runs now.
    pub fn stop(&self) {
        if let Some(stop) = &*self.stopper.lock().unwrap_or_else(PoisonError::into_inner) {
            stop();
        }
    }

    /// Ends the session, waiting for its processes to be gone, though not for ever.
    pub fn end(self) {
        self.stop();
        drop(self.plans);
        let deadline = Instant::now() + PATIENCE;
        while !self.thread.is_finished() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(2));
        }
    }
}

/// The session in the seat, with what it has run.
struct Occupant {
    supply: Supply,
    imports: Vec<PathBuf>,
    stopper: SharedStopper,
    session: Option<Box<dyn Session>>,
    /// Cells that ended as they must, with the source that ran: a cell whose code has changed since has not run.
    ran: BTreeMap<String, String>,
}

impl Occupant {
    fn perform(&mut self, plan: &Plan, on_event: &mut dyn FnMut(CellEvent)) {
        on_event(CellEvent::Started);
        // A session can die between two cells, too.
        self.drop_dead();
        if let Some(failure) = self.prepare(plan) {
            failure.into_iter().for_each(on_event);
            return;
        }
        let mut after_start = |event| {
            if event != CellEvent::Started {
                on_event(event);
            }
        };
        if let Err(error) = self.step(&plan.asked, plan, &mut after_start) {
            trouble(&error).into_iter().for_each(on_event);
        }
    }

    /// Imports a new build, which is what the trial asks for, and then runs what the next cell builds on. Returns what to
    /// show if that fails.
    fn try_out(&mut self, trial: &Plan, report: &dyn Fn(Report)) -> Option<Vec<CellEvent>> {
        let began = Instant::now();
        match self.step(&trial.asked, trial, &mut |_| {}) {
            Err(error) => return Some(trouble(&error)),
            Ok(outcome) if outcome.status() != Status::Ok => {
                return Some(
                    outcome.events.into_iter().filter(|event| *event != CellEvent::Started).collect(),
                );
            }
            Ok(_) => report(Report::Tried(Phase::Import, began.elapsed().as_secs_f64())),
        }
        let began = Instant::now();
        let failure = self.prepare(trial);
        report(Report::Tried(Phase::Replay, began.elapsed().as_secs_f64()));
        failure
    }

    /// Runs what the asked cell builds on, without showing it. Returns what to show if that fails.
    fn prepare(&mut self, plan: &Plan) -> Option<Vec<CellEvent>> {
        for step in &plan.before {
            if self.ran.get(&step.cell) == Some(&step.source) {
                continue;
            }
            let outcome = match self.step(step, plan, &mut |_| {}) {
                Ok(outcome) => outcome,
                Err(error) => return Some(trouble(&error)),
            };
            if !step.is_expected(outcome.status()) {
                return Some(blocked_by(&step.cell, outcome));
            }
        }
        None
    }

    fn step(
        &mut self,
        step: &Step,
        plan: &Plan,
        on_event: &mut dyn FnMut(CellEvent),
    ) -> Result<Outcome, Trouble> {
        if plan.stop.is_asked() {
            let events = vec![stopped()];
            events.iter().cloned().for_each(on_event);
            return Ok(Outcome { events });
        }
        let stopper = Arc::clone(&self.stopper);
        let mut watched = |event| {
            // A wish to stop that came just before the run could hear it is said again.
            if event == CellEvent::Started && plan.stop.is_asked() {
                stop_now(&stopper);
            }
            on_event(event);
        };
        let outcome = self.session()?.run(step, &mut watched)?;
        self.ran.remove(&step.cell);
        if step.is_expected(outcome.status()) {
            self.ran.insert(step.cell.clone(), step.source.clone());
        }
        self.drop_dead();
        Ok(outcome)
    }

    fn session(&mut self) -> Result<&mut Box<dyn Session>, Trouble> {
        match &mut self.session {
            Some(session) => Ok(session),
            none => {
                let session = self.supply.take(&self.imports)?;
                *self.stopper.lock().unwrap_or_else(PoisonError::into_inner) = Some(session.stopper());
                self.ran.clear();
                Ok(none.insert(session))
            }
        }
    }

    fn drop_dead(&mut self) {
        if self.session.as_ref().is_some_and(|session| !session.is_alive()) {
            self.session = None;
        }
    }
}

fn stop_now(stopper: &SharedStopper) {
    if let Some(stop) = &*stopper.lock().unwrap_or_else(PoisonError::into_inner) {
        stop();
    }
}

/// The end of a run that was stopped before it began.
pub fn stopped() -> CellEvent {
    CellEvent::Finished { status: Status::Stopped, seconds: 0.0, limits: Vec::new() }
}

/// No interpreter could be had: for the audience that is a crash with an explanation.
fn trouble(error: &Trouble) -> Vec<CellEvent> {
    let error = CellError::Crash { signal: None, code: None, explanation: error.to_string() };
    let finished = CellEvent::Finished { status: Status::Crashed, seconds: 0.0, limits: Vec::new() };
    vec![CellEvent::Error { error }, finished]
}

/// The asked cell did not run because another one failed: says which, and shows how that one ended.
fn blocked_by(cell: &str, outcome: Outcome) -> Vec<CellEvent> {
    let what = match outcome.status() {
        Status::Ok => "should have failed, and did not",
        Status::Error => "failed",
        Status::Stopped => "was stopped",
        Status::Crashed => "crashed",
    };
    let sentence = format!("Not run: the cell `{cell}`, which this one builds on, {what}.\n");
    let note = CellEvent::Stream { fd: crate::protocol::Fd::Stderr, data: sentence.as_str().into() };
    let shown = |event: &CellEvent| matches!(event, CellEvent::Error { .. } | CellEvent::Finished { .. });
    let end = outcome.events.into_iter().filter(shown).map(|event| match event {
        CellEvent::Finished { status: Status::Ok, seconds, limits } => {
            CellEvent::Finished { status: Status::Error, seconds, limits }
        }
        event => event,
    });
    [note].into_iter().chain(end).collect()
}

impl std::fmt::Debug for Seat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seat")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::{
        model::Limits,
        server::talk::{Interpreter, interpreter::Session, plan::Stop},
    };

    /// Somebody presses Stop when the run has been asked for and cannot be stopped yet.
    #[derive(Clone)]
    struct Unlucky {
        stop: Stop,
        heard: Arc<AtomicBool>,
    }

    impl Interpreter for Unlucky {
        fn session(&self, _: &[PathBuf]) -> Result<Box<dyn Session>, Trouble> {
            Ok(Box::new(self.clone()))
        }
    }

    impl Session for Unlucky {
        fn run(&mut self, _: &Step, on_event: &mut dyn FnMut(CellEvent)) -> Result<Outcome, Trouble> {
            self.stop.ask();
            self.heard.store(false, Ordering::SeqCst);
            on_event(CellEvent::Started);
            let status = if self.heard.load(Ordering::SeqCst) { Status::Stopped } else { Status::Ok };
            let end = CellEvent::Finished { status, seconds: 0.0, limits: Vec::new() };
            on_event(end.clone());
            Ok(Outcome { events: vec![end] })
        }

        fn stopper(&self) -> Stopper {
            let heard = Arc::clone(&self.heard);
            Box::new(move || heard.store(true, Ordering::SeqCst))
        }

        fn is_alive(&self) -> bool {
            true
        }
    }

    #[test]
    fn a_stop_in_the_moment_before_the_run_is_heard() {
        let stop = Stop::default();
        let session = Unlucky { stop: stop.clone(), heard: Arc::default() };
        let (sender, reports) = mpsc::channel();
        let report = move |report| drop(sender.send(report));
        let seat = Seat::new(Supply::new(Arc::new(session)), Vec::new(), report);
        let asked = Step {
            cell: "a".to_owned(),
            source: String::new(),
            limits: Limits::default(),
            expect_error: false,
        };
        seat.run(Plan { before: Vec::new(), asked, stop });
        let said: Vec<_> = reports.iter().take(3).collect();
        let Report::Ran(CellEvent::Finished { status, .. }) = &said[1] else { panic!("{said:?}") };
        assert_eq!(*status, Status::Stopped);
    }
}
