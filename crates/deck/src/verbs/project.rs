//! What most verbs are told: where the project is, and which Python runs its cells.

use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};

use super::{shelves::Shelves, trial::Runtime};
use crate::{
    diagnostic::Diagnostic,
    extension::Beside,
    model::{Cell, Deck},
    project::load,
    source::Disk,
    tracer::Tracer,
};

/// Builds beside the installed one, from the project's folder.
const BESIDE: &str = ".deck/beside";

/// The project, and the interpreter for its cells.
#[derive(Debug, Clone, clap::Args)]
pub struct Project {
    /// The project's folder, which holds `slides/`.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub root: PathBuf,

    /// The Python that runs the cells: a path, or a name to be found on PATH.
    #[arg(long, value_name = "PYTHON", env = "PYTHON", hide_env_values = true, default_value = "python3")]
    pub python: PathBuf,
}

impl Project {
    /// The project's folder as an absolute path.
    ///
    /// # Errors
    /// Where there is no such folder.
    pub fn folder(&self) -> anyhow::Result<PathBuf> {
        let folder = self.root.canonicalize();
        folder.with_context(|| {
            format!(
                "{} is not a folder that can be opened; name the project's with --root",
                self.root.display()
            )
        })
    }

    /// The project's files.
    pub fn files(&self) -> Disk {
        Disk { root: self.root.clone() }
    }

    /// The deck, read for its cells and X-rays, and what was recorded of them.
    ///
    /// # Errors
    /// All that is wrong with the chapters, or else with the recordings' files.
    pub fn read(&self) -> Result<(Deck, Shelves), Vec<Diagnostic>> {
        Ok((load(&self.files(), None)?, Shelves::read(&self.root)?))
    }

    /// Traces with the project's Python.
    ///
    /// # Errors
    /// If the system does not say which program this is.
    pub fn tracer(&self) -> anyhow::Result<Tracer> {
        let builds = self.root.join(".deck/traced");
        Tracer::new(&self.root, &self.python, builds).context("tracing cannot be prepared")
    }

    /// Folders that come first in the cells' `sys.path`: that of the Python files which slides show. The extension is
    /// the one that the interpreter has installed.
    pub fn imports(&self) -> Vec<PathBuf> {
        let examples = self.root.join("demo_crate/examples").canonicalize();
        examples.into_iter().collect()
    }
}

/// What the cells of a deck import.
pub(super) struct Imports {
    /// The folders, in order.
    pub folders: Vec<PathBuf>,
    /// Kept for as long as cells run.
    _beside: Option<Beside>,
}

impl Imports {
    /// Those of the project, and a build beside the installed one if a cell asks for it.
    ///
    /// # Errors
    /// If that cannot be built.
    pub fn of(deck: &Deck, project: &Project) -> anyhow::Result<Self> {
        let mut folders = project.imports();
        let Some(profile) = Beside::wanted(deck) else { return Ok(Self { folders, _beside: None }) };
        let beside = Beside::claim(project.root.join(BESIDE)).context("a second build cannot be kept")?;
        beside.build(&project.root, &project.python, profile).map_err(|findings| {
            let rendered: Vec<_> = findings.into_iter().map(|finding| finding.rendered).collect();
            anyhow!("the demo crate cannot be built with the profile `{profile}`:\n{}", rendered.join("\n"))
        })?;
        folders.push(beside.folder());
        Ok(Self { folders, _beside: Some(beside) })
    }
}

/// The cells that a user named, kind by kind in the order of the talk, or all that are recorded; in Pyodide those of a
/// session alone. Cells come before what the compiler is asked about, and that before X-rays: what is quick is said first.
///
/// # Errors
/// Where there is none with one of the ids.
pub(super) fn chosen<'a>(deck: &'a Deck, ids: &[String], runtime: Runtime) -> anyhow::Result<Vec<&'a Cell>> {
    let here = runtime == Runtime::Python;
    let is_recorded = |cell: &&Cell| cell.shares_session() || (here && (cell.has_run() || cell.has_trace()));
    let mut cells: Vec<_> = deck.cells().filter(is_recorded).collect();
    cells.sort_by_key(|cell| (cell.has_trace(), !cell.shares_session()));
    if let Some(unknown) = ids.iter().find(|id| !cells.iter().any(|cell| cell.id == **id)) {
        let names: Vec<_> = cells.iter().map(|cell| cell.id.as_str()).collect();
        let of = if here { "" } else { " of Python" };
        bail!("there is no cell{of} `{unknown}`; the deck has: {}", names.join(", "));
    }
    cells.retain(|cell| ids.is_empty() || ids.contains(&cell.id));
    Ok(cells)
}
