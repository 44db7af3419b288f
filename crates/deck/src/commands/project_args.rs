//! What most commands are told: which project is meant, and which Python runs its cells.

use std::path::{Path, PathBuf};

use crate::{diagnostic::Diagnostic, project::Project};

/// The project's folder.
#[derive(Debug, Clone, clap::Args)]
pub struct FolderArgs {
    /// The project's folder, which holds `slides/`.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
}

/// The project, and the interpreter for its cells.
#[derive(Debug, Clone, clap::Args)]
pub struct ProjectArgs {
    /// The project's folder, which holds `slides/`.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,

    /// The Python that runs the cells: a path, or a name to be found on PATH.
    #[arg(long, value_name = "PYTHON", env = "PYTHON", hide_env_values = true, default_value = "python3")]
    python: PathBuf,
}

impl FolderArgs {
    /// The project, for what runs no Python.
    ///
    /// # Errors
    /// What is wrong with its settings.
    pub fn open(&self) -> Result<Project, Vec<Diagnostic>> {
        Project::open(&self.root, Path::new("python3")).map_err(|error| vec![error])
    }
}

impl ProjectArgs {
    /// The project.
    ///
    /// # Errors
    /// What is wrong with its settings.
    pub fn open(&self) -> Result<Project, Vec<Diagnostic>> {
        Project::open(&self.root, &self.python).map_err(|error| vec![error])
    }
}
