//! Panics of Rust in what a process wrote to its error output. `web/src/output/panic.ts` does the same in the browser;
//! `panics.json` tests both.

use std::sync::LazyLock;

use maud::{Markup, html};
use regex_lite::Regex;

use super::pieces::Piece;

/// The first line of a panic: who, where, and the rest.
const HEAD: &str = r"(?s)^(thread '.*?'(?: \(\d+\))? panicked at )(\S.*:\d+:\d+)(:\n?)$";

/// A part of error output.
enum Written {
    Text(String),
    Panic(Vec<Piece>),
}

/// Error output; a panic of Rust stands in a pane of its own. `page` tells the address of a place such as `src/errors.rs:31:5`,
/// if the site has a page for it.
pub fn error_output(text: &str, page: &dyn Fn(&str, u32) -> Option<String>) -> Markup {
    html! {
        pre.stream.stderr {
            @for part in panics(text) {
                @match part {
                    Written::Text(text) => (text),
                    Written::Panic(pieces) => span.panic data-language="rust" {
                        @for (part, text) in &pieces { (piece(part, text, page)) }
                    },
                }
            }
        }
    }
}

fn piece(part: &str, text: &str, page: &dyn Fn(&str, u32) -> Option<String>) -> Markup {
    let address =
        if part == "place" { file_and_line(text).and_then(|(file, line)| page(file, line)) } else { None };
    html! {
        @match address {
            Some(address) => a class=(format!("pn-{part}")) href=(address) { (text) },
            None => span class=(format!("pn-{part}")) { (text) },
        }
    }
}

/// Finds the panics. No character is lost.
fn panics(text: &str) -> Vec<Written> {
    let mut found = Vec::new();
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        // Rust writes an empty line before a panic, to set it apart.
        let has_gap = line == "\n" && lines.peek().is_some_and(|next| head(next).is_some());
        let first = if has_gap { lines.next().unwrap_or_default() } else { line };
        let Some([who, place, end]) = head(first) else {
            match found.last_mut() {
                Some(Written::Text(text)) => text.push_str(line),
                _ => found.push(Written::Text(line.to_owned())),
            }
            continue;
        };
        let gap = if has_gap { "\n" } else { "" };
        let mut message = String::new();
        while let Some(line) = lines.next_if(|line| !is_end(line)) {
            message.push_str(line);
        }
        let note = lines.next_if(|line| is_advice(line)).unwrap_or_default();
        let pieces = [
            ("gap", gap),
            ("head", who),
            ("place", place),
            ("head", end),
            ("message", &message),
            ("note", note),
        ];
        let pieces = pieces.into_iter().filter(|(_, text)| !text.is_empty());
        found.push(Written::Panic(pieces.map(|(part, text)| (part, text.to_owned())).collect()));
    }
    found
}

/// The first line of a panic: who, where, and the rest.
fn head(line: &str) -> Option<[&str; 3]> {
    static COMPILED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(HEAD).ok());
    let groups = COMPILED.as_ref()?.captures(line)?;
    Some([1, 2, 3].map(|index| groups.get(index).map_or("", |group| group.as_str())))
}

fn is_advice(line: &str) -> bool {
    line.starts_with("note: run with `RUST_BACKTRACE=")
}

/// The message ends where the advice begins, with an empty line or with the next panic.
fn is_end(line: &str) -> bool {
    ["\n", "stack backtrace:\n"].contains(&line) || is_advice(line) || head(line).is_some()
}

/// The file and the line of a place such as `src/errors.rs:31:5`.
fn file_and_line(place: &str) -> Option<(&str, u32)> {
    let (file, line) = place.rsplit_once(':')?.0.rsplit_once(':')?;
    Some((file, line.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn panics_have_the_parts_that_they_have_in_the_browser() {
        let examples: Vec<Value> =
            serde_json::from_str(include_str!("../../../../web/test/panics.json")).unwrap();
        assert!(!examples.is_empty());
        for example in examples {
            let found: Vec<Value> = panics(example["text"].as_str().unwrap())
                .iter()
                .map(|part| match part {
                    Written::Text(text) => json!(["text", text]),
                    Written::Panic(pieces) => std::iter::once(json!("panic"))
                        .chain(pieces.iter().map(|piece| json!(piece)))
                        .collect(),
                })
                .collect();
            assert_eq!(Value::from(found), example["parts"], "{}", example["name"]);
        }
    }

    #[track_caller]
    fn check(page: Option<&str>, expected: &str) {
        let html = error_output("thread 'main' panicked at src/a.rs:31:5:\nno\n", &|file, line| {
            assert_eq!((file, line), ("src/a.rs", 31));
            page.map(str::to_owned)
        });
        let place = html.into_string();
        let (_, place) = place.split_once("panicked at </span>").unwrap();
        assert_eq!(place.split_once("<span class=\"pn-head\">").unwrap().0, expected);
    }

    #[test]
    fn a_place_is_a_link_where_the_site_has_a_page_for_it() {
        check(
            Some("source/a.html#L31"),
            "<a class=\"pn-place\" href=\"source/a.html#L31\">src/a.rs:31:5</a>",
        );
        check(None, "<span class=\"pn-place\">src/a.rs:31:5</span>");
    }
}
