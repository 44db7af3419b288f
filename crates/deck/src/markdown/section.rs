//! A chapter as a reader of the handout gets it. Its prose stays Markdown, because mdBook makes the page, the search and the
//! outline from that; its blocks of code are taken out, because nobody but the deck can draw them.
//!
//! What is taken over is safe from what comes after: no text is left that mdBook or the presentation preprocessor would take
//! for a directive, except the markers of `$slides-only$` and `$web-only$`, which are the preprocessor's to carry out.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::{
    OPTIONS,
    chapter_text::{ChapterText, chapter_text},
    code::CodeReader,
    heading::Heading,
    literal::{inert, inline_code, is_inert},
    picture::embedded,
    reader::Reader,
    slide::text_of,
    split::{SlideText, split},
    summary::Entry,
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    model::Block,
    source::{Audience, Line, replaced_markers},
};

/// A slide's part of a chapter.
#[derive(Debug, Clone)]
pub struct Section {
    /// Id of the slide; a part that only readers see has none in the deck.
    pub id: String,
    /// It is only an idea so far.
    pub planned: bool,
    /// Its content, in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a section.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Markdown.
    Prose(String),
    /// Markdown that ends the heading.
    Title(String),
    /// A block of code.
    Code(Box<Block>),
}

/// Reads one chapter. Whatever is wrong is reported.
pub fn read_sections(entry: &Entry, reader: &Reader, diagnostics: &mut Diagnostics) -> Vec<Section> {
    let chapter = chapter_text(&entry.path, reader, diagnostics);
    let seen = SlideText::new(&chapter.lines, &chapter.audiences, Audience::is_in_handout);
    split(&seen, &chapter.lines, diagnostics)
        .into_iter()
        .filter(|range| !seen.text[seen.bytes(range)].trim().is_empty())
        .map(|range| {
            Cutter { chapter: &chapter, seen: &seen, reader, diagnostics, cuts: Vec::new() }.section(range)
        })
        .collect()
}

/// Finds what does not stay as it was written.
struct Cutter<'a, 'b> {
    chapter: &'a ChapterText,
    seen: &'a SlideText,
    reader: &'a Reader<'a>,
    diagnostics: &'b mut Diagnostics,
    /// What stands in the place of which bytes; in the order in which they were found, without overlap.
    cuts: Vec<(Range<usize>, Piece)>,
}

impl Cutter<'_, '_> {
    fn section(mut self, lines: Range<usize>) -> Section {
        let bytes = self.seen.bytes(&lines);
        self.markers(lines);
        let heading = self.markdown(bytes.clone());
        Section { id: heading.slide_id(), planned: heading.is("planned"), pieces: self.pieces(bytes) }
    }

    /// The preprocessor's markers return to their places.
    fn markers(&mut self, lines: Range<usize>) {
        for index in lines {
            let marker = self.chapter.lines[index].text.trim();
            let mut known = replaced_markers().filter(|(_, audience)| *audience != Audience::Speaker);
            if self.chapter.audiences[index] == Audience::Nobody && known.any(|(name, _)| name == marker) {
                let at = self.seen.bytes(&(index..index)).start;
                self.cuts.push((at..at, Piece::Prose(format!("\n{marker}\n"))));
            }
        }
    }

    fn markdown(&mut self, bytes: Range<usize>) -> Heading {
        let seen = self.seen;
        let mut title: Option<(Heading, Range<usize>)> = None;
        let mut in_title = false;
        let mut events = Parser::new_ext(&seen.text[bytes.clone()], OPTIONS).into_offset_iter();
        while let Some((event, range)) = events.next() {
            let range = bytes.start + range.start..bytes.start + range.end;
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let code: String = events.by_ref().map(|(event, _)| event).map_while(text_of).collect();
                    self.code(&kind, &code, range);
                }
                Event::Start(Tag::Heading { id, classes, attrs, .. }) if title.is_none() => {
                    title = Some((Heading::new(id, classes, attrs), range));
                    in_title = true;
                }
                Event::End(TagEnd::Heading(_)) => in_title = false,
                Event::Start(Tag::Image { dest_url, .. }) => self.picture(&dest_url, range),
                event => {
                    if let (true, Event::Text(text) | Event::Code(text)) = (in_title, &event)
                        && let Some((heading, _)) = &mut title
                    {
                        heading.text.push_str(text);
                    }
                    if let Event::Code(text) = &event
                        && !is_inert(text)
                    {
                        self.cuts.push((range, Piece::Prose(inline_code(text))));
                    }
                }
            }
        }
        let Some((heading, range)) = title else { return Heading::default() };
        self.title(&heading, range);
        heading
    }

    /// What stands in the braces behind a heading is the deck's, but for the id, which every heading of a slide gets.
    fn title(&mut self, heading: &Heading, range: Range<usize>) {
        let written = self.seen.text[range.clone()].trim_end();
        // A heading that is underlined may have several lines.
        let (text, below) = written.rsplit_once('\n').unwrap_or((written, ""));
        let text = match text.rfind('{').filter(|_| heading.has_braces()) {
            Some(brace) => &text[..brace],
            None => text,
        };
        let start = range.start + text.trim_end().len();
        let title = format!(" {{#{}}}\n{below}\n", heading.slide_id());
        self.cuts.push((start..range.end, Piece::Title(title)));
    }

    fn code(&mut self, kind: &CodeBlockKind, code: &str, range: Range<usize>) {
        let opening = self.seen.line_at(range.start);
        let mut code_reader = CodeReader {
            lines: &self.chapter.lines,
            included: &self.chapter.included,
            files: self.reader.files,
            layout: self.reader.layout,
            book: self.reader.book,
            diagnostics: self.diagnostics,
        };
        let Some(block) = code_reader.block(kind, code, opening) else { return };
        if self.chapter.audiences[opening].is_on_slides() || matches!(block, Block::Snippet(_)) {
            self.cuts.push((range, Piece::Code(Box::new(block))));
        } else {
            self.diagnostics.push(unrecorded(&self.chapter.lines[opening]));
        }
    }

    fn picture(&mut self, url: &str, range: Range<usize>) {
        let line = &self.chapter.lines[self.seen.line_at(range.start)];
        let written = self.seen.text[range.clone()].rfind(url).ok_or_else(|| elsewhere(line));
        match written.and_then(|at| Ok((at, embedded(url, line, self.reader.files)?))) {
            Ok((at, address)) => {
                let start = range.start + at;
                self.cuts.push((start..start + url.len(), Piece::Prose(address)));
            }
            Err(error) => self.diagnostics.push(error),
        }
    }

    fn pieces(mut self, bytes: Range<usize>) -> Vec<Piece> {
        self.cuts.sort_by_key(|(range, _)| range.start);
        let mut pieces = Vec::new();
        let mut start = bytes.start;
        for (range, piece) in self.cuts {
            pieces.push(Piece::Prose(inert(&self.seen.text[start..range.start])));
            pieces.push(piece);
            start = range.end;
        }
        pieces.push(Piece::Prose(inert(&self.seen.text[start..bytes.end])));
        pieces
    }
}

/// The deck reads and records what is on slides.
fn unrecorded(line: &Line) -> Diagnostic {
    Diagnostic::new(line, "no slide has this cell, so nothing records it")
        .help("move it out of `$web-only$`, or make it a plain block: no `live`, no `xray`")
}

/// A picture is put in where its address stands.
fn elsewhere(line: &Line) -> Diagnostic {
    Diagnostic::new(line, "the address of this picture stands somewhere else")
        .help("write `![what it shows](file)`")
}
