//! The talk that is on: one task owns its state and takes all inputs.
//!
//! Everything reaches that task as an `Input`, and everything it does to the stage is a
//! [`crate::protocol::Change`] with a number, so a follower that has the snapshot and all changes since has the stage.

mod actor;
mod audience;
mod commands;
mod followers;
mod handle;
mod input;
mod opening;
mod output;
mod overlay;
mod permission;
mod rebuild;
mod refusal;
mod report;
mod runs;
mod session_thread;
mod sources;
mod stale;
mod supply;
mod tracing;
mod write_back;

pub use followers::{BACKLOG, FOLLOWERS};
pub use handle::Talk;
pub use opening::{Loaded, Opening};
pub use output::STREAMS;
pub use refusal::Refusal;
