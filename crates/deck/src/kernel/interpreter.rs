//! What identifies a Python interpreter in a recording.

use serde::{Deserialize, Serialize};

/// The interpreter that runs the cells, as it describes itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpreter {
    /// `CPython`.
    pub implementation: String,
    /// E.g. `3.11.7`.
    pub version: String,
    /// The compiler that built it, e.g. `GCC 12.2.0`.
    pub compiler: String,
    /// It is a small program around `libpython`, not one with the interpreter linked in.
    pub shared_library: bool,
    /// It is a debug build (`--with-pydebug`).
    pub debug: bool,
    /// It has no global interpreter lock.
    pub free_threaded: bool,
    /// It was built with `--enable-optimizations`.
    pub optimised: bool,
    /// Operating system, e.g. `Linux`.
    pub system: String,
    /// CPU architecture, e.g. `x86_64`.
    pub machine: String,
    /// Path of its program. It is this machine's: it never goes into a recording.
    pub executable: String,
}
