//! The actions of `deck`: one file per verb, with its arguments and what it does. The doc comments are the help texts.

pub mod build;
mod compiling;
pub mod demo;
pub mod preprocess;
pub mod record;
pub mod serve;
pub mod share;
pub mod trace;
pub mod verify;

mod failure;
mod finding;
mod folder;
mod made_from;
mod parts;
mod place;
mod project;
mod pyodide_parts;
mod python_files;
mod refused;
mod rehearsal;
mod report;
mod shelves;
mod site_checks;
mod tracing;
mod trial;

pub use failure::{failed, report};
pub use folder::Folder;
pub use project::Project;
pub use python_files::{python_files, sources as python_sources};
