//! A build that cells import beside the installed one, under a name of its own: two builds of one function on one slide.

use std::{fs, io, path::PathBuf};

use super::{Extension, Overlay, findings::failure};
use crate::{model::Deck, project::Project, protocol::Finding};

/// The folder that such a build is imported from. Dropping it removes it.
#[derive(Debug)]
pub struct SecondBuild {
    builds: PathBuf,
}

impl SecondBuild {
    /// The profile that cells of the deck ask for.
    pub fn wanted(deck: &Deck) -> Option<&str> {
        deck.cells().find_map(|cell| cell.python()?.second_build.as_deref())
    }

    /// Makes the folder, in `builds`, which is emptied first. It is there before the build is: of a folder that was not there,
    /// Python remembers that for as long as the session lasts.
    ///
    /// # Errors
    /// That of the disk.
    pub fn claim(builds: PathBuf) -> io::Result<Self> {
        match fs::remove_dir_all(&builds) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir_all(builds.join("imports"))?,
        }
        Ok(Self { builds: fs::canonicalize(builds)? })
    }

    /// The folder to put last into `sys.path`.
    pub fn folder(&self) -> PathBuf {
        self.builds.join("imports")
    }

    /// Compiles the project's demo crate with a profile, e.g. `dev`: from then on `rusty_dev` can be imported.
    ///
    /// # Errors
    /// What the compiler says, or the disk.
    pub fn build(&self, project: &Project, profile: &str) -> Result<(), Vec<Finding>> {
        let refused =
            |error: io::Error| vec![failure(format!("the build `{profile}` cannot be kept: {error}"))];
        let builds = self.builds.join("made");
        let mut extension = Extension::new(project, profile, builds).map_err(refused)?;
        let build = extension.build(&Overlay::default())?.live;
        let module = build.module();
        let alias = self.folder().join(format!("{module}_{profile}"));
        fs::rename(build.packages().join(module), alias).map_err(refused)
    }
}

impl Drop for SecondBuild {
    fn drop(&mut self) {
        // What is left is removed by the next one.
        let _ = fs::remove_dir_all(&self.builds);
    }
}
