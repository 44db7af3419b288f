//! A finished site in memory: `deck build` writes it, `deck serve` serves it without touching the disk.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// Files by their path from the site's root, e.g. `index.html` or `assets/deck.css`.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// The contents.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Digest of the slides: equal for equal decks.
    pub digest: String,
}

impl Site {
    /// Writes the site to a folder. The old one is replaced at the end, in one step, by the finished new one.
    ///
    /// # Errors
    /// That of the disk; the old folder is then as it was.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let fresh = beside(folder, "new")?;
        self.write_in(&fresh).inspect_err(|_| {
            // Half a site takes room on a full disk; what is wrong with the disk is said in any case.
            let _ = fs::remove_dir_all(&fresh);
        })?;
        let old = beside(folder, "old")?;
        if folder.exists() {
            fs::rename(folder, &old)?;
        }
        fs::rename(&fresh, folder)?;
        if old.exists() { fs::remove_dir_all(&old) } else { Ok(()) }
    }

    fn write_in(&self, folder: &Path) -> io::Result<()> {
        for (path, bytes) in &self.files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(path, bytes)?;
        }
        Ok(())
    }
}

/// Media type of a file, by its ending.
pub fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A folder's neighbour with a telling ending, emptied of what an earlier, interrupted write left.
fn beside(folder: &Path, ending: &str) -> io::Result<PathBuf> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let neighbour = folder.with_file_name(format!(".{name}.{ending}"));
    match fs::remove_dir_all(&neighbour) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(neighbour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[&str]) -> Site {
        let files = files.iter().map(|file| ((*file).to_owned(), file.as_bytes().to_vec())).collect();
        Site { files, digest: String::new() }
    }

    #[test]
    fn a_site_that_cannot_be_written_leaves_the_old_one_and_nothing_else() {
        let project = tempfile::tempdir().unwrap();
        let folder = project.path().join("dist");
        site(&["index.html"]).write(&folder).unwrap();
        // A file cannot be a folder, too.
        assert!(site(&["index.html", "a", "a/b"]).write(&folder).is_err());
        assert_eq!(fs::read(folder.join("index.html")).unwrap(), b"index.html");
        assert_eq!(fs::read_dir(project.path()).unwrap().count(), 1);
    }
}
