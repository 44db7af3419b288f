//! The one door to an interpreter: a source gives fresh sessions, and a session runs cells one after the other.

use std::path::PathBuf;

use super::{error::KernelError, request::Request, stopper::Stopper};
use crate::protocol::{CellEvent, Outcome};

/// A source of sessions.
pub trait Sessions: Send + Sync {
    /// A fresh session, in which nothing has run. Where Python finds its modules on this system's disk, its `sys.path`
    /// begins with `imports`.
    ///
    /// # Errors
    /// If none can be had.
    fn fresh(&self, imports: &[PathBuf]) -> Result<Box<dyn Session>, KernelError>;
}

/// One interpreter with its variables. Dropping it ends all its processes.
pub trait Session: Send {
    /// Runs one cell to its end and hands on every event as it comes. A cell that fails, crashes or is stopped is an
    /// outcome. The outcome has the same events, with neighbouring pieces of one stream joined, so that it does not depend
    /// on how the bytes happened to arrive.
    ///
    /// # Errors
    /// If the interpreter cannot be spoken to. What a cell does is never an error.
    fn run(
        &mut self,
        request: &Request<'_>,
        on_event: &mut dyn FnMut(CellEvent),
    ) -> Result<Outcome, KernelError>;

    /// Stops runs of this session from other threads.
    fn stopper(&self) -> Stopper;

    /// False once the process has ended, by itself or by Stop: take a fresh session and replay.
    fn is_alive(&self) -> bool;
}
