//! What the cells did when their author last let them run: one readable file per cell, which is the expectation of
//! `deck verify`, the output in the static deck, and the fallback on stage in one.
//!
//! [`Recordings`] > [`Recording`] > [`Fingerprint`] and events. Everything here is pure but [`Recordings::read`]; the
//! commands `record` and `verify` run the cells. A recording keeps the output as it came: [`normalise`] only serves
//! comparing. The one thing changed on the way in is what names the author's machine, see [`Redaction`].

mod assertions;
mod compare;
mod file;
mod fingerprint;
#[cfg(test)]
pub(crate) mod fixture;
mod keep;
mod normalise;
mod redact;
mod shelf;
mod take;
mod transcript;

pub use assertions::{NamedValue, RELATION, Relation, VALUE, relations, values};
pub use compare::{Difference, Verdict, compare, faults};
pub use fingerprint::{Extension, Fingerprint};
pub use normalise::{RULES, Rule, normalise};
pub use redact::Redaction;
pub use shelf::{Recordings, next_step};
pub use take::{Plan, Shelf, Take};
pub use transcript::transcript;

use serde::{Deserialize, Serialize};

use crate::protocol::CellEvent;

/// Version of the file's format. A change that old files do not survive raises it.
pub const SCHEMA: u32 = 1;

/// One run of one cell, alone in a fresh interpreter after the cells that it needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// Version of the file's format.
    pub schema: u32,
    /// The cell's id.
    pub cell: String,
    /// Digest of the code that ran, see [`crate::replay::source_hash`].
    pub source: String,
    /// What ran it.
    pub fingerprint: Fingerprint,
    /// What happened. Neighbouring pieces of one stream are joined.
    #[serde(rename = "event")]
    pub events: Vec<CellEvent>,
}

impl Recording {
    /// A recording in the current format.
    pub fn new(cell: String, source: String, fingerprint: Fingerprint, events: Vec<CellEvent>) -> Self {
        Self { schema: SCHEMA, cell, source, fingerprint, events }
    }

    /// What the audience reads beside recorded output, e.g.
    /// `Recorded: CPython 3.13.0, rustc 1.95.0, PyO3 0.30.1, release, x86_64, 2026-11-23`.
    pub fn label(&self) -> String {
        format!("Recorded: {}", self.fingerprint.label())
    }

    /// The numbers that the cell named, in order. What is malformed is left out: it was never recorded.
    pub fn values(&self) -> Vec<NamedValue> {
        values(&self.events).into_iter().filter_map(Result::ok).collect()
    }
}
