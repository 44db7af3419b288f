//! The crate that is built, by its paths from the project's folder.

pub(super) const CRATE: &str = "demo_crate";
/// The manifest of what is built.
pub const MANIFEST: &str = "demo_crate/Cargo.toml";
/// What is copied beside the extension: packages, stubs and texts.
pub(super) const PYTHON_SOURCE: &str = "demo_crate/python";
