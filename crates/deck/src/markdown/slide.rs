//! One slide: its heading, its blocks in order, its notes.

use std::{ops::Range, path::PathBuf};

use pulldown_cmark::{Event, Parser, Tag, TagEnd, html::push_html};

use super::{
    OPTIONS,
    chapter_text::Included,
    code::CodeReader,
    heading::{self, Heading},
    notes::notes,
    picture::{picture, picture_address},
    reader::Reader,
    split::SlideText,
    units::measured_number,
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    model::{Block, Slide},
    source::{Audience, Line},
};

/// A part of a chapter that makes one slide.
pub struct Part<'a> {
    pub text: &'a SlideText,
    pub lines: &'a [Line],
    pub audiences: &'a [Audience],
    pub included: &'a Included,
    pub range: Range<usize>,
}

/// Gives the slides of a chapter their numbers. A chapter's opening has none.
#[derive(Default)]
pub struct Numbering(u32);

impl Numbering {
    fn next(&mut self, heading: &Heading) -> u32 {
        if heading.is("chapter") {
            return 0;
        }
        self.0 += 1;
        self.0
    }
}

/// Reads one slide.
pub fn read(part: &Part, reader: &Reader, numbering: &mut Numbering, diagnostics: &mut Diagnostics) -> Slide {
    let first = part.lines[part.range.clone()].iter().find(|line| !line.text.trim().is_empty());
    let first = first.unwrap_or(&part.lines[part.range.start]);
    let Content { heading, blocks, images } = Builder::new(part, reader, diagnostics).read();
    let heading = heading.unwrap_or_else(|| {
        diagnostics.push(
            Diagnostic::new(first, "this slide has no heading").help("begin it with `## Its one idea`"),
        );
        Heading::default()
    });
    heading.check(first, diagnostics);
    let minutes = heading.minutes(first, diagnostics);
    let spoken: Vec<Option<&Line>> = part
        .range
        .clone()
        .map(|index| Some(&part.lines[index]).filter(|_| part.audiences[index].is_spoken()))
        .collect();
    Slide {
        id: heading.slide_id(),
        number: numbering.next(&heading),
        here: heading.here(first, diagnostics),
        planned: heading.is("planned"),
        notes: notes(&spoken, minutes, diagnostics),
        title: heading.text,
        classes: heading.classes,
        minutes,
        blocks,
        images,
        place: first.place.clone(),
    }
}

/// What stands on a slide.
#[derive(Default)]
struct Content {
    heading: Option<Heading>,
    blocks: Vec<Block>,
    images: Vec<PathBuf>,
}

/// Collects a slide's content from the events of its text.
struct Builder<'a, 'b> {
    part: &'b Part<'a>,
    reader: &'b Reader<'a>,
    diagnostics: &'b mut Diagnostics,
    content: Content,
    /// The slide's own heading is open: its text is the title.
    in_title: bool,
    /// Events of the text since the last block of code.
    pending: Vec<Event<'b>>,
    /// How many elements are open in which a number with a unit is no claim: links and recorded values.
    quiet: usize,
}

impl<'a, 'b> Builder<'a, 'b> {
    fn new(part: &'b Part<'a>, reader: &'b Reader<'a>, diagnostics: &'b mut Diagnostics) -> Self {
        let content = Content::default();
        Self { part, reader, diagnostics, content, in_title: false, pending: Vec::new(), quiet: 0 }
    }

    fn read(mut self) -> Content {
        let bytes = self.part.text.bytes(&self.part.range);
        let text = &self.part.text.text[bytes.clone()];
        let mut events = Parser::new_ext(text, OPTIONS).into_offset_iter();
        while let Some((event, range)) = events.next() {
            let line = self.part.text.line_at(bytes.start + range.start);
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let inside = events.by_ref().map(|(event, _)| event);
                    let code: String = inside.map_while(text_of).collect();
                    self.flush();
                    let Self { part, reader, diagnostics, .. } = &mut self;
                    let mut code_reader = CodeReader {
                        lines: part.lines,
                        included: part.included,
                        files: reader.files,
                        layout: reader.layout,
                        book: reader.book,
                        diagnostics,
                    };
                    let block = code_reader.block(&kind, &code, line);
                    self.content.blocks.extend(block);
                }
                event => self.text(event, line),
            }
        }
        self.flush();
        self.content
    }

    /// Takes an event of anything but code.
    fn text(&mut self, event: Event<'b>, line: usize) {
        let event = match event {
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                if self.content.heading.is_none() {
                    self.content.heading = Some(Heading::new(id, classes, attrs));
                    self.in_title = true;
                }
                heading::plain(level)
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let dest_url = self.picture(&dest_url, line).into();
                Event::Start(Tag::Image { link_type, dest_url, title, id })
            }
            event => event,
        };
        match &event {
            Event::End(TagEnd::Heading(_)) => self.in_title = false,
            Event::Start(Tag::Link { .. }) => self.quiet += 1,
            // A value that stands for a recorded number is the one place for such numbers.
            Event::InlineHtml(html) if html.starts_with("<data ") => self.quiet += 1,
            Event::End(TagEnd::Link) => self.quiet = self.quiet.saturating_sub(1),
            Event::InlineHtml(html) if html.as_ref() == "</data>" => {
                self.quiet = self.quiet.saturating_sub(1);
            }
            Event::Text(text) if self.quiet == 0 => self.check_claims(text, line),
            _ => {}
        }
        if let (true, Event::Text(text) | Event::Code(text)) = (self.in_title, &event)
            && let Some(heading) = &mut self.content.heading
        {
            heading.text.push_str(text);
        }
        self.pending.push(event);
    }

    fn check_claims(&mut self, text: &str, line: usize) {
        if let Some(found) = measured_number(text) {
            let message = format!("`{found}` is a measurement that no run stands behind");
            let diagnostic = Diagnostic::new(&self.part.lines[line], message).at(found);
            let help = "name the number in a cell and write `{{#value cell-id.name}}`";
            self.diagnostics.push(diagnostic.help(help));
        }
    }

    /// Takes a picture along: its address on the site, or its own if it is reported as wrong.
    fn picture(&mut self, url: &str, line: usize) -> String {
        match picture(url, &self.part.lines[line], self.reader.files) {
            Ok(path) => {
                let address = picture_address(&path);
                self.content.images.push(path);
                address
            }
            Err(error) => {
                self.diagnostics.push(error);
                url.to_owned()
            }
        }
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let mut html = String::new();
            push_html(&mut html, self.pending.drain(..));
            self.content.blocks.push(Block::Html(html));
        }
    }
}

/// The text of a piece of text.
pub fn text_of(event: Event) -> Option<String> {
    match event {
        Event::Text(text) => Some(text.into_string()),
        _ => None,
    }
}
