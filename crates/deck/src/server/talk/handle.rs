//! The talk, as the rest of the server sees it.

use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

use super::{
    actor::Actor,
    followers::Line,
    input::Input,
    opening::{Loaded, Opening},
};
use crate::{protocol::Command, server::build_queue::BuildResult};

/// Inputs that may wait. Whoever is faster waits itself: a cell that writes much, or a browser that asks much.
const INPUTS: usize = 64;

/// A talk that is on.
#[derive(Debug, Clone)]
pub struct Talk {
    inputs: mpsc::Sender<Input>,
}

impl Talk {
    /// Starts the talk. The task ends by [`Talk::end`], and with it all processes.
    pub fn start(opening: Opening) -> (Self, JoinHandle<()>) {
        let (inputs, queue) = mpsc::channel(INPUTS);
        let actor = Actor::new(opening, &inputs);
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

    /// The second build that cells import beside the installed one is there, or will not be: cells that wait for it run.
    /// Called from a thread of its own; false if the talk has ended.
    pub fn second_build_made(&self) -> bool {
        self.inputs.blocking_send(Input::SecondBuildMade).is_ok()
    }

    /// Ends the talk; its task ends when all processes are gone.
    pub async fn end(&self) {
        let _ = self.inputs.send(Input::End).await;
    }
}
