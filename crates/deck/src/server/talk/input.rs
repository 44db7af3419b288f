//! Inputs of the task that owns the talk.

use tokio::sync::oneshot;

use super::{followers::Line, opening::Loaded, report::Report};
use crate::{
    protocol::{Command, Message},
    server::build_queue::BuildResult,
};

/// Somebody wants something, or something has happened.
#[derive(Debug)]
pub enum Input {
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
    /// The second build that cells import beside the installed one is there, or will not be.
    SecondBuildMade,
    /// The answer for one follower is there.
    Answer { to: u64, message: Box<Message> },
    /// A trace is done.
    Traced { number: u32 },
    /// The server ends.
    End,
}
