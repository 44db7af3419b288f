//! Requests as the tests make them.

use std::path::PathBuf;

use native_trace::{Request, StepError, StepLog, step};

/// The interpreter under test.
pub fn python() -> PathBuf {
    std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into()).into()
}

/// An interpreter of a distribution, without symbols, if this machine has one.
pub fn stripped_python() -> Option<PathBuf> {
    let path = PathBuf::from("/usr/bin/python3");
    let exists = path.exists();
    assert!(exists || std::env::var_os("CI").is_none(), "CI needs the distribution's own {}", path.display());
    if !exists {
        eprintln!("SKIPPED: there is no {}", path.display());
    }
    exists.then_some(path)
}

/// A warm execution.
pub fn warm(statement: &str) -> Request {
    Request::warm(python(), statement)
}

/// The first execution.
pub fn cold(statement: &str) -> Request {
    Request { execution: 1, ..warm(statement) }
}

#[track_caller]
pub fn log(request: &Request) -> StepLog {
    step(request).unwrap_or_else(|error| panic!("{error}")).0
}

#[track_caller]
pub fn error(request: &Request) -> StepError {
    step(request).map(|(log, _)| panic!("it has {} steps", log.steps.len())).unwrap_err()
}
