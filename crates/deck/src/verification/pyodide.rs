//! What runs cells in Pyodide for a project: all of it is made by `make web pyodide-wheel`.

use std::path::PathBuf;

use anyhow::ensure;

use super::runtime::PyodideHost;
use crate::{
    kernel::Parts,
    project::Project,
    publishing::{PYODIDE_WHEELS, pyodide_wheel, python_sources},
};

/// The parts for the project, which knows the absolute path of its folder.
///
/// # Errors
/// If one is missing, with the command that gets it.
pub fn pyodide_parts(project: &Project, host: PyodideHost) -> anyhow::Result<Parts> {
    let packages = project.layout.front_end_packages();
    let script = project.root.join(match host {
        PyodideHost::Node => PathBuf::from("target/web/node-session.mjs"),
        PyodideHost::Chromium => packages.join(".cache/chromium-session.mjs"),
    });
    ensure!(script.is_file(), "{} is missing; run `make web` first", script.display());
    let (name, _) = pyodide_wheel(project)?;
    let wheel = project.root.join(PYODIDE_WHEELS).join(name);
    let pyodide = project.root.join(packages.join("pyodide"));
    Ok(Parts { script, pyodide, wheel, sources: python_sources(project)? })
}
