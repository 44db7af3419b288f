//! The actions of `deck`: one file per verb, with its arguments and what it does. The doc comments are the help texts.

pub mod build;
mod cell_lines;
pub mod demo;
mod finding;
mod folder;
mod project;
pub mod record;
mod rehearsal;
mod report;
mod surroundings;
pub mod verify;

pub use folder::Folder;
pub use project::Project;
pub use report::{failed, report};
