//! What is asked for.

use std::{path::PathBuf, time::Duration};

/// One statement, to be traced in a fresh interpreter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The interpreter's program: a path, or a name that is looked up in `PATH`.
    pub python: PathBuf,
    /// One expression or simple statement.
    pub statement: String,
    /// What runs before it, once.
    pub setup: String,
    /// Which execution of the same bytecode is traced: 1 is the first, cold one.
    pub execution: u32,
    /// Folders from which modules are imported before all others.
    pub imports: Vec<PathBuf>,
    /// When to give up.
    pub limits: Limits,
    /// How often the process stops. The trace does not depend on it.
    pub pace: Pace,
}

/// How often the traced process stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pace {
    /// Once per straight run of instructions, by the processor's breakpoints; where there are none, as the other.
    #[default]
    Runs,
    /// At every instruction.
    Instructions,
}

/// When a trace is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Instructions of the statement.
    pub steps: usize,
    /// Time from the start of the interpreter to the end of the statement.
    pub time: Duration,
    /// Bytes of address space that the process may have. What asks for more is refused, and fails in its own way.
    pub memory: u64,
}

impl Request {
    /// The execution by which every interpreter has specialised what it will: CPython 3.11 needs eight.
    pub const WARM: u32 = 16;

    /// A warm execution of the statement, with the usual limits.
    pub fn warm(python: impl Into<PathBuf>, statement: impl Into<String>) -> Self {
        Self {
            python: python.into(),
            statement: statement.into(),
            setup: String::new(),
            execution: Self::WARM,
            imports: Vec::new(),
            limits: Limits::default(),
            pace: Pace::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { steps: 2_000_000, time: Duration::from_secs(20), memory: 4 << 30 }
    }
}
