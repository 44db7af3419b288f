//! What outlives the server: its port and the key of its cookie, so that a tab that is open when the server is killed
//! finds its way back to the next one.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
    path::Path,
};

use nix::{fcntl::OFlag, unistd::geteuid};
use serde::{Deserialize, Serialize};

/// The file, among what is kept between two runs. Only its owner may read it.
pub const STATE_FILE: &str = "server.toml";
/// The file's largest size in bytes.
const LARGEST: u64 = 4 << 10;

/// What the file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The port that the server listened on.
    pub port: u16,
    /// What the cookie holds.
    pub key: String,
}

impl State {
    /// Reads the file. A file that is missing, damaged, a link, or not the owner's alone is no state: others may know the
    /// key or have chosen it, and a new one is due.
    pub fn read(path: &Path) -> Option<Self> {
        // Without waiting: in the file's place there could be a pipe.
        let flags = (OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK).bits();
        let file = OpenOptions::new().read(true).custom_flags(flags).open(path).ok()?;
        let mut text = String::new();
        (&file).take(LARGEST).read_to_string(&mut text).ok()?;
        let state: Self = toml::from_str(&text).ok()?;
        (is_private(&file) && state.key.len() >= 64).then_some(state)
    }

    /// Replaces the file in one step.
    ///
    /// # Errors
    /// That of the disk.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().unwrap_or(path);
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        // Temporary files are made with mode 0600, so there is no moment at which others could read the key.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(toml::to_string(self).map_err(io::Error::other)?.as_bytes())?;
        file.persist(path)?;
        Ok(())
    }
}

/// What is open is a file of this user that nobody else may read or write.
fn is_private(file: &File) -> bool {
    let ours = |about: fs::Metadata| {
        about.is_file()
            && about.mode() & 0o077 == 0
            && about.uid() == geteuid().as_raw()
            && about.nlink() == 1
    };
    file.metadata().is_ok_and(ours)
}

#[cfg(test)]
mod tests {
    use std::{
        os::unix::fs::{PermissionsExt, symlink},
        path::PathBuf,
    };

    use super::*;

    /// The file in a folder that is not there yet.
    fn file(folder: &tempfile::TempDir) -> PathBuf {
        folder.path().join(".deck").join(STATE_FILE)
    }

    fn state() -> State {
        State { port: 4000, key: "k".repeat(64) }
    }

    #[test]
    fn what_is_written_can_be_read_by_its_owner_only() {
        let project = tempfile::tempdir().unwrap();
        state().write(&file(&project)).unwrap();
        assert_eq!(State::read(&file(&project)), Some(state()));
        let mode = fs::metadata(file(&project)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_key_that_others_may_have_read_or_written_is_not_used_again() {
        let project = tempfile::tempdir().unwrap();
        let path = file(&project);
        for mode in [0o644, 0o640, 0o602, 0o611] {
            state().write(&file(&project)).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(State::read(&file(&project)), None, "{mode:o}");
        }
        state().write(&file(&project)).unwrap();
        assert_eq!(State::read(&file(&project)), Some(state()), "what was refused is replaced");
    }

    #[test]
    fn a_link_in_the_place_of_the_file_is_no_state_and_is_not_written_through() {
        let (project, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let path = file(&project);
        state().write(&file(&elsewhere)).unwrap();
        let known = file(&elsewhere);
        fs::create_dir(path.parent().unwrap()).unwrap();
        symlink(&known, &path).unwrap();
        assert_eq!(State::read(&file(&project)), None);
        let other = State { port: 1, ..state() };
        other.write(&file(&project)).unwrap();
        assert_eq!(State::read(&file(&project)), Some(other));
        assert_eq!(State::read(&file(&elsewhere)), Some(state()));
        // Two names of one file are as good as a link.
        fs::hard_link(&known, elsewhere.path().join("second")).unwrap();
        assert_eq!(State::read(&file(&elsewhere)), None);
    }

    #[test]
    fn a_damaged_file_is_no_state() {
        let project = tempfile::tempdir().unwrap();
        State { port: 1, key: "short".to_owned() }.write(&file(&project)).unwrap();
        assert_eq!(State::read(&file(&project)), None);
    }
}
