//! One slide: its heading, its blocks in order, its notes.

use std::{collections::BTreeSet, ops::Range};

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html::push_html};

use super::{
    OPTIONS, Reader,
    attributes::Attributes,
    fence::{Fence, parse_fence},
    hidelines::code_line,
    split::SlideText,
    units::measured_number,
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    highlight::Language,
    model::{Block, Cell, CodeLine, Place, Slide, Snippet},
    source::{Audience, Line, is_directive},
};

/// Words that a speaker says in a minute, at most.
const WORDS_PER_MINUTE: f32 = 125.0;

/// A part of a chapter that makes one slide.
pub struct Part<'a> {
    pub text: &'a SlideText,
    pub lines: &'a [Line],
    pub audiences: &'a [Audience],
    pub range: Range<usize>,
}

/// Gives the slides of a chapter their numbers. A chapter's opening has none.
#[derive(Default)]
pub struct Numbering(u32);

impl Numbering {
    fn next(&mut self, classes: &[String]) -> u32 {
        if classes.iter().any(|class| class == "chapter") {
            return 0;
        }
        self.0 += 1;
        self.0
    }
}

/// Reads one slide.
pub fn read(part: &Part, reader: &Reader, numbering: &mut Numbering, diagnostics: &mut Diagnostics) -> Slide {
    let bytes = part.text.bytes(&part.range);
    let text = &part.text.text[bytes.clone()];
    let first = part.lines[part.range.clone()].iter().find(|line| !line.text.trim().is_empty());
    let first = first.unwrap_or(&part.lines[part.range.start]);
    let mut builder = Builder {
        part,
        reader,
        diagnostics,
        offset: bytes.start,
        heading: None,
        blocks: Vec::new(),
        pending: Vec::new(),
        quiet: 0,
    };
    builder.read(text);
    let Builder { heading, blocks, .. } = builder;
    let heading = heading.unwrap_or_else(|| {
        diagnostics.push(
            Diagnostic::new(first, "this slide has no heading").help("begin it with `## Its one idea`"),
        );
        Heading::default()
    });
    let minutes = heading.minutes(first, diagnostics);
    Slide {
        id: heading.id.clone().unwrap_or_else(|| slug(&heading.text)),
        number: numbering.next(&heading.classes),
        planned: heading.classes.iter().any(|class| class == "planned"),
        notes: notes(part, minutes, diagnostics),
        title: heading.text,
        classes: heading.classes,
        minutes,
        blocks,
        place: first.place.clone(),
    }
}

#[derive(Default)]
struct Heading {
    text: String,
    id: Option<String>,
    classes: Vec<String>,
    attributes: Vec<(String, Option<String>)>,
}

impl Heading {
    fn minutes(&self, line: &Line, diagnostics: &mut Diagnostics) -> Option<f32> {
        let mut minutes = None;
        for (name, value) in &self.attributes {
            let number = value.as_deref().and_then(|value| value.parse::<f32>().ok());
            match (name.as_str(), number) {
                ("minutes", Some(number)) if number > 0.0 => minutes = Some(number),
                ("minutes", _) => {
                    let message = "`minutes` needs a number above zero";
                    diagnostics.push(Diagnostic::new(line, message).at(name));
                }
                _ => diagnostics.push(
                    Diagnostic::new(line, format!("a heading has no attribute `{name}`"))
                        .at(name)
                        .help("write `## Title {#id .class minutes=1.5}`"),
                ),
            }
        }
        minutes
    }
}

/// Collects a slide's blocks from the events of its text.
struct Builder<'a, 'b> {
    part: &'b Part<'a>,
    reader: &'b Reader<'a>,
    diagnostics: &'b mut Diagnostics,
    /// Where the slide's text begins in that of the chapter.
    offset: usize,
    heading: Option<Heading>,
    blocks: Vec<Block>,
    /// Events of the text since the last block of code.
    pending: Vec<Event<'b>>,
    /// How many elements are open inside which numbers are not measurements: headings, links, code.
    quiet: usize,
}

impl<'b> Builder<'_, 'b> {
    fn read(&mut self, text: &'b str) {
        let mut events = Parser::new_ext(text, OPTIONS).into_offset_iter();
        while let Some((event, range)) = events.next() {
            let line = self.part.text.line_at(self.offset + range.start);
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let mut code = String::new();
                    for (event, _) in events.by_ref() {
                        match event {
                            Event::Text(text) => code.push_str(&text),
                            _ => break,
                        }
                    }
                    self.code(&kind, &code, line);
                }
                Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                    self.quiet += 1;
                    if self.heading.is_none() {
                        self.heading = Some(Heading {
                            text: String::new(),
                            id: id.map(|id| id.into_string()),
                            classes: classes.into_iter().map(CowStr::into_string).collect(),
                            attributes: attrs
                                .into_iter()
                                .map(|(name, value)| (name.into_string(), value.map(CowStr::into_string)))
                                .collect(),
                        });
                        self.pending.push(plain_heading(level));
                        self.heading_text(&mut events, level);
                    } else {
                        self.pending.push(plain_heading(level));
                    }
                }
                event => self.other(event, line),
            }
        }
        self.flush();
    }

    /// Takes the events of the slide's own heading, whose text is its title.
    fn heading_text(
        &mut self,
        events: &mut impl Iterator<Item = (Event<'b>, Range<usize>)>,
        level: HeadingLevel,
    ) {
        for (event, _) in events {
            if event == Event::End(TagEnd::Heading(level)) {
                self.quiet -= 1;
                self.pending.push(event);
                return;
            }
            if let (Event::Text(text) | Event::Code(text), Some(heading)) = (&event, &mut self.heading) {
                heading.text.push_str(text);
            }
            self.pending.push(event);
        }
    }

    fn other(&mut self, event: Event<'b>, line: usize) {
        match &event {
            Event::Start(Tag::Link { .. }) => self.quiet += 1,
            Event::End(TagEnd::Link | TagEnd::Heading(_)) => {
                self.quiet = self.quiet.saturating_sub(1);
            }
            // A value that stands for a recorded number is the one place for such numbers.
            Event::InlineHtml(html) if html.starts_with("<data ") => self.quiet += 1,
            Event::InlineHtml(html) if html.as_ref() == "</data>" => {
                self.quiet = self.quiet.saturating_sub(1);
            }
            Event::Text(text) if self.quiet == 0 => {
                if let Some(found) = measured_number(text) {
                    let message = format!("`{found}` is a measurement that no run stands behind");
                    self.diagnostics.push(
                        Diagnostic::new(&self.part.lines[line], message)
                            .at(found)
                            .help("name the number in a cell and write `{{#value cell-id.name}}`"),
                    );
                }
            }
            Event::Start(Tag::Image { dest_url, .. }) => self.image(dest_url, line),
            _ => {}
        }
        self.pending.push(event);
    }

    fn image(&mut self, url: &str, line: usize) {
        let chapter = &self.part.lines[line];
        let folder = chapter.place.file.parent().unwrap_or(std::path::Path::new(""));
        if url.contains("://") {
            self.diagnostics.push(
                Diagnostic::new(chapter, "an image must be a file of the project")
                    .at(url)
                    .help("the talk must work without a network"),
            );
        } else if !self.reader.files.exists(&folder.join(url)) {
            let message = format!("{} does not exist", folder.join(url).display());
            self.diagnostics.push(Diagnostic::new(chapter, message).at(url));
        }
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let mut html = String::new();
            push_html(&mut html, self.pending.drain(..));
            self.blocks.push(Block::Html(html));
        }
    }

    /// Takes a block of code whose opening fence stands on the line of index `opening`.
    fn code(&mut self, kind: &CodeBlockKind, code: &str, opening: usize) {
        self.flush();
        let line = &self.part.lines[opening];
        let (fence, first) = match kind {
            CodeBlockKind::Fenced(info) => match parse_fence(info) {
                Ok(fence) => (fence, opening + 1),
                Err(error) => {
                    let found = &info[error.span];
                    self.diagnostics.push(Diagnostic::new(line, error.message).at(found));
                    return;
                }
            },
            CodeBlockKind::Indented => (Fence { language: "text", attributes: Vec::new() }, opening),
        };
        if Language::from_fence(fence.language).is_none() {
            let message = match fence.language {
                "" => "this block names no language".to_owned(),
                language => format!("`{language}` is not a language of the slides"),
            };
            let tags: Vec<_> = Language::fence_tags().collect();
            let help = format!("the languages are: {}", tags.join(", "));
            let diagnostic = Diagnostic::new(line, message).help(help);
            self.diagnostics.push(diagnostic.suggest(fence.language, tags));
        }
        let attributes = Attributes::read(&fence, line, self.diagnostics);
        let snippet = self.snippet(&fence, &attributes, code, first, line);
        let block = match &attributes.id {
            Some(id) if attributes.live => self.cell(id.clone(), attributes, snippet, line),
            _ => Block::Snippet(snippet),
        };
        self.blocks.push(block);
    }

    fn snippet(
        &mut self,
        fence: &Fence,
        attributes: &Attributes,
        code: &str,
        first: usize,
        line: &Line,
    ) -> Snippet {
        let configured = self.reader.book.hidelines.get(fence.language);
        let prefix = attributes.hidelines.as_deref().or(configured.map(String::as_str));
        let lines: Vec<CodeLine> = code.lines().map(|text| code_line(fence.language, prefix, text)).collect();
        let origin = self.part.lines.get(first).map(|line| line.place.clone());
        let shown = lines.iter().filter(|line| !line.hidden).count() as u32;
        // An include that failed has been reported; what follows from it need not be.
        let broken = code.lines().any(is_directive);
        if shown == 0 && !broken {
            self.diagnostics.push(Diagnostic::new(line, "this block shows no code"));
        }
        Snippet {
            language: fence.language.to_owned(),
            steps: match &attributes.steps {
                Some(steps) if !broken => self.steps(steps, shown, line),
                _ => Vec::new(),
            },
            lines,
            origin: origin.filter(|origin| origin.file != line.place.file),
            place: line.place.clone(),
        }
    }

    fn steps(&mut self, steps: &str, shown: u32, line: &Line) -> Vec<Vec<u32>> {
        let parsed = steps.split('|').map(|step| lit_lines(step, shown)).collect::<Option<_>>();
        parsed.unwrap_or_else(|| {
            let message = format!("`{steps}` does not name lines of this block, which shows {shown}");
            self.diagnostics
                .push(Diagnostic::new(line, message).at(steps).help("write steps like `1|3-5|2,4|all`"));
            Vec::new()
        })
    }

    fn cell(&mut self, id: String, attributes: Attributes, snippet: Snippet, line: &Line) -> Block {
        let shown = |code: &CodeLine| !code.hidden;
        let first = snippet.lines.iter().position(shown).unwrap_or(0);
        let last = snippet.lines.iter().rposition(shown).unwrap_or(0);
        if snippet.lines[first..=last.min(snippet.lines.len().saturating_sub(1))]
            .iter()
            .any(|code| code.hidden)
        {
            self.diagnostics.push(
                Diagnostic::new(line, "a hidden line stands between shown ones in a live cell").help(
                    "move hidden lines to the cell's beginning or end: what is shown is edited as one text",
                ),
            );
        }
        Block::Cell(Cell {
            id,
            snippet,
            setup: attributes.setup,
            needs: attributes.needs,
            expect_error: attributes.expect_error,
            compare: attributes.compare,
            manual: attributes.manual,
            limits: attributes.limits,
        })
    }
}

/// The lines that one step lights: `all`, or numbers and ranges joined by commas.
fn lit_lines(step: &str, shown: u32) -> Option<Vec<u32>> {
    if step.trim() == "all" {
        return Some((1..=shown).collect());
    }
    let mut lines = BTreeSet::new();
    for part in step.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last): (u32, u32) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        if first == 0 || first > last || last > shown {
            return None;
        }
        lines.extend(first..=last);
    }
    Some(lines.into_iter().collect())
}

fn plain_heading(level: HeadingLevel) -> Event<'static> {
    Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() })
}

fn notes(part: &Part, minutes: Option<f32>, diagnostics: &mut Diagnostics) -> String {
    let spoken: Vec<&Line> = part
        .range
        .clone()
        .filter(|index| part.audiences[*index] == Audience::Speaker)
        .map(|index| &part.lines[index])
        .collect();
    let words: usize = spoken.iter().map(|line| line.text.split_whitespace().count()).sum();
    if let (Some(minutes), Some(first)) = (minutes, spoken.first()) {
        let most = minutes * WORDS_PER_MINUTE;
        if words as f32 > most {
            let message = format!("{words} words of notes do not fit into {minutes} minutes");
            diagnostics
                .push(Diagnostic::new(first, message).help(format!("{most:.0} words can be spoken then")));
        }
    }
    let text: String = spoken.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect();
    let mut html = String::new();
    push_html(&mut html, Parser::new_ext(&text, OPTIONS));
    html
}

/// An id made from a heading's text: lower-case words joined by hyphens.
fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

impl Slide {
    /// The slide's place in the talk, e.g. `4.2`; a chapter's opening has the chapter's number alone.
    pub fn label(&self, chapter: u32) -> String {
        match self.number {
            0 => chapter.to_string(),
            number => format!("{chapter}.{number}"),
        }
    }
}

impl Place {
    /// The place as `file:line`.
    pub fn label(&self) -> String {
        format!("{}:{}", self.file.display(), self.line)
    }
}
