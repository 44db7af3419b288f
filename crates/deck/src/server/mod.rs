//! `deck serve`'s server: a function from what is shown to a router.
//!
//! It serves a finished site from memory, lets in who has the link, and keeps one [`talk::Talk`]: the state of the stage, which
//! every browser follows over the socket. It runs code, so it listens on this machine only and trusts no page but its
//! own; `guard.rs` is the gate.
//!
//! `talk/` knows cells, sessions and followers but no HTTP; `socket.rs` joins a browser to it.

mod access;
mod author;
mod build_queue;
mod guard;
mod headers;
mod launch;
mod listen;
mod notice;
mod pages;
mod places;
mod present;
mod router;
mod socket;
mod state_file;
pub mod talk;
mod traces;

pub use access::{Access, secret};
pub use author::{Load, follow_author};
pub use build_queue::BuildQueue;
pub use headers::CONTENT_SECURITY_POLICY;
pub use listen::listen;
pub use pages::Pages;
pub use present::{Presentation, present};
pub use router::Server;
pub use state_file::{STATE_FILE, State as ServerState};
pub use traces::Traces;
