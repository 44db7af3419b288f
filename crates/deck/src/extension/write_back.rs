//! Writes what was edited on stage to the file that it belongs to: only when asked for, and after showing what changes.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use similar::TextDiff;
use tempfile::NamedTempFile;

use super::{
    overlay::{LiveRegion, Overlay},
    paths::CRATE,
};
use crate::{diagnostic::Diagnostic, source::is_tag};

/// What writing back would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// A unified diff of the file on disk and the file to be; empty if they are equal.
    pub diff: String,
    /// Tells whether the file is still the one that the diff was made from.
    pub digest: String,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The disk refused.
    #[error(
        "{file} cannot be {done}: {error}. Nothing was changed; look at its permissions and at the space on the disk"
    )]
    Disk {
        /// From the project's folder.
        file: String,
        /// What was tried: `read` or `written`.
        done: &'static str,
        /// Why not.
        error: io::Error,
    },
    /// Somebody saved the file since.
    #[error(
        "{0} has changed since the difference was shown. Nothing was written; look at the new difference first"
    )]
    Changed(String),
    /// What the name leads to is no file of the demo crate.
    #[error("{0} is a link that leads out of the demo crate. Nothing was written; put the file itself there")]
    Outside(String),
    /// The text would open or close a region.
    #[error(
        "line {line} of the text, `{found}`, would end or begin a region. Nothing was written; take the line out"
    )]
    Tag {
        /// From 1.
        line: usize,
        /// The line.
        found: String,
    },
    /// The region is not there any more.
    #[error("{}. Nothing was written{}", .0.message, .0.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default())]
    Region(Box<Diagnostic>),
}

/// What writing a region's text back would change.
///
/// # Errors
/// If the file cannot be read, or has no such region.
pub fn difference(project: &Path, live: &LiveRegion) -> Result<Difference, NotWritten> {
    let (old, new) = texts(project, live)?;
    let name = live.region.file.to_string_lossy();
    let diff = TextDiff::from_lines(&old, &new).unified_diff().header(&name, &name).to_string();
    Ok(Difference { diff, digest: digest(&old) })
}

/// Writes a region's text to its file, if the file is still the one with this digest. The file is replaced as a whole, so that
/// nobody ever reads half of it.
///
/// # Errors
/// Why nothing was written.
pub fn write_back(project: &Path, live: &LiveRegion, digest: &str) -> Result<(), NotWritten> {
    let (old, new) = texts(project, live)?;
    if self::digest(&old) != digest {
        return Err(NotWritten::Changed(live.region.file.to_string_lossy().into_owned()));
    }
    replace(&place(project, live)?, &new).map_err(|error| not("written", live, error))
}

/// The file as it is, and as it is to be.
fn texts(project: &Path, live: &LiveRegion) -> Result<(String, String), NotWritten> {
    let file = &live.region.file;
    stays_in_its_region(live.text.as_deref().unwrap_or_default())?;
    let old = fs::read_to_string(place(project, live)?).map_err(|error| not("read", live, error))?;
    let overlay = Overlay { regions: vec![live.clone()] };
    let applied = overlay.apply(file, &old);
    let first = |errors: Vec<Diagnostic>| {
        let error = errors.into_iter().next();
        NotWritten::Region(Box::new(error.unwrap_or_else(|| Diagnostic::in_file(file, "the region is gone"))))
    };
    let new = applied.map_err(first)?.text;
    Ok((old, new))
}

/// Where the file really lies. A link within the crate stays one: what it leads to is replaced.
fn place(project: &Path, live: &LiveRegion) -> Result<PathBuf, NotWritten> {
    let real = |path: PathBuf| fs::canonicalize(path).map_err(|error| not("read", live, error));
    let place = real(project.join(&live.region.file))?;
    if place.starts_with(real(project.join(CRATE))?) {
        Ok(place)
    } else {
        Err(NotWritten::Outside(live.region.file.to_string_lossy().into_owned()))
    }
}

fn stays_in_its_region(text: &str) -> Result<(), NotWritten> {
    match text.lines().enumerate().find(|(_, line)| is_tag(line)) {
        Some((index, line)) => Err(NotWritten::Tag { line: index + 1, found: line.trim().to_owned() }),
        None => Ok(()),
    }
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    let mut new = NamedTempFile::new_in(folder)?;
    new.write_all(text.as_bytes())?;
    new.as_file().set_permissions(fs::metadata(path)?.permissions())?;
    new.as_file().sync_all()?;
    new.persist(path)?;
    Ok(())
}

fn digest(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn not(done: &'static str, live: &LiveRegion, error: io::Error) -> NotWritten {
    NotWritten::Disk { file: live.region.file.to_string_lossy().into_owned(), done, error }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use tempfile::TempDir;

    use super::*;
    use crate::model::Region;

    const FILE: &str = "demo_crate/src/a.rs";
    const TEXT: &str = "// ANCHOR: a\nfn a() {}\n// ANCHOR_END: a\nfn b() {}\n";

    fn project() -> TempDir {
        let project = tempfile::tempdir().unwrap();
        fs::create_dir_all(project.path().join("demo_crate/src")).unwrap();
        fs::write(project.path().join(FILE), TEXT).unwrap();
        project
    }

    fn edit() -> LiveRegion {
        let region = Region { file: PathBuf::from(FILE), anchor: "a".to_owned() };
        LiveRegion { cell: "a".to_owned(), region, text: Some("fn a() { c() }\n".to_owned()) }
    }

    #[test]
    fn the_difference_is_what_will_be_written() {
        let project = project();
        let difference = difference(project.path(), &edit()).unwrap();
        let expected = "--- demo_crate/src/a.rs\n+++ demo_crate/src/a.rs\n@@ -1,4 +1,4 @@\n // ANCHOR: a\n-fn a() {}\n\
                        +fn a() { c() }\n // ANCHOR_END: a\n fn b() {}\n";
        assert_eq!(difference.diff, expected);
        assert_eq!(fs::read_to_string(project.path().join(FILE)).unwrap(), TEXT, "showing writes nothing");
        let path = project.path().join(FILE);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        write_back(project.path(), &edit(), &difference.digest).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), TEXT.replace("a() {}", "a() { c() }"));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing else is left");
        assert_eq!(super::difference(project.path(), &edit()).unwrap().diff, "");
    }

    #[test]
    fn a_file_that_has_changed_is_not_written() {
        let project = project();
        let Difference { digest, .. } = difference(project.path(), &edit()).unwrap();
        let changed = TEXT.replace("fn b", "fn c");
        fs::write(project.path().join(FILE), &changed).unwrap();
        let error = write_back(project.path(), &edit(), &digest).unwrap_err();
        assert!(matches!(error, NotWritten::Changed(_)), "{error}");
        assert_eq!(fs::read_to_string(project.path().join(FILE)).unwrap(), changed);
    }

    #[test]
    fn a_link_out_of_the_crate_is_neither_read_nor_written() {
        let (project, outside) = (project(), tempfile::tempdir().unwrap());
        let (inside, elsewhere) = (project.path().join("demo_crate/b.rs"), outside.path().join("a.rs"));
        fs::write(&elsewhere, TEXT).unwrap();
        fs::rename(project.path().join(FILE), &inside).unwrap();
        symlink("../b.rs", project.path().join(FILE)).unwrap();
        let Difference { digest, .. } = difference(project.path(), &edit()).unwrap();
        fs::remove_file(project.path().join(FILE)).unwrap();
        symlink(&elsewhere, project.path().join(FILE)).unwrap();
        for error in [
            difference(project.path(), &edit()).unwrap_err(),
            write_back(project.path(), &edit(), &digest).unwrap_err(),
        ] {
            assert!(matches!(error, NotWritten::Outside(_)), "{error}");
        }
        assert_eq!(fs::read_to_string(&elsewhere).unwrap(), TEXT);
        fs::remove_file(project.path().join(FILE)).unwrap();
        symlink("../b.rs", project.path().join(FILE)).unwrap();
        write_back(project.path(), &edit(), &digest).unwrap();
        assert!(fs::read_to_string(inside).unwrap().contains("c()"));
    }

    #[test]
    fn a_text_stays_in_its_region() {
        let project = project();
        for tag in ["// ANCHOR_END: a", "  // ANCHOR: b"] {
            let live = LiveRegion { text: Some(format!("fn a() {{}}\n{tag}\nfn c() {{}}\n")), ..edit() };
            let error = write_back(project.path(), &live, &digest(TEXT)).unwrap_err();
            assert!(matches!(error, NotWritten::Tag { line: 2, .. }), "{error}");
        }
        assert_eq!(fs::read_to_string(project.path().join(FILE)).unwrap(), TEXT);
    }

    #[test]
    fn a_region_or_file_that_is_gone_is_said() {
        let project = project();
        fs::write(project.path().join(FILE), "fn b() {}\n").unwrap();
        let error = difference(project.path(), &edit()).unwrap_err().to_string();
        assert_eq!(error, "there is no anchor `a`. Nothing was written; the file has no anchors");
        fs::remove_file(project.path().join(FILE)).unwrap();
        let error = difference(project.path(), &edit()).unwrap_err().to_string();
        assert!(error.starts_with("demo_crate/src/a.rs cannot be read: "), "{error}");
    }
}
