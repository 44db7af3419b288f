//! `deck preprocess`.

use std::{
    io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use serde::Deserialize;
use serde_json::Value;

use super::report;
use crate::{
    diagnostic::Diagnostic,
    layout::BOOK,
    project::{self, Project},
    recorded::DeckRecordings,
    render::handout::{self, Handout},
    source::{Disk, Files},
};

/// Prepare the chapters for mdBook, which makes the handout of them.
///
/// mdBook calls this by itself, as slides/book.toml says: it sends the book on standard input and takes it back on standard
/// output. `make book` starts it with everything that it needs. Includes are strict here, recorded outputs and X-rays come in,
/// and what only the speaker sees goes. All errors are reported at once, each with file and line, and mdBook then stops.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    question: Option<Question>,
}

#[derive(Debug, clap::Subcommand)]
enum Question {
    /// Say by the exit code whether books for this renderer can be prepared: only `html`
    Supports {
        /// What mdBook calls the renderer.
        renderer: String,
    },
}

/// What mdBook says about the book.
#[derive(Deserialize)]
struct About {
    /// The folder with `book.toml`.
    root: PathBuf,
    mdbook_version: String,
}

/// Answers mdBook.
///
/// # Errors
/// If what mdBook sends is not what mdBook 0.4 sends.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    if let Some(Question::Supports { renderer }) = &args.question {
        return Ok(if renderer == "html" { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let (about, mut book): (About, Value) = serde_json::from_reader(io::stdin().lock())
        .context("standard input is no book from mdBook; `make book` makes the handout")?;
    let Some(sections) = book.get_mut("sections").and_then(Value::as_array_mut) else {
        anyhow::bail!(
            "mdBook {} sends books in another form than mdBook 0.4; `make book` uses the right one",
            about.mdbook_version
        );
    };
    match prepare(&about, sections).map(|()| leave_out_empty(sections)) {
        Ok(()) => serde_json::to_writer(io::stdout().lock(), &book).context("mdBook does not listen")?,
        Err(errors) => return Ok(report(&errors)),
    }
    Ok(ExitCode::SUCCESS)
}

/// Replaces the text of every chapter.
fn prepare(about: &About, items: &mut [Value]) -> Result<(), Vec<Diagnostic>> {
    let project = Project::open(&about.root.join(".."), Path::new("python3")).map_err(|error| vec![error])?;
    let (files, chapters) = (project.files(), &project.layout.chapters);
    let recordings = DeckRecordings::read(&project.root)?;
    let deck = project::load(&files, Some(&recordings))?;
    let faults = recordings.check(&deck);
    if !faults.is_empty() {
        return Err(faults);
    }
    let sections = project::sections(&files, &recordings)?;
    let recorded = |cell: &str| recordings.recorded(&deck, cell);
    let traced = |xray: &str| recordings.traced(&deck, xray);
    let mut errors = Vec::new();
    for_each_chapter(items, &mut |chapter| {
        let path = chapter.get("path").and_then(Value::as_str).map(PathBuf::from);
        let Some(page) = path else { return };
        let found = sections.get_key_value(&chapters.join(&page));
        let (Some((path, sections)), Some(content)) = (found, chapter.get_mut("content")) else { return };
        if !is_untouched(&files, path, content) {
            errors.push(touched(path));
        }
        let site = up(&page) + &project.layout.site;
        let handout = Handout { deck: &deck, recorded: &recorded, traced: &traced, site: &site };
        *content = handout::chapter(sections, &handout).into();
    });
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// Visits all chapters of a book, those inside of others as well.
fn for_each_chapter(items: &mut [Value], visit: &mut dyn FnMut(&mut Value)) {
    for chapter in items.iter_mut().filter_map(|item| item.get_mut("Chapter")) {
        visit(chapter);
        if let Some(inside) = chapter.get_mut("sub_items").and_then(Value::as_array_mut) {
            for_each_chapter(inside, visit);
        }
    }
}

/// A chapter whose slides are all only planned has no page.
fn leave_out_empty(items: &mut Vec<Value>) {
    items.retain_mut(|item| {
        let Some(chapter) = item.get_mut("Chapter") else { return true };
        let inside = chapter.get_mut("sub_items").and_then(Value::as_array_mut);
        let has_chapters = inside.is_some_and(|inside| {
            leave_out_empty(inside);
            !inside.is_empty()
        });
        // mdBook's own drafts have no text either, and no file.
        let is_empty =
            chapter.get("content").and_then(Value::as_str).is_none_or(|text| text.trim().is_empty());
        has_chapters || !is_empty || chapter.get("path").is_none_or(Value::is_null)
    });
}

/// From a chapter's page to the folder of the handout; `page` is the chapter's path from the folder of chapters.
fn up(page: &Path) -> String {
    "../".repeat(page.components().skip(1).count())
}

/// Whether mdBook sends a chapter as it was written. It leaves out a byte order mark.
fn is_untouched(files: &Disk, path: &Path, content: &Value) -> bool {
    files.read(path).is_ok_and(|text| content.as_str() == Some(text.trim_start_matches('\u{feff}')))
}

fn touched(path: &Path) -> Diagnostic {
    let message = "another preprocessor has changed this chapter before `deck` could read it";
    Diagnostic::in_file(path, message)
        .help(format!("name every other preprocessor in `[preprocessor.deck] before = […]` of {BOOK}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_way_up_is_as_long_as_the_chapter_lies_deep() {
        assert_eq!(up(Path::new("one.md")), "");
        assert_eq!(up(Path::new("part/two.md")), "../");
    }

    #[test]
    fn chapters_inside_of_others_are_found_and_empty_ones_left_out() {
        let chapter = |path: &str, content: &str, inside: Value| json!({ "Chapter": { "path": path, "content": content, "sub_items": inside } });
        let mut items = vec![
            chapter(
                "a.md",
                "",
                json!([chapter("a/b.md", "text", json!([])), chapter("a/c.md", " \n", json!([]))]),
            ),
            json!("Separator"),
            json!({ "PartTitle": "Two" }),
            chapter("d.md", "\n", json!([])),
            json!({ "Chapter": { "path": null, "content": "", "sub_items": [] } }),
        ];
        let mut paths = Vec::new();
        for_each_chapter(&mut items, &mut |chapter| paths.push(chapter["path"].clone()));
        assert_eq!(json!(paths), json!(["a.md", "a/b.md", "a/c.md", "d.md", null]));
        leave_out_empty(&mut items);
        assert_eq!(items.len(), 4, "{items:?}");
        assert_eq!(items[0]["Chapter"]["sub_items"].as_array().unwrap().len(), 1);
    }
}
