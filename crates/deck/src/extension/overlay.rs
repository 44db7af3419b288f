//! Puts what was edited on stage in the place of regions of the demo crate's files.

use std::{ops::Range, path::Path};

use super::source_map::{Origin, Shown, SourceMap};
use crate::{
    diagnostic::Diagnostic,
    model::{Location, Region},
    source::{Anchors, Line, is_tag, lines_of, shared_indent},
};

/// The regions that slides show, with what was edited in them. All edits together make one crate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlay {
    /// In the order of the talk.
    pub regions: Vec<LiveRegion>,
}

/// A region that a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveRegion {
    /// The cell.
    pub cell: String,
    /// Where it stands.
    pub region: Region,
    /// What the cell has in its place, without the indentation of the file; nothing for what the file has.
    pub text: Option<String>,
}

/// A file with its edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// What is compiled.
    pub text: String,
    /// From there back to cells and file.
    pub map: SourceMap,
}

impl Overlay {
    /// The file with the edits of its regions in place. Lines that open and close a region stay; those of regions
    /// within an edited one go.
    ///
    /// # Errors
    /// Regions that the file does not have, and edits of the same lines.
    pub fn apply(&self, file: &Path, text: &str) -> Result<Applied, Vec<Diagnostic>> {
        let lines = lines_of(file, text);
        let anchors = Anchors::find(&lines);
        let regions = self.regions.iter().filter(|live| live.region.file == file);
        let (placed, faults): (Vec<_>, Vec<_>) =
            regions.map(|live| Placed::find(live, &anchors, &lines)).partition(Result::is_ok);
        let faults: Vec<_> = faults.into_iter().filter_map(Result::err).collect();
        let placed: Vec<_> = placed.into_iter().filter_map(Result::ok).collect();
        if faults.is_empty() { Ok(merge(text, edits(&placed, &lines)?, &placed)) } else { Err(faults) }
    }
}

/// A region that was found in its file.
struct Placed<'a> {
    cell: &'a str,
    /// Indices of the lines between those that open and close it.
    range: Range<usize>,
    /// Indices of those that are shown.
    shown: Vec<usize>,
    /// What the slide leaves out of every line that is not empty.
    indent: &'a str,
    /// What was written in its place.
    edit: Option<&'a str>,
}

impl<'a> Placed<'a> {
    fn find(live: &'a LiveRegion, anchors: &Anchors, lines: &'a [Line]) -> Result<Self, Diagnostic> {
        let place = Location { file: live.region.file.clone(), line: 1 };
        let named = Line { text: live.region.label(), place };
        let range = anchors.range(&live.region.anchor, lines, &named)?;
        let shown: Vec<_> = range.clone().filter(|index| !is_tag(&lines[*index].text)).collect();
        let texts = || shown.iter().map(|index| lines[*index].text.as_str());
        let width = shared_indent(texts());
        let first = texts().find(|text| !text.trim().is_empty()).unwrap_or_default();
        let indent = &first[..width];
        let dedented = texts().map(|text| &text[left_out(text, width)..]);
        let edit = live.text.as_deref().filter(|text| !written(text).eq(dedented.clone()));
        Ok(Self { cell: &live.cell, range, shown, indent, edit })
    }

    /// How the cell shows a line of the file, if it does.
    fn shows(&self, index: usize, text: &str) -> Option<Shown> {
        self.shown.binary_search(&index).ok().map(|line| self.line(line, text))
    }

    /// How the cell shows its line with this index, which stands in the file as `text`.
    fn line(&self, index: usize, text: &str) -> Shown {
        let dedent = left_out(text, self.indent.len());
        let width = text[dedent..].chars().count();
        Shown { cell: self.cell.to_owned(), line: number(index), dedent: count(dedent), width: count(width) }
    }
}

/// How many blanks a slide leaves out of a line when it leaves out `indent` where it can.
fn left_out(text: &str, indent: usize) -> usize {
    indent.min(text.len() - text.trim_start_matches([' ', '\t']).len())
}

/// The lines of an edited text, which need not end its last one.
fn written(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line))
}

/// The number of the line with this index.
fn number(index: usize) -> u32 {
    count(index + 1)
}

/// Files of more than four thousand million lines or columns have none of this.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The regions that were edited, in the order of the file.
fn edits<'p, 'a>(placed: &'p [Placed<'a>], lines: &[Line]) -> Result<Vec<&'p Placed<'a>>, Vec<Diagnostic>> {
    let mut edited: Vec<_> = placed.iter().filter(|region| region.edit.is_some()).collect();
    edited.sort_by_key(|region| (region.range.start, region.range.end));
    edited.dedup_by(|one, other| one.range == other.range && one.edit == other.edit);
    let clashes = edited.windows(2).filter(|pair| pair[1].range.start < pair[0].range.end);
    let faults: Vec<_> = clashes
        .map(|pair| {
            let opening = &lines[pair[1].range.start - 1];
            let message = format!("cells `{}` and `{}` both change this code", pair[0].cell, pair[1].cell);
            Diagnostic::new(opening, message).help("put one of the two back to what the file has")
        })
        .collect();
    if faults.is_empty() { Ok(edited) } else { Err(faults) }
}

fn merge(text: &str, edits: Vec<&Placed>, placed: &[Placed]) -> Applied {
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    let mut merged = Merged::default();
    let mut next = 0;
    for edit in edits {
        merged.keep(&lines, next..edit.range.start, placed);
        merged.replace(edit, line_end(lines[edit.range.start - 1]));
        next = edit.range.end;
    }
    merged.keep(&lines, next..lines.len(), placed);
    Applied { text: merged.text, map: SourceMap::new(merged.origins) }
}

fn line_end(line: &str) -> &'static str {
    if line.ends_with("\r\n") { "\r\n" } else { "\n" }
}

#[derive(Default)]
struct Merged {
    text: String,
    origins: Vec<Origin>,
}

impl Merged {
    fn keep(&mut self, lines: &[&str], range: Range<usize>, placed: &[Placed]) {
        for index in range {
            let text = lines[index].trim_end_matches(['\n', '\r']);
            // Of regions within each other, the innermost one shows the least around it.
            let shown = placed
                .iter()
                .filter_map(|region| Some((region.range.len(), region.shows(index, text)?)))
                .min_by_key(|(length, _)| *length);
            self.origins.push(Origin { line: number(index), shown: shown.map(|(_, shown)| shown) });
            self.text.push_str(lines[index]);
        }
    }

    fn replace(&mut self, region: &Placed, line_end: &str) {
        let last = region.range.end.saturating_sub(1);
        for (index, line) in written(region.edit.unwrap_or_default()).enumerate() {
            let indent = if line.is_empty() { "" } else { region.indent };
            let text = format!("{indent}{line}");
            let shown = Some(region.line(index, &text));
            self.origins.push(Origin { line: number((region.range.start + index).min(last)), shown });
            self.text.extend([text.as_str(), line_end]);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;
    use crate::protocol::{Point, Spotted};

    const FILE: &str = "demo_crate/src/a.rs";

    /// A region, named as its cell is, with its new text.
    fn region(name: &str, text: Option<&str>) -> LiveRegion {
        let region = Region { file: PathBuf::from(FILE), anchor: name.to_owned() };
        LiveRegion { cell: name.to_owned(), region, text: text.map(str::to_owned) }
    }

    fn apply(text: &str, regions: &[LiveRegion]) -> Result<Applied, Vec<Diagnostic>> {
        Overlay { regions: regions.to_vec() }.apply(Path::new(FILE), text)
    }

    /// Every line of the result, with where it comes from: `a2` is the second line of cell `a`, `2` is one on disk.
    fn lines(applied: &Applied) -> Vec<String> {
        let origin = |line: usize| {
            let at = Point { line: number(line), column: 1 };
            match applied.map.spot(Path::new(FILE), at, at) {
                Spotted::Cell { cell, from, .. } => format!("{cell}{}", from.line),
                Spotted::File { line, .. } => line.to_string(),
            }
        };
        applied.text.lines().enumerate().map(|(line, text)| format!("{} {text}", origin(line))).collect()
    }

    #[track_caller]
    fn check(text: &str, regions: &[LiveRegion], expected: &str) {
        let found = apply(text, regions).map(|applied| lines(&applied).join("|"));
        let found = found.unwrap_or_else(|faults| {
            faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; ")
        });
        assert_eq!(found, expected);
    }

    const TWO: &str = "x\n// ANCHOR: a\ny\n// ANCHOR_END: a\nmod m {\n    // ANCHOR: b\n    if z {\n        1\n    }\n    \
         // ANCHOR_END: b\n}\n";

    #[test]
    fn a_region_is_replaced_and_indented_as_it_was() {
        check(
            TWO,
            &[region("a", None), region("b", Some("w\n\n    2\n"))],
            "1 x|2 // ANCHOR: a|a1 y|4 // ANCHOR_END: a|5 mod m {|6     // ANCHOR: b|b1     w|b2 |b3         2|\
             10     // ANCHOR_END: b|11 }",
        );
    }

    #[test]
    fn edits_of_one_file_compose() {
        check(
            TWO,
            &[region("b", Some("w")), region("a", Some("1\n2\n3"))],
            "1 x|2 // ANCHOR: a|a1 1|a2 2|a3 3|4 // ANCHOR_END: a|5 mod m {|6     // ANCHOR: b|b1     w|\
             10     // ANCHOR_END: b|11 }",
        );
    }

    const NESTED: &str = "// ANCHOR: a\n1\n// ANCHOR: b\n2\n// ANCHOR_END: b\n3\n// ANCHOR_END: a\n// ANCHOR: c\n4\n// ANCHOR_END: c\n";

    #[test]
    fn regions_within_an_edited_one_go() {
        check(
            NESTED,
            &[region("b", None), region("a", Some("x"))],
            "1 // ANCHOR: a|a1 x|7 // ANCHOR_END: a|8 // ANCHOR: c|9 4|10 // ANCHOR_END: c",
        );
    }

    #[test]
    fn an_inner_edit_moves_nothing_of_the_outer_cell() {
        check(
            NESTED,
            &[region("a", None), region("b", Some("x\ny"))],
            "1 // ANCHOR: a|a1 1|3 // ANCHOR: b|b1 x|b2 y|5 // ANCHOR_END: b|a3 3|7 // ANCHOR_END: a|8 // ANCHOR: c|9 4|\
             10 // ANCHOR_END: c",
        );
    }

    #[test]
    fn two_edits_of_the_same_lines_are_refused() {
        let clash = "cells `a` and `b` both change this code";
        check(NESTED, &[region("a", Some("x")), region("b", Some("y"))], clash);
    }

    #[test]
    fn an_anchor_that_is_gone_is_said() {
        check("x\n", &[region("a", Some("y"))], "there is no anchor `a`");
        check("// ANCHOR: a\ny\n", &[region("a", None)], "anchor `a` is never closed");
    }

    #[test]
    fn the_files_line_ends_stay() {
        let file = "// ANCHOR: a\r\ny\r\n// ANCHOR_END: a\r\nz";
        let applied = apply(file, &[region("a", Some("1\n2"))]).unwrap();
        assert_eq!(applied.text, "// ANCHOR: a\r\n1\r\n2\r\n// ANCHOR_END: a\r\nz");
    }

    fn code() -> impl Strategy<Value = Vec<String>> {
        let line = prop_oneof![Just(String::new()), "[ \t]{0,3}[a-zé{}]{1,6}"];
        prop::collection::vec(line, 1..6)
    }

    proptest! {
        #[test]
        fn every_line_of_a_cell_is_found_again(
            before in code(), inside in code(), after in code(), indent in "( {0,8}|\t{0,2})", edit in prop::option::of(code()),
        ) {
            let indented = |line: &String| if line.is_empty() { String::new() } else { format!("{indent}{line}") };
            let mut file = before.clone();
            file.push(format!("{indent}// ANCHOR: a"));
            file.extend(inside.iter().map(indented));
            file.push(format!("{indent}// ANCHOR_END: a"));
            file.extend(after.iter().cloned());
            let file = file.join("\n") + "\n";
            let text = edit.as_ref().map(|lines| lines.join("\n") + "\n");
            let applied = apply(&file, &[region("a", text.as_deref())]).unwrap();

            if edit.is_none() {
                prop_assert_eq!(&applied.text, &file);
            }
            let compiled: Vec<_> = applied.text.lines().collect();
            let mut next = 1;
            for (index, line) in compiled.iter().enumerate() {
                let from = Point { line: number(index), column: 1 };
                let to = Point { column: count(line.chars().count() + 1), ..from };
                match applied.map.spot(Path::new(FILE), from, to) {
                    Spotted::Cell { from, to, .. } => {
                        prop_assert_eq!(from.line, next);
                        next += 1;
                        if let Some(edit) = &edit {
                            let shown = &edit[from.line as usize - 1];
                            prop_assert_eq!(to.column as usize, shown.chars().count() + 1);
                            prop_assert!(line.ends_with(shown.as_str()));
                        }
                    }
                    Spotted::File { line: on_disk, .. } => {
                        prop_assert_eq!(*line, file.lines().nth(on_disk as usize - 1).unwrap());
                    }
                }
            }
            let expected = edit.as_ref().map_or(inside.len(), Vec::len);
            prop_assert_eq!(next as usize, expected + 1);
        }
    }
}
