//! Where the pages of a site lie, from its root.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use crate::model::{Chapter, Slide};

/// The path of a file as an address.
pub fn of(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The page of a file that slides include code from.
pub fn source(file: &Path) -> String {
    format!("source/{}.html", of(file))
}

/// The line of a file that a program names, from the project's folder or from its crate's, if the file is one of
/// `sources`, which have pages.
pub fn source_line(sources: &BTreeSet<PathBuf>, file: &str, line: u32) -> Option<String> {
    let source = sources.iter().find(|source| source.ends_with(file))?;
    Some(format!("{}#L{line}", self::source(source)))
}

/// The section of a slide in the handout.
pub fn handout(chapter: &Chapter, slide: &Slide) -> String {
    let page = chapter.page.with_extension("html");
    format!("handout/{}#{}", of(&page), slide.id)
}
