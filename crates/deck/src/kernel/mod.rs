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
//! server ── connection ── zygote (runs no cell)
//!    │                      └─ fork ── keeper, one for each session (runs no cell)
//!    ├───── lease ──────────────────────┘ └─ fork ─┐
//!    └───── control, stdout, stderr ───────────── worker (all cells of the session, one after the other)
//! ```
//!
//! All of these lines are unnamed sockets and pipes, passed as descriptors: there is no path that another
//! process could connect to. When one of these processes ends, however that happens, those to its right are killed.
//!
//! [`Pyodide`] is the other place where cells run: each of its sessions is a process of node, which is killed when it is
//! dropped and ends by itself when this program is gone. What takes either kind takes [`Sessions`].
//!
//! [`Containment`] says how a session's processes are kept together. In no way contained is what the rights of the
//! user allow: a cell reads and writes the user's files and uses the network.

mod browser;
mod channels;
mod containment;
mod crash;
mod environment;
mod error;
mod interpreter;
mod interrupter;
mod lines;
mod messages;
mod output;
mod pyodide;
mod run;
mod session;
mod sessions;
mod strays;
mod sweep;
mod transcript;
mod zygote;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

pub use browser::browser_files;
pub use containment::{Containment, Level};
pub use environment::of_cells;
pub use error::KernelError;
pub use interpreter::Interpreter;
pub use interrupter::Interrupter;
pub use pyodide::{Parts, Pyodide};
pub use session::{Deadline, Request, Session};
pub use sessions::{AnySession, Forked, Sessions};

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
        Self::start_at(python, Level::default())
    }

    /// Starts `python` and keeps its sessions together in the best way from `best` on that the system grants.
    pub fn start_at(python: &Path, best: Level) -> Result<Self, KernelError> {
        Ok(Self { zygote: Mutex::new(Zygote::start(python, best)?) })
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

    /// How its sessions are kept in.
    pub fn containment(&self) -> Containment {
        self.zygote.lock().unwrap_or_else(PoisonError::into_inner).containment().clone()
    }
}
