//! What runs cells in Pyodide and node, for a project: all of it is made by `make web pyodide-wheel`.

use std::path::Path;

use anyhow::ensure;

use super::python_files::{PYODIDE, WHEELS, sources, wheel};
use crate::kernel::Parts;

/// What node runs; it is no part of a site.
const SCRIPT: &str = "target/web/node-session.mjs";

/// The parts for the project in `root`, which is an absolute path.
///
/// # Errors
/// If one is missing, with the command that gets it.
pub fn pyodide_parts(root: &Path) -> anyhow::Result<Parts> {
    let script = root.join(SCRIPT);
    ensure!(script.is_file(), "{} is missing; run `make web` first", script.display());
    let (name, _) = wheel(root)?;
    let wheel = root.join(WHEELS).join(name);
    Ok(Parts { script, pyodide: root.join(PYODIDE), wheel, sources: sources(root)? })
}
