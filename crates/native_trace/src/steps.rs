//! What the stepper writes down and the fold reads: the raw material of a trace, free of symbols.

use std::{ops::Range, path::PathBuf};

/// Everything that was seen between the two markers.
#[derive(Debug, Clone, PartialEq)]
pub struct StepLog {
    /// One per executed instruction, in order.
    pub steps: Vec<Step>,
    /// Objects that were read on the way, in the order of their steps.
    pub readings: Vec<Reading>,
    /// Steps before which a signal was delivered, with its number.
    pub signals: Vec<(usize, i32)>,
    /// What was mapped, in the order of addresses.
    pub modules: Vec<Module>,
    /// How the window ended.
    pub ending: Ending,
}

impl StepLog {
    /// The steps between the two markers' own calls: from the one where the first has come back to the interpreter's loop,
    /// to the one where the loop calls the second. Found without symbols: between two bytecodes of one function the stack
    /// pointer is as high as it gets, and everything that is called has it lower.
    pub fn statement(&self) -> Range<usize> {
        let Some(loops) = self.steps.iter().map(|step| step.sp).max() else { return 0..0 };
        let in_loop = |step: &Step| step.sp == loops;
        let first = self.steps.iter().position(in_loop).unwrap_or(0);
        let last = self.steps.iter().rposition(in_loop).unwrap_or(0);
        first..last + 1
    }
}

/// The machine just before it executes one instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Address of the instruction, as it is mapped in the process.
    pub pc: u64,
    /// The stack pointer.
    pub sp: u64,
}

/// A file that is mapped into the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// The file; `[vdso]` and the like for what is none.
    pub path: PathBuf,
    /// What is added to the file's own addresses.
    pub bias: u64,
    /// Begin and end of its mapped addresses.
    pub range: (u64, u64),
}

/// A Python object that was found where a function gets an argument or leaves its result.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Serialize, serde::Deserialize))]
pub struct Reading {
    /// Index of the step before which it was read: the first instruction of the function that gets it, or the one that
    /// the function returns to.
    pub step: usize,
    /// Where it was found.
    pub place: Place,
    /// What was found.
    pub object: ObjectReading,
}

/// Where an object was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Serialize, serde::Deserialize))]
pub enum Place {
    /// The n-th register for arguments, from 0.
    Register(u8),
    /// The n-th element of the array of arguments that a register points to (fastcall).
    Element(u8),
    /// The register for results.
    Result,
}

/// What could be read of an object without running any of its code.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Serialize, serde::Deserialize))]
pub struct ObjectReading {
    /// Its address, to know it again; never part of a trace.
    #[cfg_attr(test, serde(skip))]
    pub address: u64,
    /// The name of its type.
    pub type_name: String,
    /// Its reference count; nothing if it is immortal.
    pub references: Option<u64>,
    /// Its value, for an `int` of one digit, a `bool`, `None`.
    pub value: Option<String>,
}

/// How the window ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Serialize, serde::Deserialize))]
pub enum Ending {
    /// The second marker was reached.
    Returned,
    /// The statement raised an exception, which the driver caught.
    Raised,
}

/// What the interpreter says about itself and its machine.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Serialize, serde::Deserialize))]
pub struct PythonFacts {
    /// `CPython 3.13.0`.
    pub python: String,
    /// The rest of `sys.version`: build and compiler.
    pub build: String,
    /// The processor's name, from `/proc/cpuinfo`.
    pub cpu: String,
}
