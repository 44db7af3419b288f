//! What is recorded, as files: for each id a base, and variants of other interpreters.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::Fingerprint;
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    source::{Disk, Files},
};

/// Something that one interpreter did once, kept in a file of its own.
pub trait Take: Sized {
    /// What was recorded, in a word.
    const SUBJECT: &str;

    /// Where the files are, from the project's folder.
    const FOLDER: &str;

    /// How the files' names end.
    const ENDING: &str;

    /// The id of what was recorded.
    fn id(&self) -> &str;

    /// What it ran on.
    fn fingerprint(&self) -> &Fingerprint;

    /// Reads a take from the text of the file `path`.
    ///
    /// # Errors
    /// Where in the file something else stands than a take.
    fn parse(path: &Path, text: &str) -> Result<Self, Diagnostic>;

    /// The text of the file.
    ///
    /// # Errors
    /// Where the format has no form for what was recorded.
    fn text(&self) -> anyhow::Result<String>;

    /// Path of the file from the project's folder. A variant is named for its interpreter, e.g. `cpython-3.11`.
    fn path(id: &str, variant: Option<&str>) -> PathBuf {
        let variant = variant.map(|variant| format!(".{variant}")).unwrap_or_default();
        Path::new(Self::FOLDER).join(format!("{id}{variant}{}", Self::ENDING))
    }
}

/// All takes of one kind.
#[derive(Debug)]
pub struct Shelf<T>(BTreeMap<String, Takes<T>>);

/// The takes of one id, by variant; the base has no name.
pub type Takes<T> = BTreeMap<Option<String>, T>;

/// What a new take does to the files.
#[derive(Debug, PartialEq)]
pub struct Plan<T> {
    /// What to write, and where; paths are from the project's folder.
    pub write: Option<(PathBuf, T)>,
    /// What has become wrong or needless.
    pub remove: Vec<PathBuf>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Take> Shelf<T> {
    /// Reads all takes of the project in the folder `root`. No folder is no takes.
    ///
    /// # Errors
    /// Every file that cannot be read or is no take.
    pub fn read(root: &Path) -> Result<Self, Vec<Diagnostic>> {
        let folder = Path::new(T::FOLDER);
        let fault = |path: &Path, error: io::Error| {
            vec![Diagnostic::in_file(path, format!("{} cannot be read: {error}", path.display()))]
        };
        let disk = Disk { root: root.to_owned() };
        let mut files = BTreeMap::new();
        let entries = match fs::read_dir(root.join(folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            entries => entries.map_err(|error| fault(folder, error))?,
        };
        for entry in entries {
            let name = entry.map_err(|error| fault(folder, error))?.file_name();
            if name.to_string_lossy().ends_with(T::ENDING) {
                let path = folder.join(name);
                let text = disk.read(&path).map_err(|error| fault(&path, error))?;
                files.insert(path, text);
            }
        }
        Self::parse(&files)
    }

    /// Reads takes from the texts of their files, whose paths are from the project's folder.
    ///
    /// # Errors
    /// Every file that is no take, or is another one than its name says.
    pub fn parse(files: &BTreeMap<PathBuf, String>) -> Result<Self, Vec<Diagnostic>> {
        let mut diagnostics = Diagnostics::default();
        let mut shelf = Self::default();
        for (path, text) in files {
            match T::parse(path, text).and_then(|take| named(path, take)) {
                Ok((variant, take)) => {
                    shelf.0.entry(take.id().to_owned()).or_default().insert(variant, take);
                }
                Err(error) => diagnostics.push(error),
            }
        }
        diagnostics.finish(shelf)
    }

    /// What the deck shows.
    pub fn base(&self, id: &str) -> Option<&T> {
        self.0.get(id)?.get(&None)
    }

    /// What a new take of an interpreter is compared with: its variant where there is one, e.g. of `cpython-3.11`,
    /// otherwise the base. With the path of the file.
    pub fn expected(&self, id: &str, variant: &str) -> Option<(PathBuf, &T)> {
        let takes = self.0.get(id)?;
        match takes.get(&Some(variant.to_owned())) {
            Some(take) => Some((T::path(id, Some(variant)), take)),
            None => Some((T::path(id, None), takes.get(&None)?)),
        }
    }

    /// The base and the variants, if there is a base.
    pub fn takes(&self, id: &str) -> Option<&Takes<T>> {
        self.0.get(id).filter(|takes| takes.contains_key(&None))
    }

    /// The variants, by name.
    pub fn variants(&self, id: &str) -> impl Iterator<Item = (&str, &T)> {
        let takes = self.0.get(id).into_iter().flatten();
        takes.filter_map(|(variant, take)| Some((variant.as_deref()?, take)))
    }

    /// What the deck shows, for everything that was recorded.
    pub fn bases(&self) -> impl Iterator<Item = &T> {
        self.0.values().filter_map(|takes| takes.get(&None))
    }

    /// Whether anything is recorded for this id.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// The files that belong to none of these ids.
    pub fn orphans_beside(&self, ids: &[&str]) -> Vec<Diagnostic> {
        let orphans = self.0.iter().filter(|(id, _)| !ids.contains(&id.as_str()));
        let files =
            orphans.flat_map(|(id, takes)| takes.keys().map(|variant| T::path(id, variant.as_deref())));
        files
            .map(|file| {
                let message = format!("no {} belongs to {}", T::SUBJECT, file.display());
                let step = format!("delete the file, or rename the {} back", T::SUBJECT);
                Diagnostic::in_file(&file, message).help(step)
            })
            .collect()
    }
}

/// A take, and the variant that the file's name makes it.
fn named<T: Take>(path: &Path, take: T) -> Result<(Option<String>, T), Diagnostic> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(T::ENDING).unwrap_or(&name);
    let (id, variant) = stem.split_once('.').map_or((stem, None), |(id, variant)| (id, Some(variant)));
    let own = take.fingerprint().variant();
    let message = if take.id() != id {
        format!(
            "this file is named for the {} `{id}`, but it holds a recording of `{}`",
            T::SUBJECT,
            take.id()
        )
    } else if variant.is_some_and(|variant| variant != own) {
        format!("this file is named for another interpreter than the one that it names, {own}")
    } else {
        return Ok((variant.map(str::to_owned), take));
    };
    Err(Diagnostic::in_file(path, message).help("restore the name, or delete the file and run `deck record`"))
}
