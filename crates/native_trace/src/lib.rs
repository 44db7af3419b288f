//! Traces one call: every native function that runs between a Python expression and its result, instruction by
//! instruction, on an unmodified interpreter with unmodified extensions. Linux on x86-64 only; elsewhere [`Trace`]s can
//! be read and drawn, not made.
//!
//! Neighbours: `deck` asks for traces, records and draws them. This crate knows no slide and no HTTP.

mod doors;
mod error;
mod fold;
mod request;
mod stages;
mod stepper;
mod steps;
mod symbols;
mod trace;
mod tree;
mod window;

pub use error::{Phase, StepError};
pub use fold::fold;
pub use request::{Limits, Pace, Request};
pub use stepper::step;
pub use steps::{Ending, Module, ObjectReading, Place, PythonFacts, Reading, Step, StepLog};
pub use symbols::Remapping;
pub use trace::{
    Call, Entry, Function, Language, Node, ObjectSeen, Opcode, Origin, Outcome, Role, Run, SCHEMA, Stage,
    StageSpan, SymbolLevel, Trace, TracedModule, Window,
};
