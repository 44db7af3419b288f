//! The actions of `deck`: one file per verb, with its arguments and what it does. The doc comments are the help texts.

pub mod build;
pub mod demo;
mod folder;
mod project;
mod report;

pub use folder::Folder;
pub use project::Project;
pub use report::{failed, report};
