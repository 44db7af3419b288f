//! `book.toml`: what mdBook and `deck` both take from it.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

use crate::{diagnostic::Diagnostic, source::Files};

/// The settings of the book that matter for the deck.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// Title of the talk.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Who gives it.
    pub authors: Vec<String>,
    /// BCP 47 tag of the language it is written in.
    pub language: String,
    /// By language of a fence, the prefix of lines that are not shown (`[output.html.code.hidelines]`).
    pub hidelines: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct File {
    book: BookTable,
    #[serde(default)]
    output: Output,
}

#[derive(Deserialize)]
struct BookTable {
    title: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    authors: Vec<String>,
    #[serde(default = "english")]
    language: String,
}

#[derive(Default, Deserialize)]
struct Output {
    #[serde(default)]
    html: Html,
}

#[derive(Default, Deserialize)]
struct Html {
    #[serde(default)]
    code: Code,
}

#[derive(Default, Deserialize)]
struct Code {
    #[serde(default)]
    hidelines: BTreeMap<String, String>,
}

impl Book {
    /// Reads `book.toml`.
    ///
    /// # Errors
    /// If the file cannot be read or is not what mdBook expects, with the line where TOML says so.
    pub fn read(path: &Path, files: &dyn Files) -> Result<Self, Diagnostic> {
        let text = files.read(path).map_err(|error| {
            Diagnostic::in_file(path, format!("{} cannot be read: {error}", path.display()))
                .help("run this from the project's folder, or name it with --root")
        })?;
        let file: File = toml::from_str(&text).map_err(|error| Diagnostic::of_toml(path, &text, &error))?;
        Ok(Self {
            title: file.book.title,
            description: file.book.description,
            authors: file.book.authors,
            language: file.book.language,
            hidelines: file.output.html.code.hidelines,
        })
    }
}

fn english() -> String {
    "en".to_owned()
}
