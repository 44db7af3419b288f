//! The deck with a Python to run its cells, for verbs that look at what comes of them.

use std::path::PathBuf;

use anyhow::{Context, bail};

use super::{Project, surroundings::Surroundings};
use crate::{
    kernel::Kernel,
    model::{Cell, Deck},
    player::{Played, Player},
    protocol::Outcome,
    recording::Fingerprint,
};

/// A deck, an interpreter, and where all this takes place.
pub struct Rehearsal<'a> {
    deck: &'a Deck,
    kernel: Kernel,
    imports: Vec<PathBuf>,
    surroundings: Surroundings,
}

impl<'a> Rehearsal<'a> {
    /// Starts the project's Python.
    ///
    /// # Errors
    /// Where it cannot be started or does not answer.
    pub fn start(deck: &'a Deck, project: &Project) -> anyhow::Result<Self> {
        let imports = project.imports();
        let kernel = Kernel::start(&project.python)?;
        let surroundings = Surroundings::find(&kernel, &imports, &project.folder()?)?;
        Ok(Self { deck, kernel, imports, surroundings })
    }

    /// Where the cells run.
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.surroundings.fingerprint
    }

    /// A fresh interpreter, for cells that run after each other.
    pub fn player(&self) -> Player<'_> {
        Player::new(self.deck, &self.kernel, self.imports.clone())
    }

    /// Runs a cell in an interpreter in which nothing has run but what the cell needs.
    ///
    /// # Errors
    /// Where it could not be run, or what it needs failed.
    pub fn alone(&self, cell: &Cell) -> anyhow::Result<Outcome> {
        self.play(&mut self.player(), cell)
    }

    /// Runs a cell in the interpreter of a player. The outcome names no path of this machine.
    ///
    /// # Errors
    /// Where it could not be run, or what it needs failed.
    pub fn play(&self, player: &mut Player, cell: &Cell) -> anyhow::Result<Outcome> {
        let played = player.play(cell, &mut |_| {});
        match played.with_context(|| format!("the cell `{}` could not be run", cell.id))? {
            Played::Ran(outcome) => Ok(Outcome { events: self.surroundings.redaction.apply(outcome.events) }),
            Played::Blocked { by, .. } => bail!("`{by}` must run before it and does not end as it should"),
        }
    }
}
