//! Rust of the demo crate that is changed and rebuilt on stage.

use std::path::PathBuf;

use super::{Cell, Compare, Limits, Snippet};

/// A region of the demo crate that a slide shows and lets the speaker change.
#[derive(Debug, Clone)]
pub struct RustCell {
    /// Unique in the deck, among cells and X-rays too.
    pub id: String,
    /// The code as it is shown: what stands in the region, or what the slide puts in its place.
    pub snippet: Snippet,
    /// Where the code belongs.
    pub region: Region,
    /// The slide's own text for the region: the compiler does not see it before somebody asks for it.
    pub replaces: bool,
    /// The compiler must refuse it.
    pub expect_error: bool,
}

/// The lines between two anchors of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// Path from the project's folder.
    pub file: PathBuf,
    /// The anchor's name.
    pub anchor: String,
}

impl RustCell {
    /// Whether the compiler sees its text only when somebody asks: then `deck verify` does.
    pub fn is_apart(&self) -> bool {
        self.replaces || self.expect_error
    }

    /// What a recording sees of it: the compiler's word is compared as the output of any other cell.
    pub fn recorded(&self) -> Cell {
        Cell {
            id: self.id.clone(),
            snippet: self.snippet.clone(),
            setup: false,
            needs: Vec::new(),
            expect_error: self.expect_error,
            compare: Compare::Text,
            manual: true,
            limits: Limits::default(),
            build: None,
            unfit: None,
        }
    }
}

impl Region {
    /// The region as an include names it: `file:anchor`.
    pub fn label(&self) -> String {
        format!("{}:{}", self.file.display(), self.anchor)
    }
}
