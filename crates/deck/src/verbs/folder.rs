//! Which project is meant, for verbs that run no Python.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Context;

use crate::source::{Disk, Files};

/// The project's folder.
#[derive(Debug, Clone, clap::Args)]
pub struct Folder {
    /// The project's folder, which holds `slides/`.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub root: PathBuf,
}

impl Folder {
    /// The project's files.
    pub fn files(&self) -> Disk {
        Disk { root: self.root.clone() }
    }
}

/// The built front end of the project in `root`, by path.
///
/// # Errors
/// If it has not been built, with the command that does it.
pub fn assets(root: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let folder = root.join("web/dist");
    contents(&folder)
        .with_context(|| format!("{} is missing or unreadable; run `make web` first", folder.display()))
}

/// All files below a folder, by path.
pub(super) fn contents(folder: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    collect(&Disk { root: folder.to_owned() }, "", &mut files)?;
    Ok(files)
}

fn collect(disk: &Disk, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(disk.root.join(prefix))? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(disk, &format!("{name}/"), files)?;
        } else {
            files.insert(name.clone(), disk.bytes(Path::new(&name))?);
        }
    }
    Ok(())
}
