//! Where the cells of a deck run: each session is a fresh interpreter.

use std::sync::Arc;

use anyhow::{Context, bail};

use super::{
    environment::Environment,
    imports::Imports,
    pyodide::pyodide_parts,
    runtime::{PyodideHost, Runtime},
};
use crate::{
    kernel::{Interpreter, Kernel, Pyodide, Sessions},
    model::{Cell, Deck},
    player::{Blocked, Played, Player},
    project::Project,
    protocol::Outcome,
    recording::Redaction,
};

/// A source of interpreters, and what they are.
pub struct Interpreters {
    /// What a recording made here says of them.
    pub environment: Environment,
    sessions: Arc<dyn Sessions>,
    /// What cells import; kept for as long as they run.
    imports: Option<Imports>,
}

/// One interpreter, in which cells run after each other.
pub struct CellSession<'a> {
    player: Player<'a>,
    redaction: &'a Redaction,
}

impl Interpreters {
    /// Starts what runs the cells of a project.
    ///
    /// # Errors
    /// Where this Python is missing or does not start.
    pub fn start(runtime: Runtime, deck: &Deck, project: &Project) -> anyhow::Result<Self> {
        match runtime {
            Runtime::Python => Self::of_project(deck, project),
            Runtime::Pyodide(host) => Self::of_browsers(project, host),
        }
    }

    /// Starts the project's Python.
    fn of_project(deck: &Deck, project: &Project) -> anyhow::Result<Self> {
        let imports = Imports::new(deck, project)?;
        let kernel = Kernel::start(&project.python)?;
        let mut session = kernel.session(&imports.folders)?;
        let environment = Environment::find(&mut session, kernel.interpreter(), &project.absolute()?)?;
        Ok(Self { environment, sessions: Arc::new(kernel), imports: Some(imports) })
    }

    /// Starts the Python of readers' browsers.
    fn of_browsers(project: &Project, host: PyodideHost) -> anyhow::Result<Self> {
        let sessions = Pyodide::start(&pyodide_parts(&project.absolute()?, host)?)?;
        let interpreter = sessions.interpreter();
        Self::with(Arc::new(sessions), interpreter, project)
    }

    /// Takes interpreters from elsewhere.
    ///
    /// # Errors
    /// Where they cannot say what they are.
    pub fn with(
        sessions: Arc<dyn Sessions>,
        interpreter: Interpreter,
        project: &Project,
    ) -> anyhow::Result<Self> {
        let environment = Environment::find(&mut *sessions.fresh(&[])?, interpreter, &project.absolute()?)?;
        Ok(Self { environment, sessions, imports: None })
    }

    /// A fresh interpreter for cells of a deck.
    pub fn session<'a>(&'a self, deck: &'a Deck) -> CellSession<'a> {
        let imports = self.imports.as_ref().map(|imports| imports.folders.clone());
        let player = Player::new(deck, Arc::clone(&self.sessions), imports.unwrap_or_default());
        CellSession { player, redaction: &self.environment.redaction }
    }
}

impl CellSession<'_> {
    /// Runs a cell, and before it whatever it needs that has not run here. An interpreter that has died is replaced.
    /// The outcome names no path of this machine.
    ///
    /// # Errors
    /// Where it could not be run, or what it needs failed.
    pub fn run(&mut self, cell: &Cell) -> anyhow::Result<Outcome> {
        let played = self.player.play(cell, &mut |_| {});
        match played.with_context(|| format!("the cell `{}` could not be run", cell.id))? {
            Played::Ran(outcome) => Ok(Outcome { events: self.redaction.apply(outcome.events) }),
            Played::Blocked(Blocked { by, why, .. }) => bail!("`{by}` must run before it, but {why}"),
        }
    }
}
