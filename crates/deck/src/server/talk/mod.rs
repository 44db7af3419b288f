//! The talk that is on: one task owns its state and takes all inputs.
//!
//! Everything reaches that task as an `Input`, and everything it does to the stage is a
//! [`crate::protocol::Change`] with a number, so a follower that has the snapshot and all changes since has the stage.
//!
//! Each part of the state has one owner. An owner takes what it is told, may look at another one, and answers with
//! `Effect`s; `actor.rs` hands inputs to owners and applies effects.

mod actor;
mod audience;
mod builds;
mod effect;
mod followers;
mod handle;
mod input;
mod live_traces;
mod opening;
mod output;
mod overlay;
mod permission;
mod problems;
mod rebuilds;
mod refusal;
mod report;
mod runs;
mod session_host;
mod session_thread;
mod slides;
mod stale;
mod supply;
mod write_back;

pub use followers::{BACKLOG, FOLLOWERS};
pub use handle::Talk;
pub use opening::{Loaded, Opening};
pub use output::STREAMS;
pub use refusal::Refusal;
