//! Rust of the demo crate that is changed and rebuilt on stage.

use std::path::PathBuf;

/// What a cell of Rust says of the demo crate.
#[derive(Debug, Clone)]
pub struct RustCell {
    /// Where the code belongs.
    pub region: Region,
    /// The slide's own text for the region: the compiler does not see it before somebody asks for it.
    pub replaces: bool,
}

/// The lines between two anchors of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// Path from the project's folder.
    pub file: PathBuf,
    /// The anchor's name.
    pub anchor: String,
}

impl Region {
    /// The region as an include names it: `file:anchor`.
    pub fn label(&self) -> String {
        format!("{}:{}", self.file.display(), self.anchor)
    }
}
