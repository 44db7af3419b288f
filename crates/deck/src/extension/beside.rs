//! A build that cells import beside the installed one, under a name of its own: two builds of one function on one slide.

use std::path::{Path, PathBuf};

use super::{Extension, LiveBuild, Overlay, findings::failure};
use crate::{model::Deck, protocol::Finding};

/// A build with another profile. Dropping it removes it.
#[derive(Debug)]
pub struct Beside {
    build: LiveBuild,
}

impl Beside {
    /// The profile that cells of the deck ask for.
    pub fn wanted(deck: &Deck) -> Option<&str> {
        deck.cells().find_map(|cell| cell.build.as_deref())
    }

    /// Compiles the project's demo crate with a profile, e.g. `dev`, so that `rusty_dev` can be imported. `builds` is emptied
    /// first.
    ///
    /// # Errors
    /// What the compiler says, or the disk.
    pub fn build(
        project: &Path,
        python: &Path,
        profile: &str,
        builds: PathBuf,
    ) -> Result<Self, Vec<Finding>> {
        let refused = |error| vec![failure(format!("the build `{profile}` cannot be kept: {error}"))];
        let mut extension =
            Extension::new(project, python, profile, builds).map_err(|error| refused(error.to_string()))?;
        let build = extension.build(&Overlay::default())?.live;
        let alias = format!("{}_{profile}", build.module());
        build.rename(&alias).map_err(|error| refused(error.to_string()))?;
        Ok(Self { build })
    }

    /// The folder to put last into `sys.path`.
    pub fn folder(&self) -> PathBuf {
        self.build.packages()
    }

    /// What [`Beside::folder`] will be of a build in `builds`: sessions can be told before it is there.
    pub fn folder_in(builds: &Path) -> PathBuf {
        builds.join("1").join(super::PACKAGES)
    }
}
