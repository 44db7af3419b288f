//! Runs cells: a zygote Python forks one worker process per session, and a session runs cells one after the
//! other.
//!
//! [`Kernel`] > [`Session`] > [`crate::protocol::Outcome`]. This module knows Python processes and nothing
//! of slides, HTTP or recordings. Whatever a cell does (raise, loop, crash, be stopped) is data; a
//! [`KernelError`] means that no cell could run at all.
//!
//! The processes, and who may end whom:
//!
//! ```text
//! server ── connection ── zygote (runs no cell; adopts and kills what dead workers leave)
//!    ├───── lease ───────────┘ └─ fork ─┐
//!    └───── control, stdout, stderr ── worker (own session and process group; one namespace)
//! ```
//!
//! All of these lines are unnamed sockets and pipes, passed as descriptors: there is no path that another
//! process could connect to. What is not contained: a cell has the rights of the user, so it may kill the
//! server, read and write the user's files, and use the network; a process that clears its environment,
//! leaves its group *and* kills the zygote first is not found again.

mod channels;
mod crash;
mod environment;
mod error;
mod interpreter;
mod interrupter;
mod lines;
mod messages;
mod output;
mod run;
mod session;
mod strays;
mod sweep;
mod transcript;
mod zygote;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

pub use error::KernelError;
pub use interpreter::Interpreter;
pub use interrupter::Interrupter;
pub use session::{Request, Session};

use zygote::Zygote;

/// What cells import as `deck`. Nobody listens to it until its `connect` is called.
pub(crate) const DECK_MODULE: &str = include_str!("python/deck.py");

/// One Python interpreter with its standard library loaded, ready to be forked. Dropping it ends every
/// process that came from it.
#[derive(Debug)]
pub struct Kernel {
    zygote: Mutex<Zygote>,
}

impl Kernel {
    /// Starts `python` (a path, or a name on PATH): CPython 3.11 or newer.
    pub fn start(python: &Path) -> Result<Self, KernelError> {
        Ok(Self { zygote: Mutex::new(Zygote::start(python)?) })
    }

    /// Forks a fresh worker whose `sys.path` begins with `imports`. A zygote that has died is started again;
    /// the sessions that came from it have ended with it.
    pub fn session(&self, imports: &[PathBuf]) -> Result<Session, KernelError> {
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

    /// What identifies the interpreter in a recording.
    pub fn interpreter(&self) -> Interpreter {
        self.zygote.lock().unwrap_or_else(PoisonError::into_inner).interpreter().clone()
    }
}
