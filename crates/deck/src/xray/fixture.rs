//! A small trace, for the tests of this crate.

use native_trace::Trace;

use super::TraceRecording;
use crate::recording::{Extension, Fingerprint};

/// A warm call as a trace: the interpreter's loop, a trampoline with the user's function compiled into it, and two
/// calls back into the interpreter. 20 instructions, 12 of them below the loop, 2 of them the user's.
pub fn trace() -> Trace {
    serde_json::from_str(include_str!("../../tests/fixtures/trace.json")).unwrap()
}

/// The trace as CPython 3.13.0 recorded it for the X-ray `dive`.
pub fn recording() -> TraceRecording {
    let extension = Extension { rustc: "1.95.0".into(), pyo3: "0.30.1".into(), profile: "release".into() };
    let fingerprint = Fingerprint {
        implementation: "CPython".into(),
        version: "3.13.0".into(),
        build: "GCC 12.2.0, shared".into(),
        machine: "x86_64".into(),
        system: "Linux".into(),
        date: "2026-11-23".into(),
        extension: Some(extension),
    };
    TraceRecording {
        schema: super::SCHEMA,
        xray: "dive".into(),
        source: "3f".repeat(32),
        fingerprint,
        trace: trace(),
    }
}
