//! One chapter file, read as slides.

use super::{
    chapter_text::{ChapterText, chapter_text},
    reader::Reader,
    slide::{self, Numbering},
    split::{SlideText, split},
    summary::Entry,
};
use crate::{diagnostic::Diagnostics, model::Chapter, source::Audience};

/// Reads one chapter. Whatever is wrong is reported; the chapter is then not fit to be shown.
pub fn read_chapter(entry: &Entry, number: u32, reader: &Reader, diagnostics: &mut Diagnostics) -> Chapter {
    let ChapterText { lines, audiences, included } = chapter_text(&entry.path, reader, diagnostics);
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
    let page = entry.path.strip_prefix(&reader.layout.chapters).unwrap_or(&entry.path).to_owned();
    Chapter { number, title: entry.title.clone(), path: entry.path.clone(), page, slides }
}
