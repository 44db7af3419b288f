//! The talk that is on: one task owns its state, the queue of cells and the session.
//!
//! Everything reaches that task as an [`Input`], and everything it does to the stage is a
//! [`crate::protocol::Change`] with a number, so a follower that has the snapshot and all changes since has the stage.

mod actor;
mod commands;
mod followers;
mod output;
mod overlay;
mod permission;
mod rebuild;
mod report;
mod runs;
mod session_thread;
mod sources;
mod stale;
mod supply;
mod tracing;
mod write_back;

use std::{path::PathBuf, sync::Arc};

use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

pub(super) use commands::short;
pub use followers::{BACKLOG, FOLLOWERS, Line};
pub use output::STREAMS;

use super::{
    build_queue::{BuildQueue, BuildResult},
    pages::Pages,
    traces::Traces,
};
use crate::{
    diagnostic::Diagnostic,
    kernel::Sessions,
    model::Deck,
    project::Project,
    protocol::{Build, Command, Message},
    site::Site,
    tracer::TraceSource,
};
use actor::Actor;
use report::Report;

/// Inputs that may wait. Whoever is faster waits itself: a cell that writes much, or a browser that asks much.
const INPUTS: usize = 64;

/// A deck and its site, or what is wrong with the sources.
pub type Loaded = Result<(Deck, Site), Vec<Diagnostic>>;

/// What a talk starts with.
pub struct Opening {
    /// The talk on disk.
    pub project: Project,
    /// The slides' model.
    pub deck: Deck,
    /// Digest of the site that shows it.
    pub digest: String,
    /// Where a rebuilt site goes.
    pub pages: Pages,
    /// Where sessions come from.
    pub sessions: Arc<dyn Sessions>,
    /// Folders that every session imports from first.
    pub imports: Vec<PathBuf>,
    /// The extension that is installed.
    pub build: Build,
    /// Where traces come from.
    pub tracer: Arc<dyn TraceSource>,
    /// Where finished traces go.
    pub traces: Traces,
    /// Where the compiler's work is asked for.
    pub build_queue: BuildQueue,
}

/// The talk, as the rest of the server sees it.
#[derive(Debug, Clone)]
pub struct Talk {
    inputs: mpsc::Sender<Input>,
}

/// What can reach the task.
#[derive(Debug)]
pub(super) enum Input {
    /// A browser wants to follow.
    Connect(oneshot::Sender<Line>),
    /// A browser has gone.
    Disconnect(u64),
    /// A browser asks for something.
    Command { from: u64, command: Command },
    /// A session says something; reports of sessions that were replaced are of no interest.
    Session { number: u64, report: Report },
    /// The sources were read again.
    Loaded(Loaded),
    /// Something was saved that the extension is made from.
    Saved,
    /// The compiler is through with a request.
    Built(BuildResult),
    /// The build that cells import beside the installed one is there, or will not be.
    SecondBuildMade,
    /// What one follower asked for is there.
    Answer { to: u64, message: Box<Message> },
    /// A trace is done.
    Traced { number: u32 },
    /// The server ends.
    End,
}

impl Talk {
    /// Starts the talk. The task ends by [`Talk::end`], and with it all processes.
    pub fn start(opening: Opening) -> (Self, JoinHandle<()>) {
        let (inputs, queue) = mpsc::channel(INPUTS);
        let actor = Actor::new(opening, inputs.clone());
        (Self { inputs }, tokio::spawn(actor.work(queue)))
    }

    /// Begins to follow: the first message is the snapshot. None if there are too many followers, or if the talk has ended.
    pub async fn connect(&self) -> Option<Line> {
        let (sender, line) = oneshot::channel();
        self.inputs.send(Input::Connect(sender)).await.ok()?;
        line.await.ok()
    }

    /// No longer follows.
    pub async fn disconnect(&self, follower: u64) {
        // A talk that has ended has no followers.
        let _ = self.inputs.send(Input::Disconnect(follower)).await;
    }

    /// Hands a follower's command on; false if the talk has ended.
    pub async fn command(&self, from: u64, command: Command) -> bool {
        self.inputs.send(Input::Command { from, command }).await.is_ok()
    }

    /// The sources were read again. Called from a thread of its own; false if the talk has ended.
    pub fn loaded(&self, loaded: Loaded) -> bool {
        self.inputs.blocking_send(Input::Loaded(loaded)).is_ok()
    }

    /// Something was saved that the extension is made from. Called from a thread of its own; false if the talk has ended.
    pub fn saved(&self) -> bool {
        self.inputs.blocking_send(Input::Saved).is_ok()
    }

    /// The compiler is through with a request. Called from its thread; false if the talk has ended.
    pub fn built(&self, result: BuildResult) -> bool {
        self.inputs.blocking_send(Input::Built(result)).is_ok()
    }

    /// The build that cells import beside the installed one is there, or will not be: cells that wait for it run. Called from
    /// a thread of its own; false if the talk has ended.
    pub fn second_build_made(&self) -> bool {
        self.inputs.blocking_send(Input::SecondBuildMade).is_ok()
    }

    /// Ends the talk; its task ends when all processes are gone.
    pub async fn end(&self) {
        let _ = self.inputs.send(Input::End).await;
    }
}
