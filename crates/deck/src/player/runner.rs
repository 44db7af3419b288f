//! Carries plans out, each in the session that the one before it has left.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use super::{
    plan::{Plan, Step},
    stop::{Stop, stopped},
};
use crate::{
    kernel::{Deadline, KernelError, Request, Session, Sessions},
    protocol::{CellEvent, Outcome},
};

/// Runs cells in a session, and knows what has run there.
pub struct Runner<'a> {
    sessions: Arc<dyn Sessions>,
    imports: Vec<PathBuf>,
    deadline: Deadline,
    judge: Judge<'a>,
    session: Option<Box<dyn Session>>,
    /// Cells on whose run others may build, with the source that ran: a cell whose code has changed since has not run.
    ran: BTreeMap<String, String>,
}

/// Whether others may build on a run; if not, what is wrong with it.
pub type Judge<'a> = Box<dyn Fn(&Step, &Outcome) -> Result<(), String> + Send + 'a>;

/// Result of playing a cell.
#[derive(Debug)]
pub enum Played {
    /// It ran.
    Ran(Outcome),
    /// It did not.
    Blocked(Blocked),
}

/// The obstacle of a cell that was not run: nothing can build on the run of one that it needs.
#[derive(Debug)]
pub struct Blocked {
    /// The cell that it needs.
    pub by: String,
    /// The fault of that one's run.
    pub why: String,
    /// That run.
    pub outcome: Outcome,
}

impl<'a> Runner<'a> {
    /// A runner whose sessions come from here, begin with these imports and are taken when they are needed.
    pub fn new(
        sessions: Arc<dyn Sessions>,
        imports: Vec<PathBuf>,
        deadline: Deadline,
        judge: Judge<'a>,
    ) -> Self {
        Self { sessions, imports, deadline, judge, session: None, ran: BTreeMap::new() }
    }

    /// Runs the cell that is asked for, after what it needs, and hands its events on as they come.
    ///
    /// # Errors
    /// If no session can be had. What a cell does is never an error.
    pub fn play(
        &mut self,
        plan: &Plan,
        stop: &Stop,
        on_event: &mut dyn FnMut(CellEvent),
    ) -> Result<Played, KernelError> {
        on_event(CellEvent::Started);
        // A session can die between two plans, too.
        self.drop_dead();
        if let Some(blocked) = self.prepare(plan, stop, on_event)? {
            return Ok(Played::Blocked(blocked));
        }
        let mut after_start = |event| {
            if event != CellEvent::Started {
                on_event(event);
            }
        };
        self.run(&plan.asked, stop, &mut after_start).map(Played::Ran)
    }

    /// Runs what the asked cell needs and what has not run here yet. Nothing of it is shown but the question whether it
    /// shall go on. Returns what is in the cell's way, if anything is.
    ///
    /// # Errors
    /// If no session can be had.
    pub fn prepare(
        &mut self,
        plan: &Plan,
        stop: &Stop,
        on_event: &mut dyn FnMut(CellEvent),
    ) -> Result<Option<Blocked>, KernelError> {
        for step in &plan.before {
            if self.ran.get(&step.cell) == Some(&step.source) {
                continue;
            }
            let mut only_overdue = |event| {
                if matches!(event, CellEvent::Overdue { .. }) {
                    on_event(event);
                }
            };
            let outcome = self.run(step, stop, &mut only_overdue)?;
            if let Err(why) = (self.judge)(step, &outcome) {
                return Ok(Some(Blocked { by: step.cell.clone(), why, outcome }));
            }
        }
        Ok(None)
    }

    /// Runs one step, whatever has run before.
    ///
    /// # Errors
    /// If no session can be had.
    pub fn run(
        &mut self,
        step: &Step,
        stop: &Stop,
        on_event: &mut dyn FnMut(CellEvent),
    ) -> Result<Outcome, KernelError> {
        if stop.is_asked() {
            on_event(stopped());
            return Ok(Outcome { events: vec![stopped()] });
        }
        let mut heard = |event| {
            if event == CellEvent::Started {
                stop.repeat();
            }
            on_event(event);
        };
        let (limits, deadline) = (step.limits, self.deadline);
        let request = Request { cell: &step.cell, source: &step.source, limits, deadline };
        let session = self.session()?;
        let outcome = stop.during(session.stopper(), || session.run(&request, &mut heard))?;
        self.ran.remove(&step.cell);
        if (self.judge)(step, &outcome).is_ok() {
            self.ran.insert(step.cell.clone(), step.source.clone());
        }
        self.drop_dead();
        Ok(outcome)
    }

    /// Takes a session before it is needed.
    ///
    /// # Errors
    /// If none can be had.
    pub fn get_ready(&mut self) -> Result<(), KernelError> {
        self.session().map(drop)
    }

    /// Whether there is a session that has outlived its last run.
    pub fn has_session(&self) -> bool {
        self.session.is_some()
    }

    fn session(&mut self) -> Result<&mut Box<dyn Session>, KernelError> {
        match &mut self.session {
            Some(session) => Ok(session),
            none => Ok(none.insert(self.sessions.fresh(&self.imports)?)),
        }
    }

    fn drop_dead(&mut self) {
        if self.session.as_ref().is_some_and(|session| !session.is_alive()) {
            self.session = None;
            self.ran.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    };

    use super::*;
    use crate::{kernel::Stopper, model::Limits, protocol::Status};

    fn step(cell: &str) -> Step {
        Step { cell: cell.into(), source: String::new(), limits: Limits::default(), expect_error: false }
    }

    fn runner(sessions: impl Sessions + 'static) -> Runner<'static> {
        Runner::new(Arc::new(sessions), Vec::new(), Deadline::Ends, Box::new(|_, _| Ok(())))
    }

    fn ended(status: Status) -> CellEvent {
        CellEvent::Finished { status, seconds: 0.0, limits: Vec::new() }
    }

    /// Somebody presses Stop when the run has been asked for and cannot be stopped yet.
    #[derive(Clone)]
    struct Unlucky {
        stop: Stop,
        heard: Arc<AtomicBool>,
    }

    impl Sessions for Unlucky {
        fn fresh(&self, _: &[PathBuf]) -> Result<Box<dyn Session>, KernelError> {
            Ok(Box::new(self.clone()))
        }
    }

    impl Session for Unlucky {
        fn run(
            &mut self,
            _: &Request<'_>,
            on_event: &mut dyn FnMut(CellEvent),
        ) -> Result<Outcome, KernelError> {
            self.stop.ask();
            self.heard.store(false, Ordering::SeqCst);
            on_event(CellEvent::Started);
            let status = if self.heard.load(Ordering::SeqCst) { Status::Stopped } else { Status::Ok };
            on_event(ended(status));
            Ok(Outcome { events: vec![ended(status)] })
        }

        fn stopper(&self) -> Stopper {
            let heard = Arc::clone(&self.heard);
            Stopper::new(move || heard.store(true, Ordering::SeqCst))
        }

        fn is_alive(&self) -> bool {
            true
        }
    }

    #[test]
    fn a_stop_in_the_moment_before_the_run_is_heard() {
        let stop = Stop::default();
        let session = Unlucky { stop: stop.clone(), heard: Arc::default() };
        let plan = Plan { before: Vec::new(), asked: step("a") };
        let mut said = Vec::new();
        let played = runner(session).play(&plan, &stop, &mut |event| said.push(event)).unwrap();
        let Played::Ran(outcome) = played else { panic!("{played:?}") };
        assert_eq!(outcome.status(), Status::Stopped);
        assert_eq!(said, [CellEvent::Started, ended(Status::Stopped)]);
    }

    /// A session that notes what runs, and whose process can be made to end.
    #[derive(Clone, Default)]
    struct Mortal {
        runs: Arc<Mutex<Vec<String>>>,
        is_dead: Arc<AtomicBool>,
    }

    impl Sessions for Mortal {
        fn fresh(&self, _: &[PathBuf]) -> Result<Box<dyn Session>, KernelError> {
            self.is_dead.store(false, Ordering::SeqCst);
            Ok(Box::new(self.clone()))
        }
    }

    impl Session for Mortal {
        fn run(
            &mut self,
            request: &Request<'_>,
            _: &mut dyn FnMut(CellEvent),
        ) -> Result<Outcome, KernelError> {
            self.runs.lock().unwrap().push(request.cell.to_owned());
            Ok(Outcome { events: vec![ended(Status::Ok)] })
        }

        fn stopper(&self) -> Stopper {
            Stopper::new(|| {})
        }

        fn is_alive(&self) -> bool {
            !self.is_dead.load(Ordering::SeqCst)
        }
    }

    #[test]
    fn what_a_cell_needs_runs_once_in_each_session() {
        let session = Mortal::default();
        let mut runner = runner(session.clone());
        let plan = Plan { before: vec![step("needed")], asked: step("asked") };
        for dies in [false, true, false] {
            session.is_dead.store(dies, Ordering::SeqCst);
            runner.play(&plan, &Stop::default(), &mut |_| {}).unwrap();
        }
        assert_eq!(
            *session.runs.lock().unwrap(),
            ["needed", "asked", "needed", "asked", "asked"],
            "the second run is in a fresh session"
        );
    }
}
