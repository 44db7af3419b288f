//! Messages between the server, the zygote and the workers: lines of JSON.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::containment::Containment;
use super::interpreter::Interpreter;
use crate::protocol::CellError;

/// The zygote's first line.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Greeting {
    /// It can fork.
    Ready(Box<Ready>),
    /// It is not an interpreter for cells: its name and version.
    Refused(String),
}

/// Description of a zygote that can fork.
#[derive(Debug, Deserialize)]
pub(super) struct Ready {
    pub interpreter: Interpreter,
    pub containment: Containment,
}

/// Asks the zygote for a worker; four descriptors go with it.
#[derive(Debug, Serialize)]
pub(super) struct Fork<'a> {
    /// Folders that `sys.path` begins with.
    pub imports: &'a [PathBuf],
}

/// A message of a keeper over a lease: first `Forked`, later `Ended`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Lease {
    /// The worker's process, and the keeper's own.
    Forked { pid: i32, keeper: i32 },
    /// The fork was refused.
    Failed { reason: String },
    /// The worker has ended.
    Ended(End),
}

/// The end of a process; neither number where nobody can tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct End {
    pub signal: Option<i32>,
    pub code: Option<i32>,
}

/// Asks a worker to run a cell.
#[derive(Debug, Serialize)]
pub(super) struct Run<'a> {
    /// The cell's id, which stands in tracebacks.
    pub cell: &'a str,
    /// Its source.
    pub source: &'a str,
    /// Bound of the address space in bytes.
    pub memory: u64,
    /// Bound of the number of processes and threads.
    pub processes: u32,
}

/// A message of a worker while a cell runs. A cell can write here too, so nothing of it is trusted but its form.
#[derive(Debug, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub(super) enum Report {
    /// A rich result or a named value.
    Display { mime: String, data: String },
    /// The cell raised an exception.
    Error { error: CellError },
    /// The cell is through.
    Finished {
        /// It raised.
        failed: bool,
        /// It raised a MemoryError.
        memory: bool,
        /// It raised because it was refused one more process or thread.
        processes: bool,
    },
}
