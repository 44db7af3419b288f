//! Cells on trial: each runs in the order of the talk and alone, and both runs are judged by its recording.

use super::{
    Project,
    finding::{Finding, Judged},
    rehearsal::{Rehearsal, Sitting},
    report::{Mark, rendered},
};
use crate::{
    model::{Cell, Deck},
    protocol::Outcome,
    recording::{Recordings, compare, next_step},
};

/// Which Python runs the cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runtime {
    /// The project's.
    Python,
    /// That of readers' browsers, in node.
    Pyodide,
}

/// A deck, what was recorded of it, and where it runs now.
pub struct Trial<'a> {
    /// The deck.
    pub deck: &'a Deck,
    /// What its cells did.
    pub recordings: &'a Recordings,
    /// Where they run.
    pub rehearsal: &'a Rehearsal<'a>,
    /// What that is.
    pub runtime: Runtime,
}

impl Runtime {
    /// Begins a rehearsal of a deck.
    ///
    /// # Errors
    /// Where this Python is missing or does not start.
    pub fn rehearsal<'a>(self, deck: &'a Deck, project: &Project) -> anyhow::Result<Rehearsal<'a>> {
        match self {
            Self::Python => Rehearsal::start(deck, project),
            Self::Pyodide => Rehearsal::in_pyodide(deck, project),
        }
    }

    /// Why a cell does not run there, if its author says so.
    pub fn refusal(self, cell: &Cell) -> Option<&str> {
        cell.unfit.as_deref().filter(|_| self == Self::Pyodide)
    }
}

impl<'a> Trial<'a> {
    /// Runs every cell up to the last of those that are `wanted`, and hands on what is found out about these.
    ///
    /// # Errors
    /// Those of `tell`.
    pub fn hold<E>(
        &self,
        wanted: &[&Cell],
        tell: &mut dyn FnMut(&Cell, Finding) -> Result<(), E>,
    ) -> Result<(), E> {
        for chapter in &self.deck.chapters {
            let mut sitting = self.rehearsal.sitting();
            let all: Vec<_> = chapter.slides.iter().flat_map(|slide| slide.cells()).collect();
            let wanted = |cell: &&Cell| wanted.iter().any(|chosen| chosen.id == cell.id);
            let last = all.iter().rposition(wanted).map_or(0, |position| position + 1);
            for cell in all.into_iter().take(last) {
                if let Some(finding) = self.cell(cell, &mut sitting, wanted(&cell)) {
                    tell(cell, finding)?;
                }
            }
        }
        Ok(())
    }

    /// What one run of a cell means here.
    pub fn judged(&self, cell: &Cell, run: anyhow::Result<Outcome>) -> Judged {
        let here = self.rehearsal.fingerprint();
        let run = run.map_err(|error| format!("{error:#}"));
        let variant = here.variant();
        match (run, self.recordings.expected(&cell.id, &variant)) {
            (Err(error), _) => Judged::Bad(error),
            (_, None) => Judged::Bad("it has no recording".into()),
            (Ok(run), Some((path, recording))) => {
                let verdict = compare(cell, recording, &run.events, here);
                Judged::of(verdict, &path, &next_step(&cell.id, Some(&variant)))
            }
        }
    }

    /// Runs a cell in the sitting and, if it is wanted, judges it.
    fn cell(&self, cell: &'a Cell, sitting: &mut Sitting<'a>, wanted: bool) -> Option<Finding> {
        if let Some(reason) = self.runtime.refusal(cell) {
            return wanted.then(|| self.refused(cell, reason));
        }
        let in_order = sitting.run(cell);
        if !wanted {
            return None;
        }
        let faults = self.recordings.check_cell(self.deck, cell);
        if !faults.is_empty() {
            let note = "no recording that holds".into();
            return Some(Finding { mark: Mark::Bad, seconds: None, note, details: rendered(&faults) });
        }
        let alone = self.rehearsal.alone(cell);
        let seconds = alone.as_ref().ok().map(Outcome::seconds);
        let runs = [("in the order of the talk", in_order), ("alone", alone)];
        let runs = runs.map(|(way, run)| (way, self.judged(cell, run)));
        let mut finding = Finding { seconds, ..Finding::of(cell, runs) };
        if finding.mark == Mark::Bad && self.runtime == Runtime::Pyodide {
            finding.details.push_str("if it cannot run in a browser: say why, with `browser=\"no: …\"`\n");
        }
        Some(finding)
    }

    /// Tries what is said not to run here: whoever reads that it does not shall not be told so without need.
    fn refused(&self, cell: &'a Cell, reason: &str) -> Finding {
        let (mark, note, details) = match self.judged(cell, self.rehearsal.alone(cell)) {
            Judged::Good => {
                let details =
                    format!("it is said not to run in a browser: {reason}\nit does, as it was recorded");
                let step = "take `browser=` away from its fence";
                (Mark::Bad, cell.snippet.place.label(), format!("{details}\n{step}"))
            }
            Judged::Open(_) | Judged::Bad(_) => {
                (Mark::Open, format!("does not run in a browser: {reason}"), String::new())
            }
        };
        Finding { mark, seconds: None, note, details }
    }
}
