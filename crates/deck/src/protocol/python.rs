//! What a site holds so that cells run in the reader's browser.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

/// What there is to load, in `python/manifest.json`.
#[derive(Debug, Serialize, TS)]
pub struct PythonManifest {
    /// Python's version, e.g. `3.14.2`.
    pub python: String,
    /// Every file below `python/` that has to be loaded.
    pub files: Vec<PythonFile>,
}

/// A file below `python/`.
#[derive(Debug, Serialize, TS)]
pub struct PythonFile {
    /// What it is for.
    pub role: PythonRole,
    /// Its path below `python/`.
    pub path: String,
    /// Its size, as it is on the disk: servers that compress send less, and do not say how much of this it is.
    pub bytes: usize,
}

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum PythonRole {
    /// Pyodide's loader, a module.
    Loader,
    /// The glue between Pyodide's WebAssembly and JavaScript, a module.
    Glue,
    /// CPython.
    Interpreter,
    /// Python's standard library.
    Library,
    /// The demo crate as a wheel.
    Wheel,
    /// [`PythonSources`].
    Sources,
}

/// The text files that cells need, in `python/sources.json`.
#[derive(Debug, Serialize, TS)]
pub struct PythonSources {
    /// Python's version and the interface for extensions, as Pyodide's lock file has them.
    pub info: BTreeMap<String, String>,
    /// The environment of every cell.
    pub environment: BTreeMap<String, String>,
    /// The kernel's files, by name.
    pub kernel: BTreeMap<String, String>,
    /// What cells import, by path from the project's folder.
    pub imports: BTreeMap<String, String>,
}
