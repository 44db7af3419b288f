//! Why no cell could be run.

use std::path::PathBuf;

/// The kernel cannot run cells. Each message says what was tried, what was found and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum KernelError {
    /// There is no such program.
    #[error(
        "cannot start Python: `{python}` was not found or cannot be run ({cause}). Install Python 3.11 or newer, or name one: PYTHON=/path/to/python3"
    )]
    NotFound {
        /// What was to be started.
        python: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// It is not an interpreter that the kernel knows to drive.
    #[error(
        "`{python}` is {found}, but cells need CPython 3.11 or newer. Name another one: PYTHON=/path/to/python3"
    )]
    Unsuitable {
        /// What was started.
        python: PathBuf,
        /// Its implementation and version.
        found: String,
    },
    /// It ended, or said nothing, before it was ready.
    #[error(
        "`{python}` started but did not get ready: {reason}. It wrote:\n{stderr}\nRun `{python} -c 'import json, socket, asyncio'` to see whether this Python is whole"
    )]
    NotReady {
        /// What was started.
        python: PathBuf,
        /// How it ended.
        reason: String,
        /// The end of what it wrote to its standard error.
        stderr: String,
    },
    /// There is no node.
    #[error(
        "cannot start Pyodide: `node` was not found or cannot be run ({cause}). Install Node 20 or newer: https://nodejs.org"
    )]
    NoNode {
        /// What the system said.
        cause: std::io::Error,
    },
    /// Node ended, or said nothing, before Python was ready in it.
    #[error(
        "Pyodide did not get ready in node: {reason}. It wrote:\n{stderr}\nRun `make web pyodide-wheel` to make its parts anew; Node 20 or newer is needed"
    )]
    PyodideNotReady {
        /// How it ended.
        reason: String,
        /// The end of what it wrote to its standard error.
        stderr: String,
    },
    /// The zygote did not fork a worker.
    #[error(
        "cannot fork a worker for the session: {reason}. Close other programs if processes or memory have run out, and try again"
    )]
    NoWorker {
        /// What went wrong.
        reason: String,
    },
    /// The zygote is gone or stuck; the kernel starts another one when it meets this.
    #[error("the Python process that workers are forked from does not answer. Restart the kernel")]
    Unresponsive,
    /// The system refused a pipe, a socket or a file.
    #[error("cannot set up the lines to Python: {0}. Too many open files? See `ulimit -n`")]
    Lines(#[from] std::io::Error),
}

impl From<nix::Error> for KernelError {
    fn from(error: nix::Error) -> Self {
        Self::Lines(error.into())
    }
}
