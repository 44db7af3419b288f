//! Where cells run: each place gives fresh interpreters and says what they are.

use std::path::PathBuf;

use super::{Interpreter, Kernel, KernelError, Request, Session};
use crate::protocol::{CellEvent, Outcome};

/// A place where cells run.
pub trait Sessions {
    /// A fresh interpreter, in which nothing has run.
    ///
    /// # Errors
    /// If none can be had.
    fn fresh(&self) -> Result<Box<dyn AnySession + '_>, KernelError>;

    /// What identifies its interpreters in a recording.
    fn interpreter(&self) -> Interpreter;
}

/// One interpreter with its variables.
pub trait AnySession {
    /// Runs one cell to its end and hands on every event as it comes, see [`Session::run`].
    ///
    /// # Errors
    /// If the interpreter cannot be spoken to. What a cell does is never an error.
    fn run(
        &mut self,
        request: &Request<'_>,
        on_event: &mut dyn FnMut(CellEvent),
    ) -> Result<Outcome, KernelError>;

    /// False once it has ended: take a fresh one and replay.
    fn is_alive(&self) -> bool;
}

/// Sessions of this system's Python, which all find the same modules.
#[derive(Debug)]
pub struct Forked {
    /// What they are forked from.
    pub kernel: Kernel,
    /// Folders that their `sys.path` begins with.
    pub imports: Vec<PathBuf>,
}

impl Sessions for Forked {
    fn fresh(&self) -> Result<Box<dyn AnySession + '_>, KernelError> {
        Ok(Box::new(self.kernel.session(&self.imports)?))
    }

    fn interpreter(&self) -> Interpreter {
        self.kernel.interpreter()
    }
}

impl AnySession for Session {
    fn run(
        &mut self,
        request: &Request<'_>,
        on_event: &mut dyn FnMut(CellEvent),
    ) -> Result<Outcome, KernelError> {
        Session::run(self, request, on_event)
    }

    fn is_alive(&self) -> bool {
        Session::is_alive(self)
    }
}
