//! Where the texts come from: the one seam between the pipeline and the disk.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

/// Reads files by their path from the project's folder.
pub trait Files {
    /// The text of a file.
    ///
    /// # Errors
    /// That of reading it.
    fn read(&self, path: &Path) -> io::Result<String>;

    /// The content of a file that need not be text.
    ///
    /// # Errors
    /// That of reading it.
    fn bytes(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Whether a file is there.
    fn exists(&self, path: &Path) -> bool;
}

/// The files of a project on disk.
#[derive(Debug, Clone)]
pub struct Disk {
    /// The project's folder.
    pub root: PathBuf,
}

impl Disk {
    /// Where a file really lies. What is read may be published, so a link may not lead out of the project.
    fn place(&self, path: &Path) -> io::Result<PathBuf> {
        let place = self.root.join(path).canonicalize()?;
        if place.starts_with(self.root.canonicalize()?) {
            Ok(place)
        } else {
            Err(io::Error::other("it is a link that leads out of the project"))
        }
    }
}

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<String> {
        std::fs::read_to_string(self.place(path)?)
    }

    fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(self.place(path)?)
    }

    fn exists(&self, path: &Path) -> bool {
        self.root.join(path).is_file()
    }
}

/// Files in memory, for tests.
impl Files for BTreeMap<&str, &str> {
    fn read(&self, path: &Path) -> io::Result<String> {
        let text = path.to_str().and_then(|path| self.get(path));
        text.map(|text| (*text).to_owned()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.read(path).map(String::into_bytes)
    }

    fn exists(&self, path: &Path) -> bool {
        path.to_str().is_some_and(|path| self.contains_key(path))
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::symlink};

    use super::*;

    #[test]
    fn a_link_may_lead_through_the_project_and_not_out_of_it() {
        let (project, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let root = project.path().to_owned();
        fs::write(root.join("inside.txt"), "inside").unwrap();
        fs::write(outside.path().join("secret.txt"), "secret").unwrap();
        symlink("inside.txt", root.join("alias.txt")).unwrap();
        symlink(outside.path().join("secret.txt"), root.join("file.txt")).unwrap();
        symlink(outside.path(), root.join("folder")).unwrap();
        let files = Disk { root };
        assert_eq!(files.read(Path::new("alias.txt")).unwrap(), "inside");
        for path in ["file.txt", "folder/secret.txt"] {
            let errors = [files.read(Path::new(path)).map(drop), files.bytes(Path::new(path)).map(drop)];
            for error in errors {
                assert!(error.unwrap_err().to_string().contains("out of the project"), "{path}");
            }
        }
    }
}
