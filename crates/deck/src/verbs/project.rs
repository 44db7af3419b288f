//! What most verbs are told: where the project is, and which Python runs its cells.

use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::{
    diagnostic::Diagnostic,
    model::{Cell, Deck},
    project::load,
    recording::Recordings,
    source::Disk,
};

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

    /// The deck, read for its cells, and what was recorded of them.
    ///
    /// # Errors
    /// All that is wrong with the chapters, or else with the recordings' files.
    pub fn read(&self) -> Result<(Deck, Recordings), Vec<Diagnostic>> {
        Ok((load(&self.files(), None)?, Recordings::read(&self.root)?))
    }

    /// Folders that come first in the cells' `sys.path`: that of the Python files which slides show. The extension is
    /// the one that the interpreter has installed.
    pub fn imports(&self) -> Vec<PathBuf> {
        let examples = self.root.join("demo_crate/examples").canonicalize();
        examples.into_iter().collect()
    }
}

/// The cells of the deck that a user named, in the order of the talk; all of them if none was named.
///
/// # Errors
/// Where one of the names is no cell's.
pub(super) fn chosen<'a>(deck: &'a Deck, ids: &[String]) -> anyhow::Result<Vec<&'a Cell>> {
    let known = |id: &&String| deck.cells().any(|cell| cell.id == **id);
    if let Some(unknown) = ids.iter().find(|id| !known(id)) {
        let names: Vec<_> = deck.cells().map(|cell| cell.id.as_str()).collect();
        bail!("there is no cell `{unknown}`; the deck has: {}", names.join(", "));
    }
    Ok(deck.cells().filter(|cell| ids.is_empty() || ids.contains(&cell.id)).collect())
}
