//! Running the cells of the deck one by one: in the order of the talk, or each alone.

use anyhow::{Context, bail};

use super::{Project, place::Place, project::Imports};
use crate::{
    kernel::Kernel,
    model::{Cell, Deck},
    player::{Played, Player},
    protocol::Outcome,
    recording::{Fingerprint, faults},
};

/// A deck and a Python to run it.
pub struct Rehearsal<'a> {
    deck: &'a Deck,
    kernel: Kernel,
    imports: Imports,
    place: Place,
}

/// One interpreter, in which cells run after each other.
pub struct Sitting<'a> {
    player: Player<'a>,
    place: &'a Place,
}

impl<'a> Rehearsal<'a> {
    /// Starts the project's Python.
    ///
    /// # Errors
    /// Where it cannot be started or does not answer.
    pub fn start(deck: &'a Deck, project: &Project) -> anyhow::Result<Self> {
        let imports = Imports::of(deck, project)?;
        let kernel = Kernel::start(&project.python)?;
        let place = Place::find(&kernel, &imports.folders, &project.folder()?)?;
        Ok(Self { deck, kernel, imports, place })
    }

    /// Where the cells run.
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.place.fingerprint
    }

    /// A fresh interpreter.
    pub fn sitting(&'a self) -> Sitting<'a> {
        let player = Player::new(self.deck, &self.kernel, self.imports.folders.clone());
        Sitting { player, place: &self.place }
    }

    /// Runs a cell in an interpreter in which nothing has run but what the cell needs.
    ///
    /// # Errors
    /// Where it could not be run, or what it needs failed.
    pub fn alone(&'a self, cell: &'a Cell) -> anyhow::Result<Outcome> {
        self.sitting().run(cell)
    }
}

impl Sitting<'_> {
    /// Runs a cell, and before it whatever it needs that has not run here. An interpreter that has died is replaced.
    /// The outcome names no path of this machine.
    ///
    /// # Errors
    /// Where it could not be run, or what it needs failed.
    pub fn run(&mut self, cell: &Cell) -> anyhow::Result<Outcome> {
        let played = self.player.play(cell, &mut |_| {});
        match played.with_context(|| format!("the cell `{}` could not be run", cell.id))? {
            Played::Ran(outcome) => Ok(Outcome { events: self.place.redaction.apply(outcome.events) }),
            Played::Blocked { by, outcome } => {
                bail!("`{}` must run before it, but {}", by.id, faults(&by, &outcome.events).join("; "))
            }
        }
    }
}
