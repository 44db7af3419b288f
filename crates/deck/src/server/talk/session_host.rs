//! The sessions of a talk: the one in use, perhaps one that tries a new build out, and a spare.

use std::{path::PathBuf, sync::Arc};

use tokio::sync::mpsc;

use super::{input::Input, report::Report, session_thread::SessionThread, supply::Supply};
use crate::{kernel::Sessions, player::Plan};

/// Owns the threads of sessions, and what the next session needs.
pub struct SessionHost {
    in_use: Numbered,
    /// Imports a new build while the old one goes on answering.
    on_trial: Option<Numbered>,
    /// The latest session's number: a late report of a session that was replaced is known by its own.
    last: u64,
    /// The namespace is gone; the stage says so when the next cell runs.
    is_fresh: bool,
    supply: Supply,
    imports: Vec<PathBuf>,
    inputs: mpsc::Sender<Input>,
}

struct Numbered {
    number: u64,
    thread: SessionThread,
}

/// Use of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Cells run in it.
    InUse,
    /// A new build is tried out in it.
    OnTrial,
}

impl SessionHost {
    /// Starts with a session that imports from these folders.
    pub fn new(sessions: Arc<dyn Sessions>, imports: Vec<PathBuf>, inputs: mpsc::Sender<Input>) -> Self {
        let (supply, number) = (Supply::new(sessions), 1);
        let thread = SessionThread::start(supply.clone(), imports.clone(), reporter(&inputs, number));
        let in_use = Numbered { number, thread };
        Self { in_use, on_trial: None, last: number, is_fresh: false, supply, imports, inputs }
    }

    /// The purpose of the session with a number; none if it was replaced.
    pub fn purpose(&self, number: u64) -> Option<Purpose> {
        if number == self.in_use.number {
            return Some(Purpose::InUse);
        }
        self.on_trial.as_ref().filter(|trial| trial.number == number).map(|_| Purpose::OnTrial)
    }

    /// Runs a plan in the session in use.
    pub fn run(&mut self, plan: Plan) {
        self.in_use.thread.run(plan);
    }

    /// Stops what runs there.
    pub fn stop(&self) {
        self.in_use.thread.stop();
    }

    /// The plan there is through. If its namespace did not outlive that, a fresh one is there by now.
    pub fn ended(&mut self, alive: bool) {
        self.is_fresh = !alive;
    }

    /// Whether the namespace was lost since somebody last asked.
    pub fn take_fresh(&mut self) -> bool {
        std::mem::take(&mut self.is_fresh)
    }

    /// Replaces the session in use by a fresh one that imports from this folder first. A cell that will not end ends behind
    /// the scenes.
    pub fn replace(&mut self, packages: Option<PathBuf>) {
        let number = self.next_number();
        let (imports, report) = (self.imports_with(packages), reporter(&self.inputs, number));
        let thread = SessionThread::start(self.supply.clone(), imports, report);
        self.put_in_use(Numbered { number, thread });
    }

    /// Starts a second session that imports a new build from this folder and runs a plan.
    pub fn try_out(&mut self, packages: PathBuf, plan: Plan) {
        let number = self.next_number();
        let (imports, report) = (self.imports_with(Some(packages)), reporter(&self.inputs, number));
        let thread = SessionThread::try_out(self.supply.clone(), imports, plan, report);
        self.on_trial = Some(Numbered { number, thread });
    }

    /// Ends the second session without waiting for it.
    pub fn give_up_trial(&mut self) {
        if let Some(trial) = self.on_trial.take() {
            trial.thread.stop();
        }
    }

    /// Puts the second session in the place of the one in use.
    pub fn switch_over(&mut self) {
        if let Some(trial) = self.on_trial.take() {
            self.put_in_use(trial);
        }
    }

    /// Ends all sessions, waiting for their processes to be gone, though not for ever.
    pub fn end(mut self) {
        self.give_up_trial();
        self.in_use.thread.end();
        self.supply.clear();
    }

    fn put_in_use(&mut self, next: Numbered) {
        self.is_fresh = false;
        std::mem::replace(&mut self.in_use, next).thread.stop();
    }

    fn next_number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    fn imports_with(&self, packages: Option<PathBuf>) -> Vec<PathBuf> {
        packages.into_iter().chain(self.imports.iter().cloned()).collect()
    }
}

/// The line by which the session with a number reports.
fn reporter(inputs: &mpsc::Sender<Input>, number: u64) -> impl Fn(Report) + Send + 'static {
    let inputs = inputs.clone();
    move |report| {
        // The talk has ended if nobody listens.
        let _ = inputs.blocking_send(Input::Session { number, report });
    }
}
