//! The commands of `deck`: one file for each, with its arguments and what it does. The doc comments are the help texts.

pub mod build;
pub mod demo;
pub mod preprocess;
pub mod record;
pub mod serve;
pub mod share;
pub mod trace;
pub mod verify;

mod failure;
mod project_args;

pub use failure::{failed, report};
pub use project_args::{FolderArgs, ProjectArgs};
