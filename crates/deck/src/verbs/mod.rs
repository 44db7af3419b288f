//! The actions of `deck`: one file per verb, with its arguments and what it does. The doc comments are the help texts.

mod place;
mod project;
pub mod record;

mod rehearsal;
mod report;
pub mod verify;

pub use project::Project;
