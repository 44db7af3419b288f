//! Named regions of a file: the lines between `ANCHOR: name` and `ANCHOR_END: name`, as mdBook writes them.
//! mdBook takes a missing anchor for an empty text; here every way to lose one is an error.

use std::{collections::BTreeMap, ops::Range};

use super::Line;
use crate::diagnostic::Diagnostic;

/// The regions of one file.
#[derive(Debug, Default)]
pub struct Anchors {
    regions: BTreeMap<String, Region>,
    faults: Vec<Fault>,
}

#[derive(Debug)]
struct Region {
    /// Index of the line that opens it.
    start: usize,
    /// Index of the line that closes it.
    end: Option<usize>,
}

#[derive(Debug)]
struct Fault {
    name: String,
    diagnostic: Diagnostic,
}

enum Tag<'a> {
    Open(&'a str),
    Close(&'a str),
}

impl Anchors {
    /// Finds all regions of a file.
    pub fn find(lines: &[Line]) -> Self {
        let mut anchors = Self::default();
        for (index, line) in lines.iter().enumerate() {
            match tag(&line.text) {
                Some(Tag::Open(name)) => anchors.open(name, index, line),
                Some(Tag::Close(name)) => anchors.close(name, index, line),
                None => {}
            }
        }
        anchors
    }

    /// The lines of one region, without the lines that open and close this or any other.
    ///
    /// # Errors
    /// What is wrong with the region, said at the region if it exists and at `directive` if it does not.
    pub fn region(&self, name: &str, lines: &[Line], directive: &Line) -> Result<Vec<Line>, Diagnostic> {
        let range = self.range(name, lines, directive)?;
        let inside = without_tags(&lines[range.clone()]);
        if inside.iter().all(|line| line.text.trim().is_empty()) {
            let opening = &lines[range.start - 1];
            return Err(Diagnostic::new(opening, format!("anchor `{name}` encloses no text"))
                .help("move the two ANCHOR lines around the code that belongs on the slide"));
        }
        Ok(inside)
    }

    /// Where a region stands among `lines`: the indices of all lines between the two that open and close it.
    ///
    /// # Errors
    /// As those of [`Anchors::region`].
    pub fn range(&self, name: &str, lines: &[Line], directive: &Line) -> Result<Range<usize>, Diagnostic> {
        if let Some(fault) = self.faults.iter().find(|fault| fault.name == name) {
            return Err(fault.diagnostic.clone());
        }
        let Some(region) = self.regions.get(name) else {
            return Err(self.missing(name, directive));
        };
        let Some(end) = region.end else {
            let opening = &lines[region.start];
            return Err(Diagnostic::new(opening, format!("anchor `{name}` is never closed"))
                .help(format!("add a line with `ANCHOR_END: {name}` below the region")));
        };
        Ok(region.start + 1..end)
    }

    fn open(&mut self, name: &str, index: usize, line: &Line) {
        if self.regions.contains_key(name) {
            let message = format!("anchor `{name}` is opened a second time in this file");
            let diagnostic = Diagnostic::new(line, message).help("every anchor of a file needs its own name");
            self.faults.push(Fault { name: name.to_owned(), diagnostic });
        } else {
            self.regions.insert(name.to_owned(), Region { start: index, end: None });
        }
    }

    fn close(&mut self, name: &str, index: usize, line: &Line) {
        match self.regions.get_mut(name) {
            Some(region) if region.end.is_none() => region.end = Some(index),
            _ => {
                let message = format!("anchor `{name}` is closed here but not open");
                let diagnostic =
                    Diagnostic::new(line, message).suggest(name, self.regions.keys().map(String::as_str));
                self.faults.push(Fault { name: name.to_owned(), diagnostic });
            }
        }
    }

    fn missing(&self, name: &str, directive: &Line) -> Diagnostic {
        let names: Vec<_> = self.regions.keys().map(String::as_str).collect();
        let diagnostic = Diagnostic::new(directive, format!("there is no anchor `{name}`"))
            .at(name)
            .suggest(name, names.iter().copied());
        match (&diagnostic.help, names.is_empty()) {
            (Some(_), _) => diagnostic,
            (None, true) => diagnostic.help("the file has no anchors"),
            (None, false) => diagnostic.help(format!("the file has: {}", names.join(", "))),
        }
    }
}

/// The lines that are not anchor comments.
pub fn without_tags(lines: &[Line]) -> Vec<Line> {
    lines.iter().filter(|line| !is_tag(&line.text)).cloned().collect()
}

/// Whether a line opens or closes a region.
pub fn is_tag(line: &str) -> bool {
    tag(line).is_some()
}

fn tag(line: &str) -> Option<Tag<'_>> {
    let name = |rest: &'_ str| rest.split_whitespace().next().map(str::len);
    // The end is looked for first: it must not be taken for an opening.
    if let Some((_, rest)) = line.split_once("ANCHOR_END:") {
        let rest = rest.trim_start();
        return name(rest).map(|length| Tag::Close(&rest[..length]));
    }
    let (_, rest) = line.split_once("ANCHOR:")?;
    let rest = rest.trim_start();
    name(rest).map(|length| Tag::Open(&rest[..length]))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::lines_of;

    #[track_caller]
    fn check(text: &str, name: &str, expected: Result<&str, &str>) {
        let lines = lines_of(Path::new("a.rs"), text);
        let directive = &lines_of(Path::new("c.md"), &format!("{{{{#include a.rs:{name}}}}}"))[0];
        let found = Anchors::find(&lines).region(name, &lines, directive);
        let text =
            found.map(|lines| lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("|"));
        assert_eq!(text.as_deref().map_err(|error| error.message.as_str()), expected);
    }

    #[test]
    fn a_region_is_what_stands_between_its_two_lines() {
        check("x\n// ANCHOR: a\ny\n// ANCHOR_END: a\nz", "a", Ok("y"));
    }

    #[test]
    fn comments_of_inner_regions_are_left_out() {
        check("# ANCHOR: a\ny\n# ANCHOR: b\nz\n# ANCHOR_END: b\n# ANCHOR_END: a", "a", Ok("y|z"));
    }

    #[test]
    fn a_comment_may_go_on_after_the_name() {
        check("/* ANCHOR: a */\ny\n/* ANCHOR_END: a */", "a", Ok("y"));
    }

    #[test]
    fn every_way_to_lose_a_region_is_an_error() {
        check("y", "a", Err("there is no anchor `a`"));
        check("// ANCHOR: a\ny", "a", Err("anchor `a` is never closed"));
        check("// ANCHOR: a\n\n// ANCHOR_END: a", "a", Err("anchor `a` encloses no text"));
        check("y\n// ANCHOR_END: a", "a", Err("anchor `a` is closed here but not open"));
        check(
            "// ANCHOR: a\ny\n// ANCHOR_END: a\n// ANCHOR: a\nz\n// ANCHOR_END: a",
            "a",
            Err("anchor `a` is opened a second time in this file"),
        );
    }

    #[test]
    fn a_missing_name_suggests_the_nearest() {
        let lines = lines_of(Path::new("a.rs"), "// ANCHOR: add_one\ny\n// ANCHOR_END: add_one");
        let directive = &lines_of(Path::new("c.md"), "{{#include a.rs:add_oen}}")[0];
        let error = Anchors::find(&lines).region("add_oen", &lines, directive).unwrap_err();
        assert_eq!(error.help.as_deref(), Some("did you mean `add_one`?"));
    }
}
