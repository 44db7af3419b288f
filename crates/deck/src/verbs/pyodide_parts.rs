//! What runs cells in Pyodide and node, for a project: all of it is made by `make web pyodide-wheel`.

use std::path::Path;

use anyhow::ensure;

use super::python_files::{PYODIDE, WHEELS, sources, wheel};
use crate::kernel::Parts;

/// Where Pyodide runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum PyodideHost {
    /// In node, which is there wherever slides are made.
    Node,
    /// In Chromium, in the worker that readers' browsers run.
    Chromium,
}

impl PyodideHost {
    /// What node runs; it is no part of a site.
    fn script(self) -> &'static str {
        match self {
            Self::Node => "target/web/node-session.mjs",
            Self::Chromium => "web/node_modules/.cache/chromium-session.mjs",
        }
    }
}

/// The parts for the project in `root`, which is an absolute path.
///
/// # Errors
/// If one is missing, with the command that gets it.
pub fn pyodide_parts(root: &Path, host: PyodideHost) -> anyhow::Result<Parts> {
    let script = root.join(host.script());
    ensure!(script.is_file(), "{} is missing; run `make web` first", script.display());
    let (name, _) = wheel(root)?;
    let wheel = root.join(WHEELS).join(name);
    Ok(Parts { script, pyodide: root.join(PYODIDE), wheel, sources: sources(root)? })
}
