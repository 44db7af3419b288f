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
    let mut assets = BTreeMap::new();
    collect(&Disk { root: folder.clone() }, "", &mut assets)
        .with_context(|| format!("{} is missing or unreadable; run `make web` first", folder.display()))?;
    Ok(assets)
}

fn collect(front: &Disk, prefix: &str, assets: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(front.root.join(prefix))? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(front, &format!("{name}/"), assets)?;
        } else {
            assets.insert(name.clone(), front.bytes(Path::new(&name))?);
        }
    }
    Ok(())
}
