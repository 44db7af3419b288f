//! Plays cells of a deck in one interpreter, and keeps what they build on in place: a fresh interpreter first runs what
//! the cell needs, without showing it.

use std::collections::BTreeSet;

use crate::{
    kernel::{AnySession, Deadline, KernelError, Request, Sessions},
    model::{Cell, Deck},
    protocol::{CellEvent, Outcome},
    recording::faults,
    replay,
};

/// Plays the cells of one deck.
pub struct Player<'a> {
    deck: &'a Deck,
    sessions: &'a dyn Sessions,
    session: Option<Box<dyn AnySession + 'a>>,
    /// The cells that the session has run.
    ran: BTreeSet<String>,
}

/// What became of a cell.
#[derive(Debug)]
pub enum Played {
    /// It ran.
    Ran(Outcome),
    /// A cell that it builds on failed, so it was not run.
    Blocked {
        /// The cell that failed.
        by: Box<Cell>,
        /// What happened in that one.
        outcome: Outcome,
    },
}

impl<'a> Player<'a> {
    /// A player that takes its interpreters from `sessions`.
    pub fn new(deck: &'a Deck, sessions: &'a dyn Sessions) -> Self {
        Self { deck, sessions, session: None, ran: BTreeSet::new() }
    }

    /// Runs one cell, after what it needs, and hands its events on as they come.
    ///
    /// # Errors
    /// If no interpreter can be had. What a cell does is never an error.
    pub fn play(&mut self, cell: &Cell, on_event: &mut dyn FnMut(CellEvent)) -> Result<Played, KernelError> {
        if self.session.as_ref().is_none_or(|session| !session.is_alive()) {
            self.restart();
        }
        for needed in replay::before(self.deck, &cell.id) {
            if self.ran.contains(&needed.id) {
                continue;
            }
            let outcome = self.run(needed, &mut |_| {})?;
            if !faults(needed, &outcome.events).is_empty() {
                return Ok(Played::Blocked { by: Box::new(needed.clone()), outcome });
            }
        }
        self.run(cell, on_event).map(Played::Ran)
    }

    /// Forgets the interpreter; the next cell gets a fresh one.
    pub fn restart(&mut self) {
        self.session = None;
        self.ran.clear();
    }

    fn run(&mut self, cell: &Cell, on_event: &mut dyn FnMut(CellEvent)) -> Result<Outcome, KernelError> {
        let session = match &mut self.session {
            Some(session) => session,
            none => none.insert(self.sessions.fresh()?),
        };
        let source = cell.snippet.source();
        let request =
            Request { cell: &cell.id, source: &source, limits: cell.limits, deadline: Deadline::Ends };
        let outcome = session.run(&request, on_event)?;
        self.ran.insert(cell.id.clone());
        Ok(outcome)
    }
}
