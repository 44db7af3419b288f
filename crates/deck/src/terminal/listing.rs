//! Titles and code.

use std::io::{self, Write};

use super::style::{DIM, Painted, TITLE, token};
use crate::{
    highlight::{Language, highlight},
    model::{Chapter, Slide, Snippet},
};

/// Width of rules and of the right-aligned progress, in columns.
const WIDTH: usize = 78;

/// Opens a chapter.
///
/// # Errors
/// That of writing.
pub fn chapter(out: &mut dyn Write, chapter: &Chapter) -> io::Result<()> {
    let title = format!("{} · {} ", chapter.number, chapter.title);
    let rule = "━".repeat(WIDTH.saturating_sub(title.chars().count() + 3));
    writeln!(out, "\n{}\n", Painted(TITLE, format!("━━ {title}{rule}")))
}

/// Opens a slide that has something to run.
///
/// # Errors
/// That of writing.
pub fn slide(out: &mut dyn Write, chapter: &Chapter, slide: &Slide) -> io::Result<()> {
    let label = slide.label(chapter.number);
    writeln!(out, "{}  {}\n", Painted(DIM, label), Painted(TITLE, &slide.title))
}

/// Shows the code of a cell or X-ray, under its name and its place among all that are run.
///
/// # Errors
/// That of writing.
pub fn code(out: &mut dyn Write, id: &str, snippet: &Snippet, number: usize, of: usize) -> io::Result<()> {
    let progress = format!("{id} [{number}/{of}]");
    writeln!(out, "{}", Painted(DIM, format!("{progress:>WIDTH$}")))?;
    let language = Language::from_fence(&snippet.language).unwrap_or(Language::Text);
    for line in highlight(language, snippet.shown().trim_end_matches('\n')) {
        write!(out, "  {} ", Painted(DIM, "│"))?;
        for span in line {
            write!(out, "{}", Painted(token(span.token), span.text))?;
        }
        writeln!(out)?;
    }
    writeln!(out)
}
