//! Running the cells of the deck one by one: in the order of the talk, or each alone.

use std::sync::Arc;

use anyhow::{Context, bail};

use super::{
    Project,
    place::Place,
    project::Imports,
    pyodide_parts::{PyodideHost, pyodide_parts},
};
use crate::{
    kernel::{Interpreter, Kernel, Pyodide, Sessions},
    model::{Cell, Deck},
    player::{Blocked, Played, Player},
    protocol::Outcome,
    recording::Fingerprint,
};

/// A deck and a Python to run it.
pub struct Rehearsal<'a> {
    deck: &'a Deck,
    sessions: Arc<dyn Sessions>,
    place: Place,
    /// What cells import; kept for as long as they run.
    imports: Option<Imports>,
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
        let place =
            Place::find(&mut kernel.session(&imports.folders)?, kernel.interpreter(), &project.folder()?)?;
        Ok(Self { deck, sessions: Arc::new(kernel), place, imports: Some(imports) })
    }

    /// Starts the Python of readers' browsers.
    ///
    /// # Errors
    /// Where one of its parts is missing, or it does not start.
    pub fn in_pyodide(deck: &'a Deck, project: &Project, host: PyodideHost) -> anyhow::Result<Self> {
        let root = project.folder()?;
        let sessions = Pyodide::start(&pyodide_parts(&root, host)?)?;
        let interpreter = sessions.interpreter();
        Self::with(deck, Arc::new(sessions), interpreter, project)
    }

    /// Takes interpreters from elsewhere.
    ///
    /// # Errors
    /// Where they cannot say what they are.
    pub fn with(
        deck: &'a Deck,
        sessions: Arc<dyn Sessions>,
        interpreter: Interpreter,
        project: &Project,
    ) -> anyhow::Result<Self> {
        let place = Place::find(&mut *sessions.fresh(&[])?, interpreter, &project.folder()?)?;
        Ok(Self { deck, sessions, place, imports: None })
    }

    /// Where the cells run.
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.place.fingerprint
    }

    /// A fresh interpreter.
    pub fn sitting(&'a self) -> Sitting<'a> {
        let imports = self.imports.as_ref().map(|imports| imports.folders.clone());
        let player = Player::new(self.deck, Arc::clone(&self.sessions), imports.unwrap_or_default());
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
            Played::Blocked(Blocked { by, why, .. }) => bail!("`{by}` must run before it, but {why}"),
        }
    }
}
