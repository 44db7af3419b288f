//! What rustc says, coloured from its plain text. `web/src/output/rustc.ts` does the same in the browser;
//! `rustc-lines.json` tests both.

use std::{collections::BTreeMap, sync::LazyLock};

use anstream::adapter::strip_str;
use maud::{Markup, html};
use regex_lite::Regex;

use super::pieces::{Piece, drawn};

/// A line of what rustc says.
struct RustcLine {
    /// `prose` may be broken to fit, `code` keeps its columns.
    kind: &'static str,
    pieces: Vec<Piece>,
}

/// A shape of lines: its kind, how it looks, and a part for each of its groups.
type Shape<Look> = (&'static str, Look, &'static [&'static str]);

/// Shapes of lines that need no other line to be understood. The first that fits counts.
const SHAPES: [Shape<&str>; 11] = [
    ("prose", r"(?s)^(error)(\[\w+\])?(: .*)$", &["error", "error", "message"]),
    ("prose", r"(?s)^(warning)(\[\w+\])?(: .*)$", &["warning", "warning", "message"]),
    ("prose", r"(?s)^(note|help)(: .*)$", &["help", "message"]),
    ("code", r"(?s)^( *(?:-->|:::) )(.*)$", &["gutter", "place"]),
    ("prose", r"(?s)^( *= )(note|help|warning)(: .*)$", &["gutter", "help", ""]),
    ("code", r"(?s)^( *\d+ *\|)(.*)$", &["gutter", ""]),
    ("code", r"(?s)^( *\d+ )([+~].*)$", &["gutter", "added"]),
    ("code", r"(?s)^( *\d+ )(-.*)$", &["gutter", "removed"]),
    ("code", r"^(\.\.\.)$", &["gutter"]),
    ("prose", r"(?s)^((?:For more information|Some errors have) .*)$", &["quiet"]),
    ("code", r"(?s)^(.*)$", &[""]),
];

/// rustc's rendering of its findings. Its colours, if it has any, give way to ours.
pub fn rendering(text: &str) -> Markup {
    let plain = strip_str(text).to_string();
    html! {
        pre.compile {
            @for line in lines(&plain) {
                span class=(format!("rc-{}", line.kind)) { (drawn("rc", &line.pieces)) "\n" }
            }
        }
    }
}

fn lines(text: &str) -> Vec<RustcLine> {
    let mut marks = BTreeMap::new();
    let text = text.strip_suffix('\n').unwrap_or(text);
    let lines = text.split('\n').map(|line| match under(line) {
        Some(under) => annotation(line, under, &mut marks),
        None => {
            marks.clear();
            whole(line)
        }
    });
    lines.collect()
}

/// What stands behind the bar of a line without a number.
fn under(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(' ').strip_prefix('|')?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(' ') }
}

fn whole(line: &str) -> RustcLine {
    static COMPILED: LazyLock<Vec<Shape<Regex>>> = LazyLock::new(|| {
        // A test compiles every shape: none is ever left out here.
        SHAPES
            .iter()
            .filter_map(|(kind, look, parts)| Some((*kind, Regex::new(look).ok()?, *parts)))
            .collect()
    });
    let found = COMPILED.iter().find_map(|(kind, look, parts)| {
        let groups = look.captures(line)?;
        let text = |index| groups.get(index + 1).map_or("", |group| group.as_str());
        let found = parts.iter().enumerate().map(|(index, part)| (*part, text(index)));
        Some(RustcLine { kind, pieces: pieces(found) })
    });
    found.unwrap_or(RustcLine { kind: "code", pieces: Vec::new() })
}

/// A line with marks under the line of code above it, and what is said of them: a label takes the part of its marks, on this
/// line or, over a column of `|`, on one before. `marks` are the parts by the column that they begin at.
fn annotation(line: &str, under: &str, marks: &mut BTreeMap<usize, &'static str>) -> RustcLine {
    let mut found = vec![("gutter", &line[..line.len() - under.len()])];
    let (mut at, mut last) = (0, "");
    while let Some(first) = under[at..].chars().next() {
        let rest = &under[at..];
        let length = token(first, rest);
        let (text, mark) = (&rest[..length], mark(first, &rest[length..]));
        if !mark.is_empty() {
            marks.insert(at, mark);
            last = mark;
        }
        let said = if text == "|" { "" } else { last };
        let before = || marks.get(&at).copied().unwrap_or("secondary");
        let part = match (first, mark, said) {
            (' ', ..) => "",
            (_, "", "") => before(),
            (_, "", said) => said,
            (_, mark, _) => mark,
        };
        found.push((part, text));
        at += length;
    }
    RustcLine { kind: "code", pieces: pieces(found) }
}

/// The length in bytes of what `rest` begins with: room, a run of marks, a connection, or a label up to the end.
fn token(first: char, rest: &str) -> usize {
    let run = |same: fn(char) -> bool| rest.find(|other| !same(other)).unwrap_or(rest.len());
    match first {
        ' ' => run(|other| other == ' '),
        '_' => run(|other| other == '_'),
        '^' => run(|other| other == '^'),
        '-' => run(|other| other == '-'),
        '+' | '~' => run(|other| matches!(other, '+' | '~')),
        '|' if rest == "|" || rest.starts_with("| ") => 1,
        _ => rest.len(),
    }
}

/// What a run of marks is; nothing if it is no mark but a connection, a label or room.
fn mark(first: char, next: &str) -> &'static str {
    match first {
        '^' => "primary",
        '_' if next.starts_with('^') => "primary",
        '-' | '_' => "secondary",
        '+' | '~' => "added",
        _ => "",
    }
}

/// Without empty pieces, and neighbours of one part joined.
fn pieces<'a>(found: impl IntoIterator<Item = (&'static str, &'a str)>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for (part, text) in found {
        match joined.last_mut() {
            Some((last, before)) if *last == part => before.push_str(text),
            _ if text.is_empty() => {}
            _ => joined.push((part, text.to_owned())),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn every_shape_compiles() {
        for (_, look, parts) in SHAPES {
            assert_eq!(Regex::new(look).unwrap().captures_len(), parts.len() + 1, "{look}");
        }
    }

    #[test]
    fn lines_have_the_parts_that_they_have_in_the_browser() {
        let examples: Vec<Value> =
            serde_json::from_str(include_str!("../../../../web/test/rustc-lines.json")).unwrap();
        assert!(!examples.is_empty());
        for example in examples {
            let found: Vec<Value> = lines(example["text"].as_str().unwrap())
                .into_iter()
                .map(|line| {
                    std::iter::once(json!(line.kind))
                        .chain(line.pieces.iter().map(|piece| json!(piece)))
                        .collect()
                })
                .collect();
            assert_eq!(Value::from(found), example["lines"], "{}", example["name"]);
        }
    }

    #[test]
    fn colours_of_the_compiler_give_way() {
        let page = rendering("\u{1b}[1m\u{1b}[91merror\u{1b}[0m: no <way>\n").into_string();
        assert_eq!(
            page,
            "<pre class=\"compile\"><span class=\"rc-prose\"><span class=\"rc-error\">error</span>\
             <span class=\"rc-message\">: no &lt;way&gt;</span>\n</span></pre>"
        );
    }
}
