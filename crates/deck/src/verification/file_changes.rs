//! Changes of files that belong to recordings: each is written whole or not at all.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Context;

use crate::{
    not_written::not_written,
    recording::{Plan, Take},
};

/// What becomes of the files of one cell; paths are from the project's folder.
#[derive(Debug)]
pub struct FileChanges {
    /// A file and its text.
    pub write: Option<(PathBuf, String)>,
    /// What has become wrong or needless.
    pub remove: Vec<PathBuf>,
}

impl FileChanges {
    /// The changes that a plan for recordings asks for.
    ///
    /// # Errors
    /// Where a recording has no text.
    pub fn of<T: Take>(plan: Plan<T>) -> anyhow::Result<Self> {
        let text = |(path, take): (PathBuf, T)| match take.text() {
            Ok(text) => Ok((path, text)),
            Err(error) => Err(error).context(format!("{} cannot be written", path.display())),
        };
        Ok(Self { write: plan.write.map(text).transpose()?, remove: plan.remove })
    }

    /// Whether every file stays as it is.
    pub fn is_empty(&self) -> bool {
        self.write.is_none() && self.remove.is_empty()
    }

    /// Carries them out in the folder `root`. `again` is the command to repeat where the disk refuses.
    ///
    /// # Errors
    /// That of the disk.
    pub fn apply(&self, root: &Path, again: &str) -> anyhow::Result<()> {
        if let Some((path, text)) = &self.write {
            replace(&root.join(path), text).map_err(|error| not_written(path, &error, again))?;
        }
        for path in &self.remove {
            fs::remove_file(root.join(path))
                .with_context(|| format!("{} cannot be removed", path.display()))?;
        }
        Ok(())
    }
}

/// Writes a file whole or not at all.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    let fresh = path.with_extension("new");
    fs::write(&fresh, text).and_then(|()| fs::rename(&fresh, path)).inspect_err(|_| {
        // Half a file helps nobody and takes room on a full disk; what is wrong with the disk is said in any case.
        let _ = fs::remove_file(&fresh);
    })
}
