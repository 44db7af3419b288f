//! What outlives the server: its port and the key of its cookie, so that a tab that is open when the server is killed
//! finds its way back to the next one.

use std::{
    fs,
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::Path,
};

use serde::{Deserialize, Serialize};

/// The file, from the project's folder. Only its owner may read it.
pub const STATE_FILE: &str = ".deck/server.toml";

/// What the file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The port that the server listened on.
    pub port: u16,
    /// What the cookie holds.
    pub key: String,
}

impl State {
    /// Reads the file. A file that is missing, damaged or readable to others is no state: then a new key is due.
    pub fn read(project: &Path) -> Option<Self> {
        let path = project.join(STATE_FILE);
        let mode = fs::metadata(&path).ok()?.permissions().mode();
        let state: Self = toml::from_str(&fs::read_to_string(&path).ok()?).ok()?;
        (mode & 0o077 == 0 && state.key.len() >= 64).then_some(state)
    }

    /// Replaces the file in one step.
    ///
    /// # Errors
    /// That of the disk.
    pub fn write(&self, project: &Path) -> io::Result<()> {
        let path = project.join(STATE_FILE);
        let folder = path.parent().unwrap_or(project);
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        // Temporary files are made with mode 0600, so there is no moment at which others could read the key.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(toml::to_string(self).map_err(io::Error::other)?.as_bytes())?;
        file.persist(&path)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        State { port: 4000, key: "k".repeat(64) }
    }

    #[test]
    fn what_is_written_can_be_read_by_its_owner_only() {
        let project = tempfile::tempdir().unwrap();
        state().write(project.path()).unwrap();
        assert_eq!(State::read(project.path()), Some(state()));
        let mode = fs::metadata(project.path().join(STATE_FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_key_that_others_may_have_read_is_not_used_again() {
        let project = tempfile::tempdir().unwrap();
        state().write(project.path()).unwrap();
        let path = project.path().join(STATE_FILE);
        fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(State::read(project.path()), None);
    }

    #[test]
    fn a_damaged_file_is_no_state() {
        let project = tempfile::tempdir().unwrap();
        State { port: 1, key: "short".to_owned() }.write(project.path()).unwrap();
        assert_eq!(State::read(project.path()), None);
    }
}
