//! Traces one call: every native function that runs between a Python expression and its result, instruction by
//! instruction, on an unmodified interpreter with unmodified extensions. Linux on x86-64 only; elsewhere [`Trace`]s can
//! be read and drawn, not made.
//!
//! Neighbours: `deck` asks for traces, records and draws them. This crate knows no slide and no HTTP.

mod compare;
mod doors;
mod error;
mod figures;
mod fold;
pub mod format;
#[cfg(test)]
mod invented;
mod request;
mod stages;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod stepper;
#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
#[path = "elsewhere.rs"]
mod stepper;
mod steps;
#[cfg(test)]
#[path = "../tests/streams/mod.rs"]
mod streams;
mod symbols;
mod trace;
mod tree;
mod window;

pub use compare::{Changes, Difference, compare};
pub use error::{Phase, StepError};
pub use figures::Figures;
pub use fold::fold;
pub use request::{Limits, Pace, Request};
pub use stepper::step;
pub use steps::{Ending, Module, ObjectReading, Place, PythonFacts, Reading, Step, StepLog};
pub use symbols::Remapping;
pub use trace::{
    Call, Entry, Function, Language, Node, ObjectSeen, Opcode, Origin, Outcome, Role, Run, SCHEMA, Stage,
    StageSpan, SymbolLevel, Trace, TracedModule, Window,
};

/// Traces one execution of a statement. `remapping` replaces the beginnings of source paths.
///
/// # Errors
/// Those of [`step`]; what was stepped through can always be folded.
pub fn trace(request: &Request, remapping: &Remapping) -> Result<Trace, StepError> {
    let (log, python) = step(request)?;
    let Request { statement, setup, execution, .. } = request;
    let call = Call { statement: statement.clone(), setup: setup.clone(), execution: *execution };
    Ok(fold(&log, call, python, remapping))
}
