//! X-rays: traced statements, what was recorded of them, what is claimed about them, and the numbers that prose quotes.
//!
//! [`TraceRecordings`] > [`TraceRecording`] > [`Trace`]. Everything here is pure but [`TraceRecordings::read`]; the
//! commands `record` and `verify` trace.

mod claims;
mod figures;
mod file;
#[cfg(test)]
pub(crate) mod fixture;
mod glob;
mod judge;
mod keep;
mod shelf;

pub use claims::{broken, sentences};
pub use figures::named_figures;
pub use file::SCHEMA;
pub use judge::{Judgement, judge};
pub use shelf::TraceRecordings;

use native_trace::Trace;
use serde::{Deserialize, Serialize};

use crate::recording::Fingerprint;

/// One trace of one X-ray.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TraceRecording {
    /// Version of the file's format.
    pub schema: u32,
    /// The X-ray's id.
    pub xray: String,
    /// Digest of what was traced, see [`crate::replay::source_hash`].
    pub source: String,
    /// What it ran on.
    pub fingerprint: Fingerprint,
    /// What happened.
    pub trace: Trace,
}

impl TraceRecording {
    /// What the audience reads beside recorded numbers, e.g.
    /// `Recorded: CPython 3.13.0, rustc 1.95.0, PyO3 0.30.1, release, x86_64, 2026-11-23, warm call`.
    pub fn label(&self) -> String {
        format!("Recorded: {}, {}", self.fingerprint.label(), temperature(&self.trace))
    }
}

/// What a trace ran on, in one line, without a date: it was made just now.
pub fn origin_label(trace: &Trace) -> String {
    let origin = &trace.origin;
    let pyo3 = origin.pyo3.iter().map(|version| format!("PyO3 {version}"));
    let parts = [origin.python.clone()].into_iter().chain(origin.compilers.iter().cloned()).chain(pyo3);
    parts.chain([origin.cpu.clone(), temperature(trace).to_owned()]).collect::<Vec<_>>().join(", ")
}

/// Whether a trace is of a first call or of a later one.
pub fn temperature(trace: &Trace) -> &'static str {
    if trace.call.execution == 1 { "first call" } else { "warm call" }
}
