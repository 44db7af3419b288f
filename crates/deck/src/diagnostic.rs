//! Errors in what an author wrote. They are collected, so that one build reports all of them, and each one
//! names the file, the line, what was found and the next step.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, renderer::DecorStyle};

use crate::{
    model::{Line, Location},
    protocol::Problem,
};

/// One error in a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where it is.
    pub place: Location,
    /// The text of that line.
    pub excerpt: String,
    /// The offending bytes of that line.
    pub span: Range<usize>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What stands at the span, in a few words.
    pub label: String,
    /// The next step, if there is an obvious one.
    pub help: Option<String>,
}

/// The errors of a build, in the order in which they were found.
#[derive(Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostic {
    /// An error about a whole line; [`Diagnostic::at`] narrows it.
    pub fn new(line: &Line, message: impl Into<String>) -> Self {
        let start = line.text.len() - line.text.trim_start().len();
        let end = line.text.trim_end().len().max(start);
        Self {
            place: line.place.clone(),
            excerpt: line.text.clone(),
            span: start..end,
            message: message.into(),
            label: String::new(),
            help: None,
        }
    }

    /// An error about a file rather than about a line in it.
    pub fn in_file(file: &std::path::Path, message: impl Into<String>) -> Self {
        let place = Location { file: file.to_owned(), line: 1 };
        Self::new(&Line { text: String::new(), place }, message)
    }

    /// An error in a file of TOML, at the line that it names.
    pub fn of_toml(file: &std::path::Path, text: &str, error: &toml::de::Error) -> Self {
        let offset = error.span().map_or(0, |span| span.start.min(text.len()));
        let number = text[..offset].matches('\n').count();
        let place = Location { file: file.to_owned(), line: number as u32 + 1 };
        let excerpt = text.lines().nth(number).unwrap_or_default().to_owned();
        Self::new(&Line { text: excerpt, place }, error.message().to_owned())
    }

    /// Narrows the error to the first occurrence of `found` in its line.
    pub fn at(mut self, found: &str) -> Self {
        if let Some(start) = self.excerpt.find(found) {
            self.span = start..start + found.len();
        }
        self
    }

    /// Says what stands there.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Suggests the candidate that is nearest to what was found; says nothing if none is near.
    pub fn suggest<'a>(self, found: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(found, candidates) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// The error with its excerpt, as a terminal shows it.
    pub fn render(&self, colours: bool) -> String {
        let mut group = Group::with_title(Level::ERROR.primary_title(&self.message));
        let path = self.place.file.to_string_lossy();
        group = match self.excerpt.as_str() {
            "" => group.element(Origin::path(path)),
            excerpt => {
                let annotation = AnnotationKind::Primary.span(self.span.clone()).label(&self.label);
                let snippet = Snippet::source(excerpt).line_start(self.place.line as usize).path(path);
                group.element(snippet.annotation(annotation))
            }
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help));
        }
        let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
        renderer.decor_style(DecorStyle::Ascii).render(&[group])
    }
}

impl From<&Diagnostic> for Problem {
    fn from(diagnostic: &Diagnostic) -> Self {
        Self {
            file: diagnostic.place.file.to_string_lossy().into_owned(),
            line: diagnostic.place.line,
            message: diagnostic.message.clone(),
            rendered: diagnostic.render(false),
        }
    }
}

impl Diagnostics {
    /// Adds one error.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// `Ok` with the value if there were no errors.
    ///
    /// # Errors
    /// All errors, sorted by file and line, if there was at least one.
    pub fn finish<T>(mut self, value: T) -> Result<T, Vec<Diagnostic>> {
        if self.0.is_empty() {
            return Ok(value);
        }
        self.0.sort_by(|a, b| a.place.cmp(&b.place));
        self.0.dedup();
        Err(self.0)
    }
}

fn nearest<'a>(found: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|name| (strsim::jaro_winkler(found, name), name))
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
