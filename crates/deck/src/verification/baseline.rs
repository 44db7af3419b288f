//! What the runs of cells are compared with.

use anyhow::Context;

use super::{
    check_result::Judged, environment::Environment, file_changes::FileChanges, runtime::Runtime,
    update::Update,
};
use crate::{
    model::{Cell, Deck},
    protocol::Outcome,
    recorded::DeckRecordings,
    recording::{Recording, compare, faults, next_step},
    replay::source_hash,
};

/// A deck, what was recorded of it, and where its cells run now.
pub struct Baseline<'a> {
    /// The deck.
    pub deck: &'a Deck,
    /// What its cells did when they were recorded.
    pub recordings: &'a DeckRecordings,
    /// Where they run now.
    pub environment: &'a Environment,
    /// What that is.
    pub runtime: Runtime,
    /// Where nothing can be traced, this is a failure.
    pub must_trace: bool,
}

impl Baseline<'_> {
    /// What one run of a cell means here.
    pub fn judged(&self, cell: &Cell, run: anyhow::Result<Outcome>) -> Judged {
        let here = &self.environment.fingerprint;
        let run = run.map_err(|error| format!("{error:#}"));
        let variant = here.variant();
        match (run, self.recordings.runs.expected(&cell.id, &variant)) {
            (Err(error), _) => Judged::Bad(error),
            (_, None) => Judged::Bad("it has no recording".into()),
            (Ok(run), Some((path, recording))) => {
                let verdict = compare(cell, recording, &run.events, here);
                Judged::of(verdict, &path, &next_step(&cell.id, Some(&variant)))
            }
        }
    }

    /// What becomes of the recording of a cell that ran.
    ///
    /// # Errors
    /// What is wrong with the run in itself, or what keeps it from being recorded.
    pub fn recorded(&self, cell: &Cell, run: Outcome) -> anyhow::Result<Update> {
        let faults = faults(cell, &run.events);
        anyhow::ensure!(faults.is_empty(), "{}", faults.join("\n"));
        let seconds = Some(run.seconds());
        let source = source_hash(self.deck, cell);
        let fingerprint = self.environment.fingerprint.clone();
        let new = Recording::new(cell.id.clone(), source, fingerprint, run.events);
        let runs = &self.recordings.runs;
        let plan = match self.runtime {
            Runtime::Python => runs.plan(cell, new),
            Runtime::Pyodide(_) => runs.plan_beside(cell, new).with_context(|| {
                format!("the deck shows no recording of it that holds; first {}", next_step(&cell.id, None))
            })?,
        };
        Ok(Update { changes: FileChanges::of(plan)?, seconds, refusal: None })
    }
}
