//! Watches the project's sources and says what was saved, once per save.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::{Duration, Instant},
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode},
};

use crate::{
    layout::{Layout, SLIDES},
    project::Project,
};

/// A save is over when nothing was written for so long: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(12);
/// A save that never ends is taken as one after this time.
const LONGEST: Duration = Duration::from_millis(150);

/// Watches a project until dropped.
pub struct Watch {
    /// The project's folder.
    root: PathBuf,
    layout: Layout,
    folders: Vec<(PathBuf, RecursiveMode)>,
    watcher: RecommendedWatcher,
    events: Receiver<Event>,
}

/// What was saved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Saved {
    /// Something that the slides are made from.
    pub slides: bool,
    /// Something that the extension is made from.
    pub extension: bool,
}

impl Watch {
    /// Begins to watch.
    ///
    /// # Errors
    /// If the system cannot watch, e.g. because its limit of watched folders is reached.
    pub fn new(project: &Project) -> notify::Result<Self> {
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // Nobody listens any more when the server ends.
            let _ = event.map(|event| sender.send(event));
        })?;
        // Events carry absolute paths.
        let root = std::fs::canonicalize(&project.root)?;
        let layout = project.layout.clone();
        let mut watch = Self { root, folders: folders(&layout), layout, watcher, events };
        watch.look()?;
        Ok(watch)
    }

    /// Waits for the next save; none if the system has stopped watching.
    pub fn next_save(&mut self) -> Option<Saved> {
        loop {
            let first = self.events.recv().ok()?;
            let events = self.rest_of(first);
            if events.iter().any(|event| self.is_of_folder(event)) {
                // A folder that was put in another's place has to be looked at anew. What fails is tried at the next save.
                let _ = self.look();
            }
            let saved = events.iter().filter(|event| writes(&event.kind)).flat_map(|event| &event.paths);
            let saved = saved.map(|path| self.saved(path)).fold(Saved::default(), Saved::or);
            if saved != Saved::default() {
                return Some(saved);
            }
        }
    }

    fn look(&mut self) -> notify::Result<()> {
        for (folder, mode) in &self.folders {
            let folder = self.root.join(folder);
            if folder.is_dir() {
                self.watcher.watch(&folder, *mode)?;
            }
        }
        Ok(())
    }

    fn rest_of(&self, first: Event) -> Vec<Event> {
        let began = Instant::now();
        let mut events = vec![first];
        while began.elapsed() < LONGEST {
            match self.events.recv_timeout(QUIET) {
                // Reading is not saving: it must not make the wait longer.
                Ok(event) if !writes(&event.kind) => {}
                Ok(event) => events.push(event),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        events
    }

    fn is_of_folder(&self, event: &Event) -> bool {
        let is_watched =
            |path: &PathBuf| self.folders.iter().any(|(folder, _)| self.root.join(folder) == *path);
        writes(&event.kind) && event.paths.iter().any(is_watched)
    }

    fn saved(&self, path: &Path) -> Saved {
        path.strip_prefix(&self.root).map(|path| in_project(path, &self.layout)).unwrap_or_default()
    }
}

impl Saved {
    fn or(self, other: Self) -> Self {
        Self { slides: self.slides || other.slides, extension: self.extension || other.extension }
    }
}

fn writes(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(access) => *access == AccessKind::Close(AccessMode::Write),
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) => true,
        EventKind::Any | EventKind::Other => false,
    }
}

/// What is watched. Folders, not files: editors save by putting a new file in the old one's place. Folders that builds write to
/// are left out, so what has such a folder in it is watched without its subfolders.
fn folders(layout: &Layout) -> Vec<(PathBuf, RecursiveMode)> {
    let own = &layout.extension;
    let flat = [own.folder.clone(), "comparison".into(), parent(&layout.front_end)];
    let deep = [
        SLIDES.into(),
        own.sources(),
        own.python.clone(),
        layout.examples.clone(),
        own.folder.join("tests"),
        layout.front_end.clone(),
    ];
    let flat = flat.into_iter().filter(|folder| folder != Path::new(""));
    let flat = flat.map(|folder| (folder, RecursiveMode::NonRecursive));
    flat.chain(deep.into_iter().map(|folder| (folder, RecursiveMode::Recursive))).collect()
}

fn parent(folder: &Path) -> PathBuf {
    folder.parent().map(Path::to_owned).unwrap_or_default()
}

/// What a file is a source of. Slides can include any file, so all but what interpreters and editors leave counts.
fn in_project(path: &Path, layout: &Layout) -> Saved {
    let is_left = |part: &std::ffi::OsStr| {
        let part = part.to_string_lossy();
        part == "__pycache__"
            || part == "target"
            || part.starts_with('.')
            || part.ends_with('~')
            || part == "4913"
    };
    if path.iter().any(is_left) {
        return Saved::default();
    }
    let own = &layout.extension;
    let extension = [own.manifest(), own.lock(), own.build_script()].iter().any(|file| path == file)
        || [own.sources(), own.python.clone()]
            .iter()
            .any(|folder| path.starts_with(folder) && path != folder);
    Saved { slides: true, extension }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, slides: bool, extension: bool) {
        assert_eq!(in_project(Path::new(path), &Layout::default()), Saved { slides, extension }, "{path}");
    }

    #[test]
    fn a_file_is_a_source_of_slides_of_the_extension_or_of_nothing() {
        check("slides/src/01-why.md", true, false);
        check("demo_crate/src/lib.rs", true, true);
        check("demo_crate/Cargo.toml", true, true);
        check("demo_crate/examples/a.py", true, false);
        check("demo_crate/python/rusty/__init__.pyi", true, true);
        check("demo_crate/python/rusty/__pycache__/a.pyc", false, false);
        check("demo_crate/target/debug/a", false, false);
        check("slides/src/.01-why.md.swp", false, false);
        check("slides/src/01-why.md~", false, false);
    }
}
