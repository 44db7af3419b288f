//! A file's text, cut into lines.

use std::path::Path;

use crate::model::{Line, Location};

/// Cuts a file's text into lines.
pub fn lines_of(file: &Path, text: &str) -> Vec<Line> {
    (1..)
        .zip(text.lines())
        .map(|(line, text)| Line { text: text.to_owned(), place: Location { file: file.to_owned(), line } })
        .collect()
}
