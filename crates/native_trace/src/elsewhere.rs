//! Where nothing can be stepped through.

use crate::{PythonFacts, Request, StepError, StepLog};

/// Says that this platform cannot trace.
///
/// # Errors
/// Always.
pub fn step(_request: &Request) -> Result<(StepLog, PythonFacts), StepError> {
    Err(StepError::Platform)
}
