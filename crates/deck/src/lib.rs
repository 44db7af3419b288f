//! The parts of `deck`, the one binary of this repository: it builds, presents, records and verifies a slide
//! deck whose code really runs.
//!
//! The domain, in this order of nouns: [`model::Deck`] > [`model::Chapter`] > [`model::Slide`] > [`model::Cell`]
//! for what is written; [`kernel::Kernel`] > [`kernel::Session`] > [`protocol::Outcome`] for what is run.
//! ARCHITECTURE.md says who may know whom; `tests/architecture/` checks it.

mod check;
pub mod cli;
pub mod commands;
pub mod diagnostic;
pub mod extension;
pub mod highlight;
pub mod kernel;
pub mod layout;
pub mod markdown;
pub mod model;
mod not_written;
pub mod player;
pub mod project;
pub mod protocol;
pub mod publishing;
mod recorded;
pub mod recording;
pub mod render;
pub mod replay;
pub mod server;
pub mod site;
pub mod source;
pub mod terminal;
pub mod tracer;
pub mod verification;
pub mod watch;
pub mod xray;
