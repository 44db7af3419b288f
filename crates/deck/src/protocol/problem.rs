//! What is wrong with the sources while a talk is on.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An error in a source file, as a browser shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Problem {
    /// Path from the project's folder.
    pub file: String,
    /// Line in that file, from 1.
    pub line: u32,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The message with its excerpt of the source, as the terminal shows it, without colours.
    pub rendered: String,
}
