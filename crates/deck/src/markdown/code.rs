//! A block of code: shown, or run.

use std::collections::BTreeSet;

use pulldown_cmark::CodeBlockKind;

use super::{
    attribute_reader::read_attributes,
    attributes::Attributes,
    book::Book,
    chapter_text::Included,
    fence::{Fence, parse_fence},
    fence_kind::Kind,
    hidelines::code_line,
    python, rust, xray,
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    highlight::Language,
    layout::Layout,
    model::{Block, Cell, CodeLine, Region, Snippet},
    source::{Files, Includes, Line, is_directive},
};

/// Reads the blocks of code of a chapter.
pub struct CodeReader<'a> {
    /// The chapter's lines.
    pub lines: &'a [Line],
    /// The regions of files that stand among them.
    pub included: &'a Included,
    /// The project's files.
    pub files: &'a dyn Files,
    /// Where the project's files lie.
    pub layout: &'a Layout,
    /// Which lines are hidden in which language.
    pub book: &'a Book,
    /// Where faults go.
    pub diagnostics: &'a mut Diagnostics,
}

impl CodeReader<'_> {
    /// Reads the block whose opening fence stands on the line of index `opening`; nothing if its info string cannot be
    /// read.
    pub fn block(&mut self, kind: &CodeBlockKind, code: &str, opening: usize) -> Option<Block> {
        let line = &self.lines[opening];
        let (fence, first) = match kind {
            CodeBlockKind::Fenced(info) => match parse_fence(info) {
                Ok(fence) => (fence, opening + 1),
                Err(error) => {
                    let found = &info[error.span];
                    self.diagnostics.push(Diagnostic::new(line, error.message).at(found));
                    return None;
                }
            },
            CodeBlockKind::Indented => (Fence { language: "text", attributes: Vec::new() }, opening),
        };
        self.check_language(&fence, line);
        let attributes = read_attributes(&fence, line, self.diagnostics);
        let snippet = self.snippet(&fence, &attributes, code, first, line);
        self.cell(attributes, snippet, first, line)
    }

    /// Makes of a block what its attributes say.
    fn cell(&mut self, attributes: Attributes, snippet: Snippet, first: usize, line: &Line) -> Option<Block> {
        let Some(id) = attributes.id.clone() else { return Some(Block::Snippet(snippet)) };
        let kind = match attributes.kind {
            Kind::Snippet => return Some(Block::Snippet(snippet)),
            Kind::Python => python::kind(attributes.python, &snippet, line, self.diagnostics),
            Kind::Rust => {
                let region = self.region(&attributes, &snippet, first, line);
                rust::kind(&attributes, &snippet, region, self.layout, line, self.diagnostics)?
            }
            Kind::Xray => xray::kind(attributes.xray, &snippet, line, self.diagnostics),
        };
        let Attributes { needs, expect_error, limits, .. } = attributes;
        Some(Block::Cell(Box::new(Cell { id, snippet, needs, expect_error, limits, kind })))
    }

    /// The region that a block of Rust is, or says that it stands for.
    fn region(
        &mut self,
        attributes: &Attributes,
        snippet: &Snippet,
        first: usize,
        line: &Line,
    ) -> Option<Region> {
        match &attributes.replaces {
            Some(name) => Includes::new(self.files).named(name, line, self.diagnostics),
            None => {
                let (region, count) = self.included.get(&first)?;
                (*count == snippet.lines.len()).then(|| region.clone())
            }
        }
    }

    fn check_language(&mut self, fence: &Fence, line: &Line) {
        if Language::from_fence(fence.language).is_some() {
            return;
        }
        let message = match fence.language {
            "" => "this block names no language".to_owned(),
            language => format!("`{language}` is not a language of the slides"),
        };
        let tags: Vec<_> = Language::fence_tags().collect();
        let help = format!("the languages are: {}", tags.join(", "));
        let diagnostic = Diagnostic::new(line, message).help(help);
        self.diagnostics.push(diagnostic.suggest(fence.language, tags));
    }

    fn snippet(
        &mut self,
        fence: &Fence,
        attributes: &Attributes,
        code: &str,
        first: usize,
        line: &Line,
    ) -> Snippet {
        let configured = self.book.hidelines.get(fence.language);
        let prefix = attributes.hidelines.as_deref().or(configured.map(String::as_str));
        let lines: Vec<CodeLine> = code.lines().map(|text| code_line(fence.language, prefix, text)).collect();
        let origin = self.lines.get(first).map(|line| line.place.clone());
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
