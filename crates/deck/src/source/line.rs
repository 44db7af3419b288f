//! A line of text that knows where it was written.

use std::path::Path;

use crate::model::Place;

/// One line, without its line end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The text, which after an include may have lost leading blanks.
    pub text: String,
    /// Where it was written.
    pub place: Place,
}

/// Cuts a file's text into lines.
pub fn lines_of(file: &Path, text: &str) -> Vec<Line> {
    (1..)
        .zip(text.lines())
        .map(|(line, text)| Line { text: text.to_owned(), place: Place { file: file.to_owned(), line } })
        .collect()
}
