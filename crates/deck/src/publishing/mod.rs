//! Puts together what is published: the deck's site, and what goes with it.

mod artefacts;
mod build_info;
mod deck_site;
mod front_end;
mod python_files;
mod shared_site;
mod site_checks;

pub use build_info::Revision;
pub use deck_site::deck_site;
pub use front_end::front_end;
pub use python_files::{PYODIDE_WHEELS, pyodide_wheel, python_files, python_sources};
pub use shared_site::{SharedSite, shared_site};
