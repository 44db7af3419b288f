//! A wish to stop that also holds between two cells of a plan, where no run could hear it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{
    kernel::Stopper,
    protocol::{CellEvent, Status},
};

/// Stops a plan from another thread, whatever it is at.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    is_asked: bool,
    /// Of the session in which a cell of the plan runs now.
    stopper: Option<Stopper>,
}

impl Stop {
    /// Says that the plan shall end.
    pub fn ask(&self) {
        let mut state = self.state();
        state.is_asked = true;
        state.tell();
    }

    /// Whether it shall end.
    pub fn is_asked(&self) -> bool {
        self.state().is_asked
    }

    /// Lends this to those who ask while `run` goes on.
    pub(super) fn during<T>(&self, stopper: Stopper, run: impl FnOnce() -> T) -> T {
        self.state().stopper = Some(stopper);
        let outcome = run();
        self.state().stopper = None;
        outcome
    }

    /// Says again what was asked before the run could hear it.
    pub(super) fn repeat(&self) {
        let state = self.state();
        if state.is_asked {
            state.tell();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn tell(&self) {
        if let Some(stopper) = &self.stopper {
            stopper.stop();
        }
    }
}

/// The end of a run that was stopped before it began.
pub fn stopped() -> CellEvent {
    CellEvent::Finished { status: Status::Stopped, seconds: 0.0, limits: Vec::new() }
}
