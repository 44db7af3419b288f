//! A kernel that starts when it is needed.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::containment::Containment;
use super::cpython::Kernel;
use super::error::KernelError;
use super::session::{Session, Sessions};

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

    /// The containment of its sessions; starts it if need be.
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

impl Sessions for LazyKernel {
    fn fresh(&self, imports: &[PathBuf]) -> Result<Box<dyn Session>, KernelError> {
        self.kernel()?.fresh(imports)
    }
}
