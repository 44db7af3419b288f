//! Executes a statement instruction by instruction, by `ptrace`.
//!
//! A fresh interpreter runs a small driver at full speed up to the marker before the wanted execution; from there every
//! instruction is written down until the next marker. See `driver`, then `window` and `walk`.
//!
//! A process can be traced by the thread that attached to it only, so all of this happens in the caller's thread.

mod code;
mod driver;
mod memory;
mod modules;
mod objects;
mod readings;
mod successor;
mod surroundings;
mod tracee;
mod walk;
mod watchdog;
mod window;

use crate::{PythonFacts, Request, StepError, StepLog};

/// Executes the statement and writes every instruction down.
///
/// The same request on the same machine gives the same log, addresses included, unless the statement depends on time,
/// randomness or the outside world.
///
/// # Errors
/// Where this system cannot trace, the interpreter does not start, the set-up fails, or the statement does not end
/// within the limits, in its process, by itself.
pub fn step(request: &Request) -> Result<(StepLog, PythonFacts), StepError> {
    // Dropped last: the process that was started under it is gone by then.
    let _quiet = surroundings::Quiet::begin()?;
    let driver = driver::Driver::start(request)?;
    let (tracee, ready) = driver.until_marker(request)?;
    let log = window::record(tracee, &ready, request.limits)?;
    Ok((log, ready.facts))
}
