//! The task that owns the stage.

use std::{collections::VecDeque, path::PathBuf, sync::Arc, time::Instant};

use tokio::{
    sync::{mpsc, oneshot},
    task::spawn_blocking,
    time::timeout_at,
};

use super::{
    Input, Line, Opening,
    followers::Followers,
    interpreter::Supply,
    output::join_last,
    runs::{Running, Throttle},
    seat::{Report, Seat},
    stale::History,
    tracing::Tracing,
};
use crate::{
    extension::LiveBuild,
    model::Deck,
    protocol::{Build, CellEvent, Change, Message, Problem, Stage},
    server::Pages,
};

/// The talk's state. The other files of this folder say what it does on commands, runs and saved sources.
pub(super) struct Actor {
    pub stage: Stage,
    pub deck: Deck,
    pub pages: Pages,
    pub followers: Followers,
    /// Cells that wait for their turn.
    pub queue: VecDeque<String>,
    pub running: Option<Running>,
    pub throttle: Throttle,
    pub history: History,
    pub sessions: Sessions,
    pub builds: Builds,
    pub problems: Problems,
    pub tracing: Tracing,
    /// The project's folder.
    pub project: PathBuf,
}

/// The session in use, and what the next one needs.
pub(super) struct Sessions {
    pub seat: Option<Seat>,
    /// Counts the seats, so that a late report of an old one is known.
    pub number: u64,
    pub supply: Supply,
    pub imports: Vec<PathBuf>,
    pub inputs: mpsc::Sender<Input>,
    /// The namespace is gone; the stage says so when the next cell runs.
    pub is_fresh: bool,
}

/// Builds of the extension that are kept; a build that nobody can go over to is removed from the disk.
pub(super) struct Builds {
    pub installed: Build,
    /// A trace that is under way needs its sources for longer than the session does.
    pub current: Option<Arc<LiveBuild>>,
    pub offered: Option<LiveBuild>,
}

/// What is wrong, by who found it.
#[derive(Default)]
pub(super) struct Problems {
    pub slides: Vec<Problem>,
    pub extension: Vec<Problem>,
}

impl Actor {
    pub fn new(opening: Opening, inputs: mpsc::Sender<Input>) -> Self {
        let supply = Supply::new(opening.interpreter);
        let sessions =
            Sessions { seat: None, number: 0, supply, imports: opening.imports, inputs, is_fresh: false };
        let builds = Builds { installed: opening.build.clone(), current: None, offered: None };
        let mut actor = Self {
            stage: Stage { deck: opening.digest, build: opening.build, ..Stage::default() },
            deck: opening.deck,
            pages: opening.pages,
            followers: Followers::default(),
            queue: VecDeque::new(),
            running: None,
            throttle: Throttle::default(),
            history: History::default(),
            sessions,
            builds,
            problems: Problems::default(),
            tracing: Tracing::new(opening.tracer, opening.traces),
            project: opening.project,
        };
        actor.sessions.seat_next(None);
        actor
    }

    /// Takes inputs until the end, and hands waiting output on when its time has come.
    pub async fn work(mut self, mut inputs: mpsc::Receiver<Input>) {
        loop {
            let input = match self.throttle.due() {
                Some(due) => timeout_at(due.into(), inputs.recv()).await,
                None => Ok(inputs.recv().await),
            };
            match input {
                Err(_) => {}
                Ok(None | Some(Input::End)) => break,
                Ok(Some(input)) => self.take(input),
            }
            if self.throttle.due().is_some_and(|due| due <= Instant::now()) {
                self.hand_on();
            }
        }
        self.tracing.end();
        // Nobody can send any more, so the session's thread does not wait for a place in the line.
        drop(inputs);
        // Ends in any case: if the thread of this call panicked, there is nothing more to end.
        let _ = spawn_blocking(move || self.sessions.end()).await;
    }

    fn take(&mut self, input: Input) {
        match input {
            Input::Connect(answer) => self.connect(answer),
            Input::Disconnect(follower) => self.followers.remove(follower),
            Input::Command { from, command } => self.obey(from, command),
            Input::Session { number, .. } if number != self.sessions.number => {}
            Input::Session { report: Report::Ran(event), .. } => self.ran(event),
            Input::Session { report: Report::Ended { alive }, .. } => self.ended(alive),
            Input::Loaded(loaded) => self.loaded(loaded),
            Input::Built(built) => self.built(built),
            Input::Traced { number } => self.traced(number),
            Input::End => {}
        }
    }

    /// Nothing can come between the snapshot and the changes after it: both are said by this task.
    fn connect(&mut self, answer: oneshot::Sender<Line>) {
        let Some(line) = self.followers.add() else { return };
        let id = line.id;
        let role = self.followers.role(id);
        self.followers.tell(id, &Message::Snapshot { stage: self.stage.clone(), role });
        if answer.send(line).is_err() {
            self.followers.remove(id);
        }
    }

    /// Changes the stage here and at every follower.
    pub fn change(&mut self, change: Change) {
        self.stage.apply(&change);
        if let Change::Ran { cell, event: CellEvent::Stream { .. } } = &change
            && let Some(state) = self.stage.cells.get_mut(cell)
        {
            join_last(&mut state.events);
        }
        self.followers.tell_all(&Message::Changed { seq: self.stage.seq, change });
    }

    /// Sends problems where they differ from those that are shown.
    pub fn show_problems(&mut self) {
        let problems = self.problems.all();
        if problems != self.stage.problems {
            self.change(Change::Problems { problems });
        }
    }
}

impl Sessions {
    /// Replaces the session by a fresh one that imports from this build.
    pub fn seat_next(&mut self, build: Option<&LiveBuild>) {
        self.number += 1;
        self.is_fresh = false;
        let (number, inputs) = (self.number, self.inputs.clone());
        let report = move |report| {
            // The talk has ended if nobody listens.
            let _ = inputs.blocking_send(Input::Session { number, report });
        };
        let packages = build.map(LiveBuild::packages);
        let imports = super::interpreter::imports_of(packages.as_deref(), &self.imports);
        if let Some(old) = self.seat.replace(Seat::new(self.supply.clone(), imports, report)) {
            old.stop();
        }
    }

    fn end(self) {
        if let Some(seat) = self.seat {
            seat.end();
        }
        self.supply.clear();
    }
}

impl Problems {
    fn all(&self) -> Vec<Problem> {
        self.slides.iter().chain(&self.extension).cloned().collect()
    }
}
