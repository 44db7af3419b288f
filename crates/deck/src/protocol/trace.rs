//! Traces that somebody asks for while the talk is on. The stage only says which one is under way; the trace itself is
//! fetched from `/trace/<number>`, because it is large.

use std::collections::BTreeMap;

use native_trace::Trace;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The latest trace that was asked for on stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LiveTrace {
    /// Counts up from 1.
    pub number: u32,
    /// What is traced.
    pub subject: TraceSubject,
    /// The build of the extension that is compiled for it first, if it is not the installed one.
    pub build: Option<String>,
    /// The answer can be fetched.
    pub done: bool,
}

/// What is traced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum TraceSubject {
    /// An X-ray of the deck.
    Xray {
        /// Its id.
        id: String,
    },
    /// What the speaker typed.
    Expression {
        /// Its text.
        text: String,
    },
}

/// What `/trace/<number>` answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum TraceAnswer {
    /// It worked.
    Traced {
        /// What happened.
        trace: Box<Trace>,
        /// Where it was made, in one line.
        label: String,
        /// How it met a limit, if it did.
        note: Option<String>,
        /// Lines of the user's files that the path names: by file, then by number.
        sources: BTreeMap<String, BTreeMap<u32, String>>,
    },
    /// It did not.
    Failed {
        /// Why, for a person to read, with the next step.
        error: String,
    },
}
