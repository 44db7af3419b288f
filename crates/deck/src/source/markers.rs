//! The marker pairs of mdbook-presentation-preprocessor: `$slides-only$`, `$web-only$` and `$notes$`, and one of our own,
//! `$shared-notes$`; each is closed by its `…-end$`. They are read on the chapter's own text, before includes, and never
//! inside code.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::Line;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Who sees a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The slides and the handout.
    Everyone,
    /// Only the slides.
    Slides,
    /// Only the handout.
    Web,
    /// Only the speaker.
    Speaker,
    /// The speaker says it, and the handout prints it.
    Shared,
    /// Nobody: the line is a marker.
    Nobody,
}

impl Audience {
    /// Whether the line stands on a slide.
    pub fn is_on_slides(self) -> bool {
        matches!(self, Self::Everyone | Self::Slides)
    }

    /// Whether the line stands in the handout, which has the slides' own parts, too: its reader may switch to them.
    pub fn is_in_handout(self) -> bool {
        matches!(self, Self::Everyone | Self::Slides | Self::Web | Self::Shared)
    }

    /// Whether the line is spoken.
    pub fn is_spoken(self) -> bool {
        matches!(self, Self::Speaker | Self::Shared)
    }
}

/// Opening marker, closing marker, and who sees what stands between them. The preprocessor knows the first three; no other may
/// contain one of those, because it replaces them wherever they stand.
const PAIRS: [(&str, &str, Audience); 4] = [
    ("$slides-only$", "$slides-only-end$", Audience::Slides),
    ("$web-only$", "$web-only-end$", Audience::Web),
    ("$notes$", "$notes-end$", Audience::Speaker),
    ("$shared-notes$", "$shared-notes-end$", Audience::Shared),
];

/// The markers that the preprocessor replaces, opening and closing, each with who sees what stands between.
pub fn replaced_markers() -> impl Iterator<Item = (&'static str, Audience)> {
    PAIRS[..3].iter().flat_map(|(opening, closing, audience)| [(*opening, *audience), (*closing, *audience)])
}

/// Says for each line who sees it; `code` says which lines are of a code block, where nothing is a marker. Markers that are
/// not closed, not opened, or cross each other are reported.
pub fn audiences(lines: &[Line], code: &[bool], diagnostics: &mut Diagnostics) -> Vec<Audience> {
    let mut open: Option<(usize, usize)> = None;
    let mut audiences = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let marker = if code[index] { None } else { marker(line, diagnostics) };
        let audience = match (marker, open) {
            (None, None) => Audience::Everyone,
            (None, Some((pair, _))) => PAIRS[pair].2,
            (Some(Marker::Open(pair)), None) => {
                open = Some((pair, index));
                Audience::Nobody
            }
            (Some(Marker::Close(pair)), Some((opened, _))) if opened == pair => {
                open = None;
                Audience::Nobody
            }
            (Some(_), _) => {
                diagnostics.push(misplaced(line, open.map(|(pair, at)| (pair, &lines[at]))));
                Audience::Nobody
            }
        };
        audiences.push(audience);
    }
    if let Some((pair, at)) = open {
        let (opening, closing, _) = PAIRS[pair];
        diagnostics.push(
            Diagnostic::new(&lines[at], format!("`{opening}` is never closed"))
                .help(format!("add a line `{closing}` where it ends")),
        );
    }
    audiences
}

#[derive(Clone, Copy)]
enum Marker {
    Open(usize),
    Close(usize),
}

fn marker(line: &Line, diagnostics: &mut Diagnostics) -> Option<Marker> {
    let text = line.text.trim();
    for (index, (opening, closing, _)) in PAIRS.iter().enumerate() {
        if text == *opening {
            return Some(Marker::Open(index));
        }
        if text == *closing {
            return Some(Marker::Close(index));
        }
        if let Some(found) = [opening, closing].into_iter().find(|name| is_bare(&line.text, name)) {
            diagnostics
                .push(Diagnostic::new(line, format!("`{found}` must stand alone on its line")).at(found));
        }
    }
    None
}

/// Whether a line names a marker outside of inline code.
fn is_bare(text: &str, name: &str) -> bool {
    text.contains(name)
        && Parser::new(text).any(|event| matches!(event, Event::Text(text) if text.contains(name)))
}

fn misplaced(line: &Line, open: Option<(usize, &Line)>) -> Diagnostic {
    let found = line.text.trim();
    match open {
        None => Diagnostic::new(line, format!("`{found}` closes nothing")),
        Some((pair, opening)) => {
            Diagnostic::new(line, format!("`{found}` stands inside `{}`", PAIRS[pair].0))
                .help(format!("first close the one of line {} with `{}`", opening.place.line, PAIRS[pair].1))
        }
    }
}

/// Which lines belong to a code block: what looks like a marker or a directive there is part of the code.
pub fn code_lines(lines: &[Line]) -> Vec<bool> {
    let mut starts = Vec::with_capacity(lines.len());
    let mut text = String::new();
    for line in lines {
        starts.push(text.len());
        text.push_str(&line.text);
        text.push('\n');
    }
    let mut code = vec![false; lines.len()];
    let mut start = None;
    for (event, range) in Parser::new(&text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => start = Some(range.start),
            Event::End(TagEnd::CodeBlock) => {
                let from = start.take().unwrap_or(range.start);
                let first = starts.partition_point(|at| *at <= from).saturating_sub(1);
                let last = starts.partition_point(|at| *at < range.end);
                code[first..last].fill(true);
            }
            _ => {}
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::lines_of;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, &str>) {
        let mut diagnostics = Diagnostics::default();
        let lines = lines_of(Path::new("c.md"), text);
        let audiences = audiences(&lines, &code_lines(&lines), &mut diagnostics);
        let letters: String = audiences
            .iter()
            .map(|audience| match audience {
                Audience::Everyone => 'e',
                Audience::Slides => 's',
                Audience::Web => 'w',
                Audience::Speaker => 'n',
                Audience::Shared => 'h',
                Audience::Nobody => '.',
            })
            .collect();
        let result = diagnostics.finish(letters).map_err(|errors| errors[0].message.clone());
        assert_eq!(result.as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn each_pair_says_who_sees_what_stands_between() {
        check("a\n$slides-only$\nb\n$slides-only-end$\nc", Ok("e.s.e"));
        check("$web-only$\nb\n$web-only-end$", Ok(".w."));
        check("$notes$\nb\n$notes-end$", Ok(".n."));
        check("$shared-notes$\nb\n$shared-notes-end$", Ok(".h."));
    }

    #[test]
    fn what_the_preprocessor_does_not_know_contains_nothing_that_it_replaces() {
        for (opening, closing, _) in &PAIRS[3..] {
            for (known, _) in replaced_markers() {
                assert!(!opening.contains(known) && !closing.contains(known), "{opening} contains {known}");
            }
        }
    }

    #[test]
    fn markers_inside_code_are_text() {
        check("```text\n$notes$\n```\nuse `$notes$` so", Ok("eeee"));
        check("    $notes$\n", Ok("e"));
    }

    #[test]
    fn an_arrow_of_a_comment_inside_notes_is_text() {
        check("$notes$\na --> b\n$notes-end$", Ok(".n."));
    }

    #[test]
    fn unclosed_and_crossing_markers_are_errors() {
        check("$notes$\nb", Err("`$notes$` is never closed"));
        check("b\n$notes-end$", Err("`$notes-end$` closes nothing"));
        check("$notes$\n$web-only$\n$notes-end$", Err("`$web-only$` stands inside `$notes$`"));
        check("$notes$ b", Err("`$notes$` must stand alone on its line"));
    }
}
