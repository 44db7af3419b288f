//! One chapter file, read as slides.

use std::{collections::BTreeMap, path::Path};

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
    model::{Chapter, Region},
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
    let Text { lines, audiences, included } = text(&entry.path, reader, diagnostics);
    let text = SlideText::new(&lines, &audiences, Audience::is_on_slides);
    let mut numbering = Numbering::default();
    let slides = split(&text, &lines, diagnostics)
        .into_iter()
        .filter(|range| lines[range.clone()].iter().any(|line| !line.text.trim().is_empty()))
        .map(|range| {
            let part =
                slide::Part { text: &text, lines: &lines, audiences: &audiences, included: &included, range };
            slide::read(&part, reader, &mut numbering, diagnostics)
        })
        .collect();
    Chapter { number, title: entry.title.clone(), path: entry.path.clone(), slides }
}

/// Where the lines of a region begin in a chapter, by index; and which region it is, and how many lines it has.
pub type Included = BTreeMap<usize, (Region, usize)>;

/// A chapter's lines with includes and values in place.
pub struct Text {
    pub lines: Vec<Line>,
    /// Who sees each of them.
    pub audiences: Vec<Audience>,
    pub included: Included,
}

/// Reads the lines of a chapter.
pub fn text(path: &Path, reader: &Reader, diagnostics: &mut Diagnostics) -> Text {
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
    Text { lines, audiences, included }
}
