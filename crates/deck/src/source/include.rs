//! `{{#include file}}`, `{{#include file:anchor}}` and `{{#include file:first:last}}`, as mdBook writes them, but
//! strict: whatever cannot be included is an error, and code loses the indentation that all its lines share.

use std::{
    collections::BTreeMap,
    path::{Component, Path, PathBuf},
};

use super::{Anchors, Files, Line, anchors::without_tags, lines_of};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    model::Region,
};

/// Carries out includes, and reads each file once.
pub struct Includes<'a> {
    files: &'a dyn Files,
    read: BTreeMap<PathBuf, (Vec<Line>, Anchors)>,
}

impl<'a> Includes<'a> {
    /// Includes of these files.
    pub fn new(files: &'a dyn Files) -> Self {
        Self { files, read: BTreeMap::new() }
    }

    /// The lines that a line stands for: itself, unless it is an include directive. A directive that is wrong is
    /// reported and stays as it is; [`is_directive`] then tells what follows from it.
    pub fn expand(&mut self, line: Line, diagnostics: &mut Diagnostics) -> Vec<Line> {
        let included = match directive(&line) {
            Ok(None) => return vec![unescaped(line)],
            Ok(Some(directive)) => self.include(&directive, &line),
            Err(error) => Err(error),
        };
        included.unwrap_or_else(|error| {
            diagnostics.push(error);
            vec![line]
        })
    }

    /// The region that a line includes, if it is a directive that names one.
    pub fn region(&self, line: &Line) -> Option<Region> {
        let directive = directive(line).ok()??;
        let Part::Anchor(anchor) = directive.part else { return None };
        Some(Region { file: resolve(&line.place.file, directive.path)?, anchor: anchor.to_owned() })
    }

    /// The region that `file:anchor` names on a line, if it exists; else that is reported.
    pub fn named(&mut self, region: &str, line: &Line, diagnostics: &mut Diagnostics) -> Option<Region> {
        let directive = Line { text: format!("{OPENING} {region}}}}}"), place: line.place.clone() };
        let lines = self.expand(directive.clone(), diagnostics);
        self.region(&directive).filter(|_| !lines.contains(&directive))
    }

    fn include(&mut self, directive: &Directive, line: &Line) -> Result<Vec<Line>, Diagnostic> {
        let (lines, anchors) = self.file(directive.path, line)?;
        let included = match directive.part {
            Part::All => without_tags(lines),
            Part::Anchor(name) => anchors.region(name, lines, line)?,
            Part::Lines(first, last) => without_tags(range(lines, first, last, line)?),
        };
        if included.iter().all(|line| line.text.trim().is_empty()) {
            return Err(Diagnostic::new(line, "this include is empty"));
        }
        Ok(dedented(included))
    }

    fn file(&mut self, path: &str, line: &Line) -> Result<&(Vec<Line>, Anchors), Diagnostic> {
        let Some(resolved) = resolve(&line.place.file, path) else {
            return Err(Diagnostic::new(line, "this path leads out of the project").at(path));
        };
        if !self.read.contains_key(&resolved) {
            let text = self.files.read(&resolved).map_err(|error| {
                let message = format!("{} cannot be read: {error}", resolved.display());
                Diagnostic::new(line, message)
                    .at(path)
                    .help(format!("paths are relative to {}", folder(&line.place.file)))
            })?;
            let lines = lines_of(&resolved, &text);
            let anchors = Anchors::find(&lines);
            self.read.insert(resolved.clone(), (lines, anchors));
        }
        Ok(&self.read[&resolved])
    }
}

/// Resolves `relative` against the folder of `file`; nothing if that leads out of the project.
pub fn resolve(file: &Path, relative: &str) -> Option<PathBuf> {
    let mut resolved = file.parent().unwrap_or(Path::new("")).to_owned();
    for component in Path::new(relative).components() {
        match component {
            Component::CurDir => {}
            Component::Normal(name) => resolved.push(name),
            Component::ParentDir if resolved.pop() => {}
            _ => return None,
        }
    }
    Some(resolved)
}

/// Whether a line is an include directive that could not be carried out.
pub fn is_directive(line: &str) -> bool {
    line.trim_start().starts_with(OPENING)
}

const OPENING: &str = "{{#include";

struct Directive<'a> {
    path: &'a str,
    part: Part<'a>,
}

enum Part<'a> {
    All,
    Anchor(&'a str),
    /// Line numbers from 1, both included.
    Lines(usize, Option<usize>),
}

fn folder(file: &Path) -> String {
    file.parent().unwrap_or(Path::new(".")).display().to_string()
}

fn directive(line: &Line) -> Result<Option<Directive<'_>>, Diagnostic> {
    let text = line.text.trim();
    let Some(position) = text.find(OPENING) else {
        return other_directive(line).map_or(Ok(None), Err);
    };
    if position > 0 && text.as_bytes()[position - 1] == b'\\' {
        return Ok(None);
    }
    let argument = text.strip_prefix(OPENING).and_then(|rest| rest.strip_suffix("}}"));
    let Some(argument) = argument.map(str::trim).filter(|argument| !argument.contains("}}")) else {
        let message = "an include must stand alone on its line";
        return Err(Diagnostic::new(line, message).help("write `{{#include path:anchor}}`"));
    };
    let (path, part) = argument.split_once(':').map_or((argument, None), |(p, r)| (p, Some(r)));
    if path.is_empty() {
        return Err(
            Diagnostic::new(line, "this include names no file").help("write `{{#include path:anchor}}`")
        );
    }
    let part = part.map_or(Ok(Part::All), |part| part_of(part, line))?;
    Ok(Some(Directive { path, part }))
}

/// mdBook's other directives would be shown to the audience as they stand.
fn other_directive(line: &Line) -> Option<Diagnostic> {
    ["{{#rustdoc_include", "{{#playground", "{{#playpen", "{{#title"]
        .iter()
        .find(|name| line.text.contains(**name))
        .map(|name| {
            Diagnostic::new(line, format!("`{}}}}}` is not supported on slides", name))
                .at(name)
                .help("use `{{#include path:anchor}}`")
        })
}

fn part_of<'a>(part: &'a str, line: &Line) -> Result<Part<'a>, Diagnostic> {
    let numeric = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let (first, last) = part.split_once(':').map_or((part, None), |(f, l)| (f, Some(l)));
    if !numeric(first) || part.is_empty() {
        return Ok(Part::Anchor(part));
    }
    let number = |text: &str, default: usize| match text {
        "" => Ok(default),
        text => text
            .parse()
            .ok()
            .filter(|number| *number > 0)
            .ok_or_else(|| Diagnostic::new(line, format!("`{text}` is not a line number")).at(text)),
    };
    let start = number(first, 1)?;
    match last {
        None => Ok(Part::Lines(start, Some(start))),
        Some("") => Ok(Part::Lines(start, None)),
        Some(last) => Ok(Part::Lines(start, Some(number(last, start)?))),
    }
}

fn range<'a>(
    lines: &'a [Line],
    first: usize,
    last: Option<usize>,
    line: &Line,
) -> Result<&'a [Line], Diagnostic> {
    lines.get(first - 1..last.unwrap_or(lines.len())).ok_or_else(|| {
        Diagnostic::new(line, format!("the file has only {} lines", lines.len()))
            .help("name an anchor: it moves with the code")
    })
}

fn dedented(mut lines: Vec<Line>) -> Vec<Line> {
    let shared = shared_indent(lines.iter().map(|line| line.text.as_str()));
    for line in &mut lines {
        // A line that only looks empty may be shorter, or blank in other ways.
        let blanks = indent(&line.text);
        line.text.drain(..shared.min(blanks));
    }
    lines
}

/// The number of blanks (spaces or tabs) that all lines begin with; lines without anything else do not count.
pub fn shared_indent<'a>(lines: impl Iterator<Item = &'a str>) -> usize {
    lines.filter(|text| !text.trim().is_empty()).map(indent).min().unwrap_or(0)
}

fn indent(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

fn unescaped(mut line: Line) -> Line {
    if line.text.contains("\\{{#") {
        line.text = line.text.replace("\\{{#", "{{#");
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUST: &str = "fn a() {}\nmod b {\n    // ANCHOR: c\n    fn c() {\n\n        d();\n    }\n    // ANCHOR_END: c\n}\n";

    #[track_caller]
    fn check(chapter: &str, expected: Result<&str, &str>) {
        let files = BTreeMap::from([("demo/a.rs", RUST)]);
        let mut diagnostics = Diagnostics::default();
        let mut includes = Includes::new(&files);
        let lines = lines_of(Path::new("slides/src/c.md"), chapter).into_iter();
        let expanded: Vec<_> = lines.flat_map(|line| includes.expand(line, &mut diagnostics)).collect();
        let text: Vec<_> = expanded.iter().map(|line| line.text.as_str()).collect();
        let result = diagnostics.finish(text.join("\n"));
        let messages = |errors: Vec<Diagnostic>| {
            errors.iter().map(|error| error.message.clone()).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(result.map_err(messages).as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn an_anchor_is_included_without_the_indentation_that_its_lines_share() {
        check("{{#include ../../demo/a.rs:c}}", Ok("fn c() {\n\n    d();\n}"));
    }

    #[test]
    fn a_line_that_only_looks_empty_loses_no_half_character() {
        let files = BTreeMap::from([("a.rs", " a\n\u{2003}\n b")]);
        let line = lines_of(Path::new("c.md"), "{{#include a.rs}}").remove(0);
        let lines = Includes::new(&files).expand(line, &mut Diagnostics::default());
        assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["a", "\u{2003}", "b"]);
    }

    #[test]
    fn lines_are_included_by_number() {
        check("{{#include ../../demo/a.rs:1}}", Ok("fn a() {}"));
        check("{{#include ../../demo/a.rs:1:2}}", Ok("fn a() {}\nmod b {"));
        check("{{#include ../../demo/a.rs::1}}", Ok("fn a() {}"));
        check("{{#include ../../demo/a.rs:9:}}", Ok("}"));
    }

    #[test]
    fn an_escaped_directive_is_text() {
        check("\\{{#include a.rs:c}}", Ok("{{#include a.rs:c}}"));
    }

    #[test]
    fn what_cannot_be_included_is_an_error() {
        check("{{#include ../../demo/b.rs:c}}", Err("demo/b.rs cannot be read: entity not found"));
        check("{{#include ../../demo/a.rs:8:99}}", Err("the file has only 9 lines"));
        check("{{#include ../../../etc/passwd}}", Err("this path leads out of the project"));
        check("{{#include /etc/passwd}}", Err("this path leads out of the project"));
        check("{{#include}}", Err("this include names no file"));
        check("see {{#include a.rs}}", Err("an include must stand alone on its line"));
        check("{{#playground a.rs}}", Err("`{{#playground}}` is not supported on slides"));
    }

    #[test]
    fn every_line_remembers_where_it_was_written() {
        let files = BTreeMap::from([("demo/a.rs", RUST)]);
        let line = lines_of(Path::new("slides/src/c.md"), "{{#include ../../demo/a.rs:c}}").remove(0);
        let expanded = Includes::new(&files).expand(line, &mut Diagnostics::default());
        assert_eq!(expanded[0].place.file, Path::new("demo/a.rs"));
        assert_eq!(expanded[0].place.line, 4);
    }
}
