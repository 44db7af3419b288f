//! A copy of the demo crate to build from, so that what is edited on stage changes no file of the project. Files are
//! written only where they differ: cargo looks at the time of writing, and takes two crates for one if they differ in
//! their folder alone.

use std::{
    collections::BTreeSet,
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::{
    findings::{Maps, failure, of_source},
    overlay::{LiveRegion, Overlay},
    source_map::SourceMap,
    wheel::is_left,
};
use crate::{diagnostic::Diagnostic, layout::CrateLayout, project::Project, protocol::Finding};

/// Folders of copies, from the folder of what is kept between two runs.
pub const SCRATCH: &str = "scratch";

/// A copy that nobody else uses while this lives.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
    own: CrateLayout,
    /// The crate's lock when it was copied.
    lock: Option<Vec<u8>>,
    _claim: File,
}

impl Scratch {
    /// Takes the first copy of this name that is free. Copies stay, with all that the compiler keeps of them: the next server
    /// begins where this one has ended.
    ///
    /// # Errors
    /// That of the disk.
    pub fn claim(project: &Project, name: &str) -> io::Result<Self> {
        let own = &project.layout.extension;
        let mut number = 1;
        loop {
            let folder = project.scratch(SCRATCH).join(format!("{name}-{number}"));
            own.roots().try_for_each(|root| fs::create_dir_all(folder.join(root)))?;
            let claim = File::create(folder.join("claim"))?;
            match claim.try_lock() {
                Ok(()) => return Ok(Self { folder, own: own.clone(), lock: None, _claim: claim }),
                Err(TryLockError::WouldBlock) => number += 1,
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
    }

    /// The folder that holds the copy, and what belongs to it.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes the copy what the crate in the folder `tree` is with these edits.
    ///
    /// # Errors
    /// Edits of regions that are not there, files that are not, and what the disk says.
    pub fn synchronise(&mut self, tree: &Path, overlay: &Overlay) -> Result<Maps, Vec<Finding>> {
        let mut files = BTreeSet::new();
        self.walk(tree, &mut files).map_err(|error| self.unreadable(error))?;
        self.remove_others(&files).map_err(|error| self.unreadable(error))?;
        let gone = overlay.regions.iter().filter(|live| !files.contains(&live.region.file));
        let mut found: Vec<_> = gone.map(missing).collect();
        let mut maps = Maps::new();
        for file in files {
            match self.copy(tree, &file, overlay) {
                Ok(Some(map)) => drop(maps.insert(file, map)),
                Ok(None) => {}
                Err(wrong) => found.extend(wrong),
            }
        }
        if found.is_empty() { Ok(maps) } else { Err(found) }
    }

    /// Copies one file, with its edits if slides show regions of it.
    fn copy(
        &mut self,
        tree: &Path,
        file: &Path,
        overlay: &Overlay,
    ) -> Result<Option<SourceMap>, Vec<Finding>> {
        let content = fs::read(tree.join(file)).map_err(|error| self.unreadable(error))?;
        // Cargo writes the lock anew where the project's does not fit, or is none.
        if file == self.own.lock() && self.lock.replace(content.clone()).as_ref() == Some(&content) {
            return Ok(None);
        }
        let is_shown = overlay.regions.iter().any(|live| live.region.file == file);
        let (content, map) = if is_shown {
            let no_text =
                |_| vec![failure(format!("{} is no text in UTF-8; save it as one", file.display()))];
            let text = String::from_utf8(content).map_err(no_text)?;
            let of_sources = |errors: Vec<Diagnostic>| errors.iter().map(of_source).collect::<Vec<_>>();
            let applied = overlay.apply(file, &text).map_err(of_sources)?;
            (applied.text.into_bytes(), Some(applied.map))
        } else {
            (content, None)
        };
        write(&self.folder.join(file), &content).map_err(|error| self.unreadable(error))?;
        Ok(map)
    }

    /// Changes the copy by a comment, so that the compiler has something to do.
    ///
    /// # Errors
    /// That of the disk.
    pub fn touch(&self) -> io::Result<()> {
        let mut root =
            File::options().append(true).open(self.folder.join(self.own.sources()).join("lib.rs"))?;
        root.write_all(b"\n// A change, so that the next one is quick.\n")
    }

    /// Makes the whole copy look new, so that cargo cannot take what another copy became for what this one will.
    ///
    /// # Errors
    /// That of the disk.
    pub fn renew(&self) -> io::Result<()> {
        let mut files = BTreeSet::new();
        self.walk(&self.folder, &mut files)?;
        let now = SystemTime::now();
        let renew =
            |file: PathBuf| File::options().append(true).open(self.folder.join(file))?.set_modified(now);
        files.into_iter().try_for_each(renew)
    }

    fn remove_others(&self, files: &BTreeSet<PathBuf>) -> io::Result<()> {
        let mut copied = BTreeSet::new();
        self.walk(&self.folder, &mut copied)?;
        let lock = self.own.lock();
        let mut others = copied.difference(files).filter(|file| **file != lock);
        others.try_for_each(|file| fs::remove_file(self.folder.join(file)))
    }

    /// Collects the crate's files in a folder that holds it.
    fn walk(&self, tree: &Path, found: &mut BTreeSet<PathBuf>) -> io::Result<()> {
        self.own.roots().try_for_each(|root| walk(tree, root, found))
    }

    fn unreadable(&self, error: io::Error) -> Vec<Finding> {
        vec![failure(format!(
            "{} cannot be copied: {error}; save it again, or look whether it is all there",
            self.own.folder.display()
        ))]
    }
}

fn missing(live: &LiveRegion) -> Finding {
    failure(format!("cell `{}` shows {}, but there is no such file", live.cell, live.region.label()))
}

/// Collects the files of a folder, by their paths from `root`.
fn walk(root: &Path, folder: &Path, found: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let name = entry?.file_name();
        let path = folder.join(&name);
        if is_left(&name) {
            continue;
        }
        match fs::metadata(root.join(&path)) {
            Ok(data) if data.is_dir() => walk(root, &path, found)?,
            Ok(_) => drop(found.insert(path)),
            // An editor's file that has gone again, or a link to nowhere, which some editors use as a lock.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Writes a file if that changes it.
fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content)
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::model::Region;

    const FILE: &str = "demo_crate/src/lib.rs";

    fn talk(folder: &TempDir) -> Project {
        Project::open(folder.path(), Path::new("python3")).unwrap()
    }
    const TEXT: &str = "// ANCHOR: a\nfn a() {}\n// ANCHOR_END: a\n";

    fn project() -> (TempDir, Scratch) {
        let project = tempfile::tempdir().unwrap();
        for (file, text) in
            [(FILE, TEXT), ("demo_crate/Cargo.toml", "[package]"), ("demo_crate/target/x", "")]
        {
            let path = project.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let scratch = Scratch::claim(&talk(&project), "release").unwrap();
        (project, scratch)
    }

    fn edit(file: &str, text: &str) -> Overlay {
        let region = Region { file: PathBuf::from(file), anchor: "a".to_owned() };
        let live = LiveRegion { cell: "a".to_owned(), region, text: Some(text.to_owned()) };
        Overlay { regions: vec![live] }
    }

    #[test]
    fn a_copy_has_the_edits_and_the_project_has_not() {
        let (project, mut scratch) = project();
        scratch.synchronise(project.path(), &edit(FILE, "fn b() {}")).unwrap();
        assert_eq!(fs::read_to_string(scratch.folder().join(FILE)).unwrap(), TEXT.replace("a() ", "b() "));
        assert_eq!(fs::read_to_string(project.path().join(FILE)).unwrap(), TEXT);
        assert!(!scratch.folder().join("demo_crate/target").exists());
        scratch.synchronise(project.path(), &Overlay::default()).unwrap();
        assert_eq!(fs::read_to_string(scratch.folder().join(FILE)).unwrap(), TEXT);
    }

    #[test]
    fn only_what_differs_is_written_and_what_is_gone_goes() {
        let (project, mut scratch) = project();
        scratch.synchronise(project.path(), &Overlay::default()).unwrap();
        let folder = scratch.folder().to_owned();
        let written = |file: &str| fs::metadata(folder.join(file)).unwrap().modified().unwrap();
        let (manifest, source) = (written("demo_crate/Cargo.toml"), written(FILE));
        std::thread::sleep(std::time::Duration::from_millis(20));
        fs::write(project.path().join("demo_crate/src/b.rs"), "").unwrap();
        scratch.synchronise(project.path(), &edit(FILE, "fn b() {}")).unwrap();
        assert_eq!(written("demo_crate/Cargo.toml"), manifest);
        assert_ne!(written(FILE), source);
        fs::remove_file(project.path().join("demo_crate/src/b.rs")).unwrap();
        scratch.synchronise(project.path(), &Overlay::default()).unwrap();
        assert!(!scratch.folder().join("demo_crate/src/b.rs").exists());
    }

    #[test]
    fn the_lock_that_cargo_wrote_stays_until_the_projects_changes() {
        let (project, mut scratch) = project();
        let lock = |folder: &Path| folder.join("demo_crate/Cargo.lock");
        let mut locked = |text: &str| {
            fs::write(lock(project.path()), text).unwrap();
            scratch.synchronise(project.path(), &Overlay::default()).unwrap();
            let copied = fs::read_to_string(lock(scratch.folder())).unwrap();
            fs::write(lock(scratch.folder()), "cargo's").unwrap();
            copied
        };
        assert_eq!(["first", "first", "second"].map(&mut locked), ["first", "cargo's", "second"]);
    }

    #[test]
    fn a_change_is_undone() {
        let (project, mut scratch) = project();
        scratch.synchronise(project.path(), &Overlay::default()).unwrap();
        scratch.touch().unwrap();
        assert_ne!(fs::read_to_string(scratch.folder().join(FILE)).unwrap(), TEXT);
        scratch.synchronise(project.path(), &Overlay::default()).unwrap();
        assert_eq!(fs::read_to_string(scratch.folder().join(FILE)).unwrap(), TEXT);
    }

    #[test]
    fn two_servers_have_two_copies() {
        let (project, first) = project();
        let second = Scratch::claim(&talk(&project), "release").unwrap();
        assert_ne!(first.folder(), second.folder());
        let folder = first.folder().to_owned();
        drop(first);
        assert_eq!(Scratch::claim(&talk(&project), "release").unwrap().folder(), folder);
    }

    #[track_caller]
    fn check_refused(overlay: &Overlay, prepare: impl FnOnce(&Path), expected: &str) {
        let (project, mut scratch) = project();
        prepare(project.path());
        let found = scratch.synchronise(project.path(), overlay).unwrap_err();
        assert_eq!(found.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>(), [expected]);
    }

    #[test]
    fn a_file_that_is_saved_half_way_is_a_finding() {
        let half = |project: &Path| fs::write(project.join(FILE), "// ANCHOR: a\nfn").unwrap();
        check_refused(&edit(FILE, ""), half, "anchor `a` is never closed");
        let bytes = |project: &Path| fs::write(project.join(FILE), b"\xff").unwrap();
        check_refused(&edit(FILE, ""), bytes, "demo_crate/src/lib.rs is no text in UTF-8; save it as one");
        check_refused(
            &edit("demo_crate/src/b.rs", ""),
            |_| (),
            "cell `a` shows demo_crate/src/b.rs:a, but there is no such file",
        );
    }
}
