//! The text of a chapter file, with includes and values in place.

use std::{collections::BTreeMap, path::Path};

use super::{reader::Reader, values};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    model::Region,
    source::{self, Audience, Includes, Line, lines_of},
};

/// Where the lines of a region begin in a chapter, by index; and which region it is, and how many lines it has.
pub type Included = BTreeMap<usize, (Region, usize)>;

/// A chapter's lines with includes and values in place.
pub struct ChapterText {
    pub lines: Vec<Line>,
    /// Who sees each of them.
    pub audiences: Vec<Audience>,
    pub included: Included,
}

/// Reads the lines of a chapter.
pub fn chapter_text(path: &Path, reader: &Reader, diagnostics: &mut Diagnostics) -> ChapterText {
    let text = reader.files.read(path).unwrap_or_else(|error| {
        let message = format!("{} cannot be read: {error}", path.display());
        diagnostics.push(Diagnostic::in_file(path, message));
        String::new()
    });
    let written = lines_of(path, &text);
    let code = source::code_lines(&written);
    let seen = source::audiences(&written, &code, diagnostics);
    let mut lines = Vec::with_capacity(written.len());
    let mut audiences = Vec::with_capacity(written.len());
    let mut included = Included::new();
    let mut includes = Includes::new(reader.files);
    for ((mut line, audience), is_code) in written.into_iter().zip(seen).zip(code) {
        if !is_code {
            values::fill(&mut line, reader.values, diagnostics);
        }
        let region = includes.region(&line);
        let expanded = includes.expand(line, diagnostics);
        if let Some(region) = region {
            included.insert(lines.len(), (region, expanded.len()));
        }
        audiences.extend(std::iter::repeat_n(audience, expanded.len()));
        lines.extend(expanded);
    }
    ChapterText { lines, audiences, included }
}
