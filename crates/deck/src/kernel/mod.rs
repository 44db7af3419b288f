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
//! dropped and ends by itself when this program is gone. What takes either kind takes [`Sessions`], the one door to a
//! [`Session`].
//!
//! [`Containment`] says how a session's processes are kept together. In no way contained is what the rights of the
//! user allow: a cell reads and writes the user's files and uses the network.

mod channels;
mod containment;
mod cpython;
mod crash;
mod environment;
mod error;
mod interpreter;
mod lazy;
mod lines;
mod marked;
mod messages;
mod output;
mod pyodide;
mod python_files;
mod request;
mod run;
mod session;
mod stopper;
mod transcript;
mod worker;
mod zygote;

pub use containment::{Containment, Level};
pub use cpython::Kernel;
pub use environment::of_cells;
pub use error::KernelError;
pub use interpreter::Interpreter;
pub use lazy::LazyKernel;
pub use pyodide::{Parts, Pyodide};
pub(crate) use python_files::DECK_MODULE;
pub use python_files::browser_files;
pub use request::{Deadline, Request};
pub use session::{Session, Sessions};
pub use stopper::Stopper;
pub use worker::Worker;
