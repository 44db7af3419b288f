//! Problems of the sources, by who found them.

use std::path::PathBuf;

use super::effect::Effect;
use crate::{
    diagnostic::Diagnostic,
    model::Deck,
    protocol::{Finding, Level, Problem, Spotted},
};

/// Owns the problems.
pub struct Problems {
    /// The place of errors of the extension that have none.
    manifest: PathBuf,
    slides: Vec<Problem>,
    extension: Vec<Problem>,
}

impl Problems {
    /// None is known yet; `manifest` is that of the extension.
    pub fn new(manifest: PathBuf) -> Self {
        Self { manifest, slides: Vec::new(), extension: Vec::new() }
    }

    /// The slides were read again, with these errors.
    pub fn of_slides(&mut self, errors: &[Diagnostic]) -> Effect {
        self.slides = errors.iter().map(Problem::from).collect();
        self.all()
    }

    /// The extension was compiled as it is on the disk. Its errors are errors of source files: where a cell shows the place,
    /// the file of its region.
    pub fn of_extension(&mut self, findings: Vec<Finding>, deck: &Deck) -> Effect {
        let errors = findings.into_iter().filter(|finding| finding.level == Level::Error);
        let problem = |finding: Finding| {
            let found = finding.spots.first().and_then(|spot| location(&spot.at, deck));
            let (file, line) = found.unwrap_or_else(|| (self.manifest.display().to_string(), 1));
            Problem { file, line, message: finding.message, rendered: finding.rendered }
        };
        self.extension = errors.map(problem).collect();
        self.all()
    }

    fn all(&self) -> Effect {
        Effect::ShowProblems(self.slides.iter().chain(&self.extension).cloned().collect())
    }
}

/// A file of the project and a line in it.
fn location(at: &Spotted, deck: &Deck) -> Option<(String, u32)> {
    match at {
        Spotted::File { file, line, .. } => Some((file.clone(), *line)),
        Spotted::Cell { cell, from, .. } => {
            let origin = deck.cell(cell)?.snippet.origin.as_ref()?;
            Some((origin.file.display().to_string(), origin.line + from.line - 1))
        }
    }
}
