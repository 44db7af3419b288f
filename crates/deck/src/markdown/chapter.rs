//! One chapter file, read as slides.

use std::path::Path;

use super::{
    Values,
    book::Book,
    slide::{self, Numbering},
    split::{SlideText, split},
    summary::Entry,
    values,
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    model::Chapter,
    source::{self, Audience, Files, Includes, Line, lines_of},
};

/// What reading a chapter needs.
pub struct Reader<'a> {
    /// The project's files.
    pub files: &'a dyn Files,
    /// The book's settings.
    pub book: &'a Book,
    /// Where the numbers in prose come from; without it they are not looked up.
    pub values: Option<&'a dyn Values>,
}

/// Reads one chapter. Whatever is wrong is reported; the chapter is then not fit to be shown.
pub fn read_chapter(entry: &Entry, number: u32, reader: &Reader, diagnostics: &mut Diagnostics) -> Chapter {
    let (lines, audiences) = lines(&entry.path, reader, diagnostics);
    let text = SlideText::new(&lines, &audiences);
    let mut numbering = Numbering::default();
    let slides = split(&text, &lines, diagnostics)
        .into_iter()
        .filter(|range| lines[range.clone()].iter().any(|line| !line.text.trim().is_empty()))
        .map(|range| {
            let part = slide::Part { text: &text, lines: &lines, audiences: &audiences, range };
            slide::read(&part, reader, &mut numbering, diagnostics)
        })
        .collect();
    Chapter { number, title: entry.title.clone(), path: entry.path.clone(), slides }
}

/// The chapter's lines with includes and values in place, and who sees each of them.
fn lines(path: &Path, reader: &Reader, diagnostics: &mut Diagnostics) -> (Vec<Line>, Vec<Audience>) {
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
    let mut includes = Includes::new(reader.files);
    for ((mut line, audience), is_code) in written.into_iter().zip(seen).zip(code) {
        if audience == Audience::Web {
            // The deck does not show these, so that their includes are the handout's to check.
            lines.push(line);
            audiences.push(audience);
            continue;
        }
        if !is_code {
            values::fill(&mut line, reader.values, diagnostics);
        }
        let expanded = includes.expand(line, diagnostics);
        audiences.extend(std::iter::repeat_n(audience, expanded.len()));
        lines.extend(expanded);
    }
    (lines, audiences)
}
