//! Traces one call: every native function that runs between a Python expression and its result, instruction by
//! instruction, on an unmodified interpreter with unmodified extensions. Linux on x86-64 only; elsewhere [`Trace`]s can
//! be read and drawn, not made.
//!
//! Neighbours: `deck` asks for traces, records and draws them. This crate knows no slide and no HTTP.

mod error;
mod request;
mod stepper;
mod steps;
mod trace;

pub use error::{Phase, StepError};
pub use request::{Limits, Pace, Request};
pub use stepper::step;
pub use steps::{Ending, Module, ObjectReading, Place, PythonFacts, Reading, Step, StepLog};
pub use trace::{
    Call, Entry, Function, Language, Node, ObjectSeen, Opcode, Origin, Outcome, Role, Run, SCHEMA, Stage,
    StageSpan, SymbolLevel, Trace, TracedModule, Window,
};
