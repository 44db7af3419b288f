//! Plays cells of a deck for those who wait: the terminal, and whoever records or verifies.

use std::{path::PathBuf, sync::Arc};

use super::{
    plan::{Plan, StageCells},
    runner::{Judge, Played, Runner},
    stop::Stop,
};
use crate::{
    kernel::{Deadline, KernelError, Sessions},
    model::{Cell, Deck},
    protocol::CellEvent,
    recording::faults,
};

/// Plays the cells of one deck.
pub struct Player<'a> {
    deck: &'a Deck,
    runner: Runner<'a>,
}

impl<'a> Player<'a> {
    /// A player that takes its sessions from here. Nobody is there to be asked, so limits of time end a run; and nothing
    /// builds on a run that has any fault.
    pub fn new(deck: &'a Deck, sessions: Arc<dyn Sessions>, imports: Vec<PathBuf>) -> Self {
        let judge: Judge<'a> = Box::new(|step, outcome| {
            match deck.cell(&step.cell).map(|cell| faults(cell, &outcome.events)).unwrap_or_default() {
                faults if faults.is_empty() => Ok(()),
                faults => Err(faults.join("; ")),
            }
        });
        Self { deck, runner: Runner::new(sessions, imports, Deadline::Ends, judge) }
    }

    /// Runs one cell to its end, after what it needs, and hands its events on as they come.
    ///
    /// # Errors
    /// If no session can be had. What a cell does is never an error.
    pub fn play(&mut self, cell: &Cell, on_event: &mut dyn FnMut(CellEvent)) -> Result<Played, KernelError> {
        self.runner.play(&Plan::new(self.deck, cell, &StageCells::new()), &Stop::default(), on_event)
    }
}
