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

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<String> {
        std::fs::read_to_string(self.root.join(path))
    }

    fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(self.root.join(path))
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
