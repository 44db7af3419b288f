//! A talk on disk: where its files lie, which Python runs its cells, and its sources as one deck. This is the only door from
//! files to the model.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::Context;

use crate::{
    check::check,
    diagnostic::{Diagnostic, Diagnostics},
    layout::{BOOK, Layout},
    markdown::{Book, Reader, Section, Values, read_chapter, read_sections, read_summary},
    model::Deck,
    source::{Disk, Files},
};

/// A talk on disk.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder that holds `slides/`.
    pub root: PathBuf,
    /// Where everything lies in it.
    pub layout: Layout,
    /// The Python that runs the cells: a path, or a name to be found on PATH.
    pub python: PathBuf,
}

impl Project {
    /// The talk in the folder `root`.
    ///
    /// # Errors
    /// Where its settings say something else than a layout.
    pub fn open(root: &Path, python: &Path) -> Result<Self, Diagnostic> {
        let root = root.to_owned();
        let layout = Layout::read(&Disk { root: root.clone() })?;
        Ok(Self { root, layout, python: python.to_owned() })
    }

    /// The same talk by the absolute path of its folder.
    ///
    /// # Errors
    /// Where there is no such folder.
    pub fn absolute(&self) -> anyhow::Result<Self> {
        let folder = self.root.canonicalize();
        let root = folder.with_context(|| {
            format!(
                "{} is not a folder that can be opened; name the project's with --root",
                self.root.display()
            )
        })?;
        Ok(Self { root, ..self.clone() })
    }

    /// Its files.
    pub fn files(&self) -> Disk {
        Disk { root: self.root.clone() }
    }

    /// A folder of what is kept between two runs.
    pub fn scratch(&self, name: impl AsRef<Path>) -> PathBuf {
        self.root.join(&self.layout.scratch).join(name)
    }

    /// Folders that come first in the cells' `sys.path`: that of the Python files which slides show. The extension is
    /// the one that the interpreter has installed.
    pub fn imports(&self) -> Vec<PathBuf> {
        self.root.join(&self.layout.examples).canonicalize().into_iter().collect()
    }
}

/// Reads the deck. Without `values`, numbers in prose are not looked up: enough to run cells, not to show slides.
///
/// # Errors
/// Everything that is wrong with the sources, sorted by file and line.
pub fn load(files: &dyn Files, values: Option<&dyn Values>) -> Result<Deck, Vec<Diagnostic>> {
    let mut diagnostics = Diagnostics::default();
    let layout = Layout::read(files).unwrap_or_else(|error| {
        diagnostics.push(error);
        Layout::default()
    });
    let book = match Book::read(Path::new(BOOK), files) {
        Ok(book) => book,
        Err(error) => {
            diagnostics.push(error);
            Book::default()
        }
    };
    let entries = read_summary(&layout.summary(), files, &mut diagnostics);
    let reader = Reader { files, layout: &layout, book: &book, values };
    let chapters = (1..)
        .zip(&entries)
        .map(|(number, entry)| read_chapter(entry, number, &reader, &mut diagnostics))
        .collect();
    let deck = Deck {
        title: book.title.clone(),
        description: book.description.clone(),
        authors: book.authors.clone(),
        language: book.language.clone(),
        chapters,
    };
    check(&deck, &mut diagnostics);
    diagnostics.finish(deck)
}

/// Reads the chapters of the handout, by their files: the same ones as [`load`], which is the one to ask first whether they
/// hold together.
///
/// # Errors
/// Everything that is wrong with the sources, sorted by file and line.
pub fn sections(
    files: &dyn Files,
    values: &dyn Values,
) -> Result<BTreeMap<PathBuf, Vec<Section>>, Vec<Diagnostic>> {
    let mut diagnostics = Diagnostics::default();
    let layout = Layout::read(files).map_err(|error| vec![error])?;
    let book = Book::read(Path::new(BOOK), files).map_err(|error| vec![error])?;
    let reader = Reader { files, layout: &layout, book: &book, values: Some(values) };
    let entries = read_summary(&layout.summary(), files, &mut diagnostics);
    let chapters = entries
        .into_iter()
        .map(|entry| {
            let sections = read_sections(&entry, &reader, &mut diagnostics);
            (entry.path, sections)
        })
        .collect();
    diagnostics.finish(chapters)
}
