//! The built front end.

use std::{collections::BTreeMap, fs, io, path::Path};

use anyhow::Context;

use crate::{
    project::Project,
    source::{Disk, Files},
};

/// The built front end of the project, by path.
///
/// # Errors
/// If it has not been built, with the command that does it.
pub fn front_end(project: &Project) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let folder = project.root.join(&project.layout.front_end);
    contents(&folder)
        .with_context(|| format!("{} is missing or unreadable; run `make web` first", folder.display()))
}

/// All files below a folder, by path.
pub fn contents(folder: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
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
