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
pub struct Shelves {
    /// Of cells.
    pub cells: Recordings,
    /// Of X-rays.
    pub xrays: TraceRecordings,
}

impl Shelves {
    /// Reads all recordings of the project in the folder `root`.
    ///
    /// # Errors
    /// Every file that cannot be read or is no recording.
    pub fn read(root: &Path) -> Result<Self, Vec<Diagnostic>> {
        match (Recordings::read(root), TraceRecordings::read(root)) {
            (Ok(cells), Ok(xrays)) => Ok(Self { cells, xrays }),
            (cells, xrays) => Err([cells.err(), xrays.err()].into_iter().flatten().flatten().collect()),
        }
    }

    /// What is missing, stale or left over, with the next step.
    pub fn check(&self, deck: &Deck) -> Vec<Diagnostic> {
        let mut errors = self.cells.check(deck);
        errors.extend(self.xrays.check(deck));
        errors.sort_by(|a, b| a.place.cmp(&b.place));
        errors
    }

    /// What belongs to no cell and no X-ray.
    pub fn orphans(&self, deck: &Deck) -> Vec<Diagnostic> {
        [self.cells.orphans(deck), self.xrays.orphans(deck)].concat()
    }

    /// The run of a cell that the deck shows. On stage, code that was just written is there to be run: it only has no
    /// recording to fall back on.
    pub fn recorded(&self, deck: &Deck, id: &str) -> Option<Recorded> {
        let cell = deck.cell(id).filter(|cell| cell.is_live())?;
        let holds = self.cells.check_cell(deck, cell).is_empty();
        let recording = self.cells.base(id).filter(|_| holds)?;
        Some(Recorded { label: recording.label(), events: recording.events.clone() })
    }

    /// The trace that the deck shows. A stale one is shown on stage as such: it cannot be made anew by a click everywhere.
    pub fn traced(&self, deck: &Deck, id: &str) -> Option<Traced> {
        let cell = deck.cell(id)?;
        let recording = self.xrays.base(id)?;
        let stale = !self.xrays.check_xray(deck, cell, cell.xray()?).is_empty();
        Some(Traced { label: recording.label(), trace: recording.trace.clone(), stale })
    }
}

/// Ids are unique among cells and X-rays, so that a recording of one kind is never taken for the other.
impl Values for Shelves {
    fn value(&self, id: &str, name: &str) -> Result<ShownValue, (String, Vec<String>)> {
        if self.xrays.has(id) { self.xrays.value(id, name) } else { self.cells.value(id, name) }
    }
}
