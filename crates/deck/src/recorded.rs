//! All that was recorded of a deck: the runs of its cells and the traces of its X-rays.

use std::path::Path;

use crate::{
    diagnostic::Diagnostic,
    markdown::{ShownValue, Values},
    model::Deck,
    recording::Recordings,
    render::{Recorded, Traced},
    xray::TraceRecordings,
};

/// The recordings of both kinds.
#[derive(Debug, Default)]
pub struct DeckRecordings {
    /// Runs of cells.
    pub runs: Recordings,
    /// Traces of X-rays.
    pub traces: TraceRecordings,
}

impl DeckRecordings {
    /// Reads all recordings of the project in the folder `root`.
    ///
    /// # Errors
    /// Every file that cannot be read or is no recording.
    pub fn read(root: &Path) -> Result<Self, Vec<Diagnostic>> {
        match (Recordings::read(root), TraceRecordings::read(root)) {
            (Ok(runs), Ok(traces)) => Ok(Self { runs, traces }),
            (runs, traces) => Err([runs.err(), traces.err()].into_iter().flatten().flatten().collect()),
        }
    }

    /// What is missing, stale or left over, with the next step.
    pub fn check(&self, deck: &Deck) -> Vec<Diagnostic> {
        let mut errors = self.runs.check(deck);
        errors.extend(self.traces.check(deck));
        errors.sort_by(|a, b| a.place.cmp(&b.place));
        errors
    }

    /// What belongs to no cell and no X-ray.
    pub fn orphans(&self, deck: &Deck) -> Vec<Diagnostic> {
        [self.runs.orphans(deck), self.traces.orphans(deck)].concat()
    }

    /// The run of a cell that the deck shows. On stage, code that was just written is there to be run: it only has no
    /// recording to fall back on.
    pub fn recorded(&self, deck: &Deck, id: &str) -> Option<Recorded> {
        let cell = deck.cell(id).filter(|cell| cell.is_live())?;
        let holds = self.runs.check_cell(deck, cell).is_empty();
        let recording = self.runs.base(id).filter(|_| holds)?;
        Some(Recorded { label: recording.label(), events: recording.events.clone() })
    }

    /// The trace that the deck shows. A stale one is shown on stage as such: it cannot be made anew by a click everywhere.
    pub fn traced(&self, deck: &Deck, id: &str) -> Option<Traced> {
        let cell = deck.cell(id)?;
        let recording = self.traces.base(id)?;
        let stale = !self.traces.check_xray(deck, cell, cell.xray()?).is_empty();
        Some(Traced { label: recording.label(), trace: recording.trace.clone(), stale })
    }
}

/// Ids are unique among cells and X-rays, so that a recording of one kind is never taken for the other.
impl Values for DeckRecordings {
    fn value(&self, id: &str, name: &str) -> Result<ShownValue, (String, Vec<String>)> {
        if self.traces.has(id) { self.traces.value(id, name) } else { self.runs.value(id, name) }
    }
}
