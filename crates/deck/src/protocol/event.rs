//! What happens while one cell runs. The kernel, a recording, the browser's runtime, the terminal demo and every
//! follower of a talk speak of a run in these events and no others.

use std::{borrow::Cow, fmt};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Finding;

/// One thing that happened while a cell ran. Order is promised within one stream, not between streams.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum CellEvent {
    /// The cell was handed to the interpreter.
    Started,
    /// Bytes that the process wrote to one of its file descriptors, cut at character boundaries where possible.
    Stream {
        /// Where they were written.
        fd: Fd,
        /// What was written, as it came.
        data: Bytes,
    },
    /// A result in a richer form than text, or a message to the deck itself.
    Display {
        /// Media type, e.g. `image/svg+xml`; `application/vnd.deck.value+json` and
        /// `application/vnd.deck.relation+json` carry named values and asserted relations.
        mime: String,
        /// Text of that media type; base64 for binary types.
        data: String,
    },
    /// A part of a rebuild is done.
    Phase {
        /// Which one.
        phase: Phase,
        /// How long it took, in seconds.
        seconds: f64,
    },
    /// The cell failed. A failure is data: the talk goes on.
    Error {
        /// How it failed.
        error: CellError,
    },
    /// The cell runs for longer than planned, and goes on; somebody may want to stop it.
    Overdue {
        /// For how long it has run, in seconds.
        seconds: f64,
    },
    /// The last event of every run.
    Finished {
        /// How the run ended.
        status: Status,
        /// Wall-clock time of the run in seconds.
        seconds: f64,
        /// The limits that the run met.
        limits: Vec<Limit>,
    },
}

/// The parts of a rebuild, from a pressed key to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// The compiler and the linker.
    Build,
    /// A fresh interpreter imports the extension.
    Import,
    /// The cells run that the next one builds on.
    Replay,
    /// The next cell of the slide runs.
    Run,
}

/// A file descriptor whose bytes are captured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Fd {
    /// File descriptor 1.
    Stdout,
    /// File descriptor 2; a Rust panic writes its message here.
    Stderr,
}

/// Raw output. It is written as a string where it is UTF-8, and as base64 where it is not.
#[derive(Debug, Clone, Default, PartialEq, Eq, TS)]
#[ts(type = "string | { base64: string }")]
pub struct Bytes(pub Vec<u8>);

/// How a cell failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum CellError {
    /// Python raised an exception that the cell did not catch.
    Traceback {
        /// Qualified name of the exception's type, e.g. `ValueError`.
        exception: String,
        /// `str()` of the exception.
        message: String,
        /// The traceback as Python prints it, without the runner's own frames.
        text: String,
    },
    /// Rust that does not compile.
    Compile {
        /// What the compiler says, errors first.
        findings: Vec<Finding>,
    },
    /// The process ended while the cell ran.
    Crash {
        /// The signal that ended it, by number.
        signal: Option<i32>,
        /// Its exit code, where no signal ended it.
        code: Option<i32>,
        /// One or two sentences for the audience: what happened and what to do.
        explanation: String,
    },
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Without an uncaught exception.
    Ok,
    /// With an uncaught exception.
    Error,
    /// Somebody pressed Stop.
    Stopped,
    /// The process died.
    Crashed,
}

/// A limit that a run met; the numbers are those of the limit, not of the run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "limit", rename_all = "kebab-case")]
pub enum Limit {
    /// It ran for longer than this.
    Time {
        /// The limit in seconds.
        seconds: f64,
    },
    /// It wrote more than this; the rest was dropped.
    Output {
        /// The limit in bytes.
        #[ts(type = "number")]
        bytes: u64,
    },
    /// It asked for more processes and threads than this.
    Processes {
        /// The limit.
        count: u32,
    },
    /// It asked for more memory than this.
    Memory {
        /// The limit in bytes.
        #[ts(type = "number")]
        bytes: u64,
    },
}

/// The sentence about it that every face of the deck shows; `web/src/output/limits.ts` says the same.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time { seconds } => write!(f, "time limit of {seconds} s reached"),
            Self::Output { bytes } => {
                write!(f, "output limit of {} reached, the rest was dropped", size(*bytes))
            }
            Self::Memory { bytes } => write!(f, "memory limit of {} reached", size(*bytes)),
            Self::Processes { count } => write!(f, "limit of {count} processes reached"),
        }
    }
}

/// A number of bytes in the largest binary unit that it fills, with at most one decimal.
fn size(bytes: u64) -> String {
    let units = [(1_u64 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"), (1, "bytes")];
    let (unit, name) = units.into_iter().find(|(unit, _)| bytes >= *unit).unwrap_or((1, "bytes"));
    let tenths = (bytes as f64 / unit as f64 * 10.0).round();
    format!("{} {name}", tenths / 10.0)
}

/// A whole run: its events in the order in which they arrived, `Started` first and `Finished` last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Outcome {
    /// The events of the run.
    pub events: Vec<CellEvent>,
}

impl Outcome {
    /// How the run ended; a run cut off before its last event counts as crashed.
    pub fn status(&self) -> Status {
        match self.events.last() {
            Some(CellEvent::Finished { status, .. }) => *status,
            _ => Status::Crashed,
        }
    }

    /// Wall-clock time in seconds; zero for a run that was cut off.
    pub fn seconds(&self) -> f64 {
        match self.events.last() {
            Some(CellEvent::Finished { seconds, .. }) => *seconds,
            _ => 0.0,
        }
    }
}

impl CellError {
    /// What the audience reads of it.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Traceback { text, .. } => text.into(),
            Self::Crash { explanation, .. } => explanation.into(),
            Self::Compile { findings } => {
                let rendered: Vec<_> = findings.iter().map(|finding| finding.rendered.trim_end()).collect();
                rendered.join("\n\n").into()
            }
        }
    }
}

impl Bytes {
    /// The bytes as text; what is not UTF-8 becomes U+FFFD.
    pub fn lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }
}

impl From<&str> for Bytes {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

/// How [`Bytes`] stand in a file or a message.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Raw { base64: String },
}

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match std::str::from_utf8(&self.0) {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => Written::Raw { base64: BASE64_STANDARD.encode(&self.0) }.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Written::deserialize(deserializer)? {
            Written::Text(text) => Ok(Self(text.into_bytes())),
            Written::Raw { base64 } => {
                BASE64_STANDARD.decode(base64).map(Self).map_err(serde::de::Error::custom)
            }
        }
    }
}
