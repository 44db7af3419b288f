//! The kernel as the talk's interpreter.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    interpreter::{Interpreter, Session, Stopper, Trouble},
    plan::Step,
};
use crate::{
    kernel::{self, Containment, Deadline, Kernel, KernelError, Request},
    protocol::{CellEvent, Outcome},
};

/// A kernel that starts when the first session is asked for: the server need not wait for Python.
#[derive(Debug)]
pub struct LazyKernel {
    python: PathBuf,
    kernel: Mutex<Option<Arc<Kernel>>>,
}

impl LazyKernel {
    /// Nothing is started yet.
    pub fn new(python: PathBuf) -> Self {
        Self { python, kernel: Mutex::default() }
    }

    /// How its sessions are kept in; starts it if need be.
    pub fn containment(&self) -> Result<Containment, KernelError> {
        Ok(self.kernel()?.containment())
    }

    /// A start that failed is tried again at the next call: the interpreter may have been installed meanwhile.
    fn kernel(&self) -> Result<Arc<Kernel>, KernelError> {
        let mut kernel = self.kernel.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kernel {
            Some(kernel) => Ok(Arc::clone(kernel)),
            None => Ok(Arc::clone(kernel.insert(Arc::new(Kernel::start(&self.python)?)))),
        }
    }
}

impl Interpreter for LazyKernel {
    fn session(&self, imports: &[PathBuf]) -> Result<Box<dyn Session>, Trouble> {
        Ok(Box::new(self.kernel()?.session(imports)?))
    }
}

impl Session for kernel::Session {
    fn run(&mut self, step: &Step, on_event: &mut dyn FnMut(CellEvent)) -> Result<Outcome, Trouble> {
        let (limits, deadline) = (step.limits, Deadline::Asks);
        let request = Request { cell: &step.cell, source: &step.source, limits, deadline };
        Ok(kernel::Session::run(self, &request, on_event)?)
    }

    fn stopper(&self) -> Stopper {
        let interrupter = self.interrupter();
        Box::new(move || interrupter.stop())
    }

    fn is_alive(&self) -> bool {
        kernel::Session::is_alive(self)
    }
}
