//! The project's sources as one deck. This is the only door from files to the model.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::{
    check::check,
    diagnostic::{Diagnostic, Diagnostics},
    markdown::{Book, Reader, Section, Values, read_chapter, read_sections, read_summary},
    model::Deck,
    source::Files,
};

/// The book's settings, from the project's folder.
pub const BOOK: &str = "slides/book.toml";
/// The list of chapters, from the project's folder.
pub const SUMMARY: &str = "slides/src/SUMMARY.md";
/// The folder of chapters, from the project's folder.
pub const CHAPTERS: &str = "slides/src";
/// The folder of recordings, from the project's folder.
pub const RECORDINGS: &str = "slides/recordings";
/// The folder of recorded traces, from the project's folder.
pub const XRAYS: &str = "slides/recordings/xray";

/// Reads the deck. Without `values`, numbers in prose are not looked up: enough to run cells, not to show slides.
///
/// # Errors
/// Everything that is wrong with the sources, sorted by file and line.
pub fn load(files: &dyn Files, values: Option<&dyn Values>) -> Result<Deck, Vec<Diagnostic>> {
    let mut diagnostics = Diagnostics::default();
    let book = match Book::read(Path::new(BOOK), files) {
        Ok(book) => book,
        Err(error) => {
            diagnostics.push(error);
            Book::default()
        }
    };
    let entries = read_summary(Path::new(SUMMARY), files, &mut diagnostics);
    let reader = Reader { files, book: &book, values };
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
    let book = Book::read(Path::new(BOOK), files).map_err(|error| vec![error])?;
    let reader = Reader { files, book: &book, values: Some(values) };
    let entries = read_summary(Path::new(SUMMARY), files, &mut diagnostics);
    let chapters = entries
        .into_iter()
        .map(|entry| {
            let sections = read_sections(&entry, &reader, &mut diagnostics);
            (entry.path, sections)
        })
        .collect();
    diagnostics.finish(chapters)
}
