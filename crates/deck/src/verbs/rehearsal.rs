//! Running the cells of the deck one by one: in the order of the talk, or each alone.

use std::{collections::BTreeSet, path::PathBuf};

use anyhow::{Context, bail};

use super::{Project, place::Place};
use crate::{
    kernel::{Kernel, Request, Session},
    model::{Cell, Deck},
    protocol::Outcome,
    recording::{Fingerprint, faults},
    replay,
};

/// A deck and a Python to run it.
pub struct Rehearsal<'a> {
    deck: &'a Deck,
    kernel: Kernel,
    imports: Vec<PathBuf>,
    place: Place,
}

/// One interpreter, in which cells run after each other.
pub struct Sitting<'a> {
    rehearsal: &'a Rehearsal<'a>,
    session: Option<Session>,
    ran: BTreeSet<&'a str>,
}

impl<'a> Rehearsal<'a> {
    /// Starts the project's Python.
    ///
    /// # Errors
    /// Where it cannot be started or does not answer.
    pub fn start(deck: &'a Deck, project: &Project) -> anyhow::Result<Self> {
        let imports = project.imports();
        let kernel = Kernel::start(&project.python)?;
        let place = Place::find(&kernel, &imports, &project.folder()?)?;
        Ok(Self { deck, kernel, imports, place })
    }

    /// Where the cells run.
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.place.fingerprint
    }

    /// A fresh interpreter.
    pub fn sitting(&'a self) -> Sitting<'a> {
        Sitting { rehearsal: self, session: None, ran: BTreeSet::new() }
    }

    /// Runs a cell in an interpreter in which nothing has run but what the cell needs.
    ///
    /// # Errors
    /// Where it could not be run, or what it needs failed.
    pub fn alone(&'a self, cell: &'a Cell) -> anyhow::Result<Outcome> {
        self.sitting().run(cell)
    }
}

impl<'a> Sitting<'a> {
    /// Runs a cell, and before it whatever it needs that has not run here. An interpreter that has died is replaced.
    /// The outcome names no path of this machine.
    ///
    /// # Errors
    /// Where it could not be run, or what it needs failed.
    pub fn run(&mut self, cell: &'a Cell) -> anyhow::Result<Outcome> {
        let rehearsal = self.rehearsal;
        let mut session = match self.session.take().filter(Session::is_alive) {
            Some(session) => session,
            None => {
                self.ran.clear();
                rehearsal.kernel.session(&rehearsal.imports)?
            }
        };
        for needed in replay::before(rehearsal.deck, &cell.id) {
            if self.ran.insert(&needed.id) {
                let outcome = rehearsal.hand_over(needed, &mut session)?;
                let faults = faults(needed, &outcome.events);
                if !faults.is_empty() {
                    bail!("`{}` must run before it, but {}", needed.id, faults.join("; "));
                }
            }
        }
        let outcome = rehearsal.hand_over(cell, &mut session)?;
        self.ran.insert(&cell.id);
        self.session = Some(session);
        Ok(outcome)
    }
}

impl Rehearsal<'_> {
    fn hand_over(&self, cell: &Cell, session: &mut Session) -> anyhow::Result<Outcome> {
        let source = cell.snippet.source();
        let request = Request { cell: &cell.id, source: &source, limits: cell.limits };
        let outcome = session.run(&request, &mut |_| {});
        let outcome = outcome.with_context(|| format!("the cell `{}` could not be run", cell.id))?;
        Ok(Outcome { events: self.place.redaction.apply(outcome.events) })
    }
}
