//! Where something is written.

use std::path::PathBuf;

/// The file and line where something is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// Path from the project's folder.
    pub file: PathBuf,
    /// Line, from 1.
    pub line: u32,
}

impl Location {
    /// The location as `file:line`.
    pub fn label(&self) -> String {
        format!("{}:{}", self.file.display(), self.line)
    }
}
