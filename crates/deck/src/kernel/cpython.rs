//! This system's Python, ready to be forked.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::containment::{Containment, Level};
use super::error::KernelError;
use super::interpreter::Interpreter;
use super::session::{Session, Sessions};
use super::worker::Worker;
use super::zygote::Zygote;

/// One Python interpreter with its standard library loaded, ready to be forked. Dropping it ends every
/// process that came from it.
#[derive(Debug)]
pub struct Kernel {
    zygote: Mutex<Zygote>,
}

impl Kernel {
    /// Starts `python` (a path, or a name on PATH): CPython 3.11 or newer.
    pub fn start(python: &Path) -> Result<Self, KernelError> {
        Self::start_at(python, Level::default())
    }

    /// Starts `python` and keeps its sessions together in the best way from `best` on that the system grants.
    pub fn start_at(python: &Path, best: Level) -> Result<Self, KernelError> {
        Ok(Self { zygote: Mutex::new(Zygote::start(python, best)?) })
    }

    /// Forks a fresh worker whose `sys.path` begins with `imports`. A zygote that has died is started again;
    /// the sessions that came from it have ended with it.
    pub fn session(&self, imports: &[PathBuf]) -> Result<Worker, KernelError> {
        // Nobody holds the lock while panicking with the zygote half-changed: a poisoned lock is still good.
        let mut zygote = self.zygote.lock().unwrap_or_else(PoisonError::into_inner);
        match zygote.fork(imports) {
            Err(KernelError::Unresponsive) => {
                zygote.restart()?;
                zygote.fork(imports)
            }
            answer => answer,
        }
    }

    /// The interpreter, as a recording names it.
    pub fn interpreter(&self) -> Interpreter {
        self.zygote.lock().unwrap_or_else(PoisonError::into_inner).interpreter().clone()
    }

    /// The containment of its sessions.
    pub fn containment(&self) -> Containment {
        self.zygote.lock().unwrap_or_else(PoisonError::into_inner).containment().clone()
    }
}

impl Sessions for Kernel {
    fn fresh(&self, imports: &[PathBuf]) -> Result<Box<dyn Session>, KernelError> {
        Ok(Box::new(self.session(imports)?))
    }
}
