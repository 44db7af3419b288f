//! A block whose last line is traced.

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    model::{CellKind, Snippet, Xray},
    source::Line,
};

/// Makes an X-ray of a block whose fence stands on `line`.
pub fn kind(xray: Xray, snippet: &Snippet, line: &Line, diagnostics: &mut Diagnostics) -> CellKind {
    if let Some((message, help)) = fault(snippet) {
        diagnostics.push(Diagnostic::new(line, message).help(help));
    }
    CellKind::Xray(xray)
}

/// What keeps the last line from being a statement that can be traced, as far as a look at its text tells. The
/// interpreter's own word comes when it is traced.
fn fault(snippet: &Snippet) -> Option<(&'static str, &'static str)> {
    let statement = snippet.statement();
    let hidden =
        snippet.lines.iter().rev().find(|code| !code.text.trim().is_empty()).is_some_and(|code| code.hidden);
    if statement.is_empty() || statement.starts_with('#') {
        return Some(("this X-ray has no statement", "end it with the one line that is to be traced"));
    }
    if hidden {
        return Some((
            "the statement of this X-ray is hidden",
            "show the last line: it is the one that is traced",
        ));
    }
    if statement.starts_with([' ', '\t']) {
        return Some((
            "the last line of this X-ray belongs to the statement above it",
            "end it with one line that can stand alone, e.g. a call",
        ));
    }
    None
}
