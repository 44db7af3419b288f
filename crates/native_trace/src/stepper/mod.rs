//! Executes a statement instruction by instruction, by `ptrace`.
//!
//! A fresh interpreter runs a small driver at full speed up to the marker before the wanted execution; from there every
//! instruction is written down until the next marker. See [`Driver`], then [`Tracee`], then [`window`].
//!
//! A process can be traced by the thread that attached to it only, so all of this happens in the caller's thread.

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod code;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod driver;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod memory;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod modules;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod objects;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod readings;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod successor;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod surroundings;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod tracee;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod walk;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod watchdog;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
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
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
pub fn step(request: &Request) -> Result<(StepLog, PythonFacts), StepError> {
    // Dropped last: the process that was started under it is gone by then.
    let _quiet = surroundings::Quiet::begin()?;
    let driver = driver::Driver::start(request)?;
    let (window, ready) = driver.until_marker(request)?;
    let log = window.walk(&ready, request.limits)?;
    Ok((log, ready.facts))
}

/// Says that this platform cannot trace.
///
/// # Errors
/// Always.
#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
pub fn step(_request: &Request) -> Result<(StepLog, PythonFacts), StepError> {
    Err(StepError::Platform)
}
