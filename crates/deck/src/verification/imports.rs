//! What the cells of a deck import.

use std::path::PathBuf;

use anyhow::{Context, anyhow};

use crate::{extension::SecondBuild, model::Deck, project::Project};

/// The second build, among what is kept between two runs.
const SECOND_BUILD: &str = "beside";

/// Folders that come first in the cells' `sys.path`.
pub struct Imports {
    /// In order.
    pub folders: Vec<PathBuf>,
    /// Kept for as long as cells run.
    _second_build: Option<SecondBuild>,
}

impl Imports {
    /// Those of the project, and a second build beside the installed one if a cell asks for it.
    ///
    /// # Errors
    /// If that cannot be built.
    pub fn new(deck: &Deck, project: &Project) -> anyhow::Result<Self> {
        let mut folders = project.imports();
        let Some(profile) = SecondBuild::wanted(deck) else {
            return Ok(Self { folders, _second_build: None });
        };
        let second =
            SecondBuild::claim(project.scratch(SECOND_BUILD)).context("a second build cannot be kept")?;
        second.build(project, profile).map_err(|findings| {
            let rendered: Vec<_> = findings.into_iter().map(|finding| finding.rendered).collect();
            anyhow!("the demo crate cannot be built with the profile `{profile}`:\n{}", rendered.join("\n"))
        })?;
        folders.push(second.folder());
        Ok(Self { folders, _second_build: Some(second) })
    }
}
