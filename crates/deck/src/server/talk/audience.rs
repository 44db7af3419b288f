//! The stage and those who follow it. Nobody else changes the stage, so that its copies stay equal.

use tokio::sync::oneshot;

use super::{
    followers::{Followers, Line},
    output::join_last,
    refusal::Refusal,
};
use crate::protocol::{CellEvent, Change, Message, Problem, Role, Stage};

/// Owns the stage.
pub struct Audience {
    stage: Stage,
    followers: Followers,
}

impl Audience {
    /// Nobody follows yet.
    pub fn new(stage: Stage) -> Self {
        Self { stage, followers: Followers::default() }
    }

    /// The stage as it is.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// One more follows. Nothing can come between the snapshot and the changes after it: both are said here.
    pub fn connect(&mut self, answer: oneshot::Sender<Line>) {
        let Some(line) = self.followers.add() else { return };
        let id = line.id;
        let role = self.followers.role(id);
        self.tell(id, &Message::Snapshot { stage: Box::new(self.stage.clone()), role });
        if answer.send(line).is_err() {
            self.followers.remove(id);
        }
    }

    /// One has gone.
    pub fn disconnect(&mut self, id: u64) {
        self.followers.remove(id);
    }

    /// The role of one.
    pub fn role(&self, id: u64) -> Role {
        self.followers.role(id)
    }

    /// Gives one another role.
    pub fn set_role(&mut self, id: u64, role: Role) {
        self.followers.set_role(id, role);
    }

    /// Says something to one.
    pub fn tell(&mut self, id: u64, message: &Message) {
        self.followers.tell(id, message);
    }

    /// Says to one why nothing happens.
    pub fn refuse(&mut self, id: u64, refusal: &Refusal) {
        self.tell(id, &Message::Refused { reason: refusal.to_string() });
    }

    /// Changes the stage here and at every follower.
    pub fn show(&mut self, change: Change) {
        self.stage.apply(&change);
        if let Change::Ran { cell, event: CellEvent::Stream { .. } } = &change
            && let Some(state) = self.stage.cells.get_mut(cell)
        {
            join_last(&mut state.events);
        }
        self.followers.tell_all(&Message::Changed { seq: self.stage.seq, change });
    }

    /// Shows problems where they differ from those that are shown.
    pub fn show_problems(&mut self, problems: Vec<Problem>) {
        if problems != self.stage.problems {
            self.show(Change::Problems { problems });
        }
    }

    /// Lets what takes longer than planned go on. Two browsers may say so at the same time.
    pub fn let_go_on(&mut self) {
        let overdue = self.stage.cells.iter().filter(|(_, state)| state.overdue.is_some());
        for cell in overdue.map(|(cell, _)| cell.clone()).collect::<Vec<_>>() {
            self.show(Change::WentOn { cell });
        }
    }
}
