//! What the compiler says of Rust that was edited.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One thing that the compiler found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// The compiler's number for it, e.g. `E0499`.
    pub code: Option<String>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The places it is about, the primary ones first.
    pub spots: Vec<Spot>,
    /// All of it as the compiler shows it in a terminal, without colours.
    pub rendered: String,
    /// Changes that mend it, as the compiler is sure of.
    pub fixes: Vec<Fix>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// There is no build.
    Error,
    /// There is one.
    Warning,
    /// An explanation that stands alone.
    Note,
}

/// A piece of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Spot {
    /// Where it is.
    pub at: Location,
    /// What the compiler says of it.
    pub label: Option<String>,
    /// The finding is about this one.
    pub primary: bool,
}

/// Where a piece of the source is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "in", rename_all = "lowercase")]
pub enum Location {
    /// In the text of a cell, as it is shown.
    Cell {
        /// The cell's id.
        cell: String,
        /// Its first character.
        from: Point,
        /// The character after its last one.
        to: Point,
    },
    /// In no cell.
    File {
        /// Path from the project's folder.
        file: String,
        /// Line in the file as it is on the disk, from 1.
        line: u32,
        /// Column, from 1.
        column: u32,
    },
}

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Point {
    /// From 1.
    pub line: u32,
    /// Characters from the line's beginning, from 1.
    pub column: u32,
}

/// A change that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Fix {
    /// What it does.
    pub message: String,
    /// All of it, in the texts of cells.
    pub edits: Vec<FixEdit>,
}

/// One replacement of a fix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FixEdit {
    /// The cell's id.
    pub cell: String,
    /// The first character that is replaced.
    pub from: Point,
    /// The character after the last one; the same as `from` where something is put in.
    pub to: Point,
    /// What stands there afterwards.
    pub text: String,
}
