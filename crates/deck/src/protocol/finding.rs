//! What the compiler found in Rust that was changed on stage.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One thing that the compiler found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// The compiler's code for it, e.g. `E0499`, or the name of a lint.
    pub code: Option<String>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where, the primary places first; empty if it concerns the build as a whole.
    pub spots: Vec<Spot>,
    /// The compiler's own rendering, without colours; paths begin at the project's folder, e.g. `demo_crate/src/lib.rs`.
    pub rendered: String,
    /// Changes that mend it.
    pub fixes: Vec<Fix>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Nothing is built.
    Error,
    /// It is built all the same.
    Warning,
    /// A remark.
    Note,
    /// A piece of advice.
    Help,
}

/// A place that a finding points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Spot {
    /// Where.
    pub at: Spotted,
    /// What is to be said there.
    pub label: Option<String>,
    /// This is where it is wrong; others explain why.
    pub primary: bool,
}

/// Where a spot is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "in", rename_all = "kebab-case")]
pub enum Spotted {
    /// In a region that a slide shows.
    Cell {
        /// The cell that shows it.
        cell: String,
        /// Its first character.
        from: Point,
        /// After its last character.
        to: Point,
    },
    /// Elsewhere.
    File {
        /// Path from the project's folder; one that begins with `/` is outside of it.
        file: String,
        /// Line of the file as it is on disk, from 1.
        line: u32,
        /// Character of that line, from 1.
        column: u32,
    },
}

/// A place in a cell's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Point {
    /// Line, from 1.
    pub line: u32,
    /// Character of that line, from 1; one more than it has characters is its end.
    pub column: u32,
}

/// A change that the compiler vouches for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Fix {
    /// What it does, e.g. `consider borrowing here`.
    pub message: String,
    /// All of them belong together, in one cell; none overlaps another.
    pub edits: Vec<FixEdit>,
}

/// One replacement of a fix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FixEdit {
    /// The cell whose text changes.
    pub cell: String,
    /// The first character that goes.
    pub from: Point,
    /// After the last character that goes.
    pub to: Point,
    /// What comes in its place.
    pub text: String,
}
