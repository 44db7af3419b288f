//! `SUMMARY.md`: the chapters, in order.

use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    source::{Files, lines_of},
};

/// One chapter of the summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Text of its link.
    pub title: String,
    /// Its file, from the project's folder.
    pub path: PathBuf,
}

/// Reads the chapters that a summary links to; links that lead nowhere are reported.
pub fn read_summary(path: &Path, files: &dyn Files, diagnostics: &mut Diagnostics) -> Vec<Entry> {
    let text = match files.read(path) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("{} cannot be read: {error}", path.display());
            diagnostics.push(Diagnostic::in_file(path, message));
            return Vec::new();
        }
    };
    let lines = lines_of(path, &text);
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut entries = Vec::new();
    for (entry, offset) in links(&text, folder) {
        let line = &lines[text[..offset].matches('\n').count()];
        if entry.path == folder {
            diagnostics.push(
                Diagnostic::new(line, format!("the chapter `{}` has no file", entry.title))
                    .help("link it to a file: `[title](file.md)`"),
            );
        } else if files.exists(&entry.path) {
            entries.push(entry);
        } else {
            let message = format!("{} does not exist", entry.path.display());
            diagnostics.push(Diagnostic::new(line, message));
        }
    }
    entries
}

/// The links of the summary, each with the byte at which it begins.
fn links(text: &str, folder: &Path) -> Vec<(Entry, usize)> {
    let mut links = Vec::new();
    let mut open: Option<(Entry, usize)> = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                let path = match dest_url.as_ref() {
                    "" => folder.to_owned(),
                    url => folder.join(url.trim_start_matches("./")),
                };
                open = Some((Entry { title: String::new(), path }, range.start));
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((entry, _)) = &mut open {
                    entry.title.push_str(&text);
                }
            }
            Event::End(TagEnd::Link) => links.extend(open.take()),
            _ => {}
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn chapters_are_the_links_in_order() {
        let files = BTreeMap::from([
            ("s/SUMMARY.md", "# Summary\n\n- [One `a`](1.md)\n- [Two](./2.md)\n"),
            ("s/1.md", ""),
            ("s/2.md", ""),
        ]);
        let mut diagnostics = Diagnostics::default();
        let entries = read_summary(Path::new("s/SUMMARY.md"), &files, &mut diagnostics);
        let expected = [("One a", "s/1.md"), ("Two", "s/2.md")]
            .map(|(title, path)| Entry { title: title.into(), path: path.into() });
        assert_eq!(diagnostics.finish(entries).unwrap(), expected);
    }

    #[test]
    fn links_that_lead_nowhere_are_errors() {
        let files = BTreeMap::from([("s/SUMMARY.md", "- [One](1.md)\n- [Draft]()\n")]);
        let mut diagnostics = Diagnostics::default();
        read_summary(Path::new("s/SUMMARY.md"), &files, &mut diagnostics);
        let errors = diagnostics.finish(()).unwrap_err();
        let found: Vec<_> = errors.iter().map(|error| (error.place.line, error.message.as_str())).collect();
        let expected = [(1, "s/1.md does not exist"), (2, "the chapter `Draft` has no file")];
        assert_eq!(found, expected);
    }
}
