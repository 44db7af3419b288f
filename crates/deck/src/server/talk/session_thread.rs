//! The thread on which one session lives: it runs plans one after the other and reports what happens.

use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, mpsc},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::{report::Report, supply::Supply};
use crate::{
    kernel::{Deadline, KernelError},
    player::{Blocked, Plan, Played, Runner, Step, Stop},
    protocol::{CellError, CellEvent, Fd, Outcome, Phase, Status},
};

/// Time that the last run may take to end when the server ends.
const PATIENCE: Duration = Duration::from_millis(2500);

/// A session's thread, seen from outside. Dropping it lets the thread end after the plan that it is at.
pub struct SessionThread {
    plans: mpsc::Sender<(Plan, Stop)>,
    /// Of the latest plan.
    stop: Stop,
    thread: JoinHandle<()>,
}

impl SessionThread {
    /// Starts the thread, which takes a session at once.
    pub fn start(supply: Supply, imports: Vec<PathBuf>, report: impl Fn(Report) + Send + 'static) -> Self {
        Self::spawn(supply, imports, None, report)
    }

    /// Starts a thread whose session imports a new build, which is what `trial` asks for, and runs what the next cell builds
    /// on, before anybody relies on it. After `Ready` it is like any other.
    pub fn try_out(
        supply: Supply,
        imports: Vec<PathBuf>,
        trial: Plan,
        report: impl Fn(Report) + Send + 'static,
    ) -> Self {
        Self::spawn(supply, imports, Some(trial), report)
    }

    fn spawn(
        supply: Supply,
        imports: Vec<PathBuf>,
        trial: Option<Plan>,
        report: impl Fn(Report) + Send + 'static,
    ) -> Self {
        let (plans, queue) = mpsc::channel::<(Plan, Stop)>();
        let stop = Stop::default();
        let of_trial = stop.clone();
        let thread = thread::spawn(move || {
            let judge = Box::new(|step: &Step, outcome: &Outcome| expected(step, outcome.status()));
            let runner = Runner::new(Arc::new(supply), imports, Deadline::Asks, judge);
            let mut worker = Worker { runner, report };
            match trial {
                // What goes wrong here goes wrong again, and is shown, when a cell is run.
                None => drop(worker.runner.get_ready()),
                Some(trial) => match worker.try_out(&trial, &of_trial) {
                    Err(events) => return (worker.report)(Report::Unusable(events)),
                    Ok(()) => (worker.report)(Report::Ready),
                },
            }
            for (plan, stop) in queue {
                worker.perform(&plan, &stop);
            }
        });
        Self { plans, stop, thread }
    }

    /// Runs a plan when those before it are through.
    pub fn run(&mut self, plan: Plan) {
        self.stop = Stop::default();
        // The thread ends only after this end of the line does.
        let _ = self.plans.send((plan, self.stop.clone()));
    }

    /// Stops the plan that is under way.
    pub fn stop(&self) {
        self.stop.ask();
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

impl fmt::Debug for SessionThread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionThread")
    }
}

/// The end that is on the thread.
struct Worker<R> {
    runner: Runner<'static>,
    report: R,
}

impl<R: Fn(Report)> Worker<R> {
    fn perform(&mut self, plan: &Plan, stop: &Stop) {
        let mut show = |event| (self.report)(Report::Ran(event));
        match self.runner.play(plan, stop, &mut show) {
            Ok(Played::Ran(_)) => {}
            Ok(Played::Blocked(blocked)) => not_run(blocked).into_iter().for_each(show),
            Err(error) => no_session(&error).into_iter().for_each(show),
        }
        (self.report)(Report::Ended { alive: self.runner.has_session() });
        // As at the start.
        let _ = self.runner.get_ready();
    }

    /// Imports a new build and runs what the next cell builds on. If that fails, what to show.
    fn try_out(&mut self, trial: &Plan, stop: &Stop) -> Result<(), Vec<CellEvent>> {
        let mut show = |event| (self.report)(Report::Ran(event));
        let began = Instant::now();
        let imported = self.runner.run(&trial.asked, stop, &mut show).map_err(|error| no_session(&error))?;
        if imported.status() != Status::Ok {
            let after_start = |event: &CellEvent| *event != CellEvent::Started;
            return Err(imported.events.into_iter().filter(after_start).collect());
        }
        (self.report)(Report::Tried(Phase::Import, began.elapsed().as_secs_f64()));
        let began = Instant::now();
        let prepared = self.runner.prepare(trial, stop, &mut show);
        (self.report)(Report::Tried(Phase::Replay, began.elapsed().as_secs_f64()));
        match prepared {
            Ok(None) => Ok(()),
            Ok(Some(blocked)) => Err(not_run(blocked)),
            Err(error) => Err(no_session(&error)),
        }
    }
}

/// On stage a run is good enough to build on if it ended as its author says that it must.
fn expected(step: &Step, status: Status) -> Result<(), String> {
    let what = match status {
        Status::Ok if !step.expect_error => return Ok(()),
        Status::Error if step.expect_error => return Ok(()),
        Status::Ok => "should have failed, and did not",
        Status::Error => "failed",
        Status::Stopped => "was stopped",
        Status::Crashed => "crashed",
    };
    Err(what.to_owned())
}

/// No session could be had: for the audience that is a crash with an explanation.
fn no_session(error: &KernelError) -> Vec<CellEvent> {
    let error = CellError::Crash { signal: None, code: None, explanation: error.to_string() };
    let finished = CellEvent::Finished { status: Status::Crashed, seconds: 0.0, limits: Vec::new() };
    vec![CellEvent::Error { error }, finished]
}

/// The asked cell did not run because of another one: says which, and shows how that one ended.
fn not_run(Blocked { by, why, outcome }: Blocked) -> Vec<CellEvent> {
    let sentence = format!("Not run: the cell `{by}`, which this one builds on, {why}.\n");
    let note = CellEvent::Stream { fd: Fd::Stderr, data: sentence.as_str().into() };
    let shown = |event: &CellEvent| matches!(event, CellEvent::Error { .. } | CellEvent::Finished { .. });
    let end = outcome.events.into_iter().filter(shown).map(|event| match event {
        CellEvent::Finished { status: Status::Ok, seconds, limits } => {
            CellEvent::Finished { status: Status::Error, seconds, limits }
        }
        event => event,
    });
    [note].into_iter().chain(end).collect()
}
