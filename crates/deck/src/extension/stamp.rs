//! Whether files are as they were.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// When files were written and how long they were; of a folder, when something was added or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp(BTreeMap<PathBuf, Option<(SystemTime, u64)>>);

impl Stamp {
    /// Of these files as they are now; they need not exist.
    pub fn of(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        Self(paths.into_iter().map(|path| (path.clone(), state(&path))).collect())
    }

    /// Whether nothing has changed.
    pub fn holds(&self) -> bool {
        self.0.iter().all(|(path, then)| state(path) == *then)
    }
}

fn state(path: &Path) -> Option<(SystemTime, u64)> {
    let data = fs::metadata(path).ok()?;
    Some((data.modified().ok()?, data.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changes_comes_or_goes_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let [there, missing] = ["there", "missing"].map(|name| folder.path().join(name));
        fs::write(&there, "1").unwrap();
        let stamp = || Stamp::of([there.clone(), missing.clone()]);
        let before = stamp();
        assert!(before.holds());
        fs::write(&there, "12").unwrap();
        assert!(!before.holds());
        let before = stamp();
        fs::write(&missing, "").unwrap();
        assert!(!before.holds());
        let before = stamp();
        fs::remove_file(&there).unwrap();
        assert!(!before.holds());
    }
}
