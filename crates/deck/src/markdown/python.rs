//! A block of Python that runs.

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    model::{CellKind, CodeLine, PythonCell, Snippet},
    source::Line,
};

/// Makes a cell of Python of a block whose fence stands on `line`.
pub fn kind(python: PythonCell, snippet: &Snippet, line: &Line, diagnostics: &mut Diagnostics) -> CellKind {
    let shown = |code: &CodeLine| !code.hidden;
    let ends = snippet.lines.iter().position(shown).zip(snippet.lines.iter().rposition(shown));
    if ends.is_some_and(|(first, last)| snippet.lines[first..=last].iter().any(|code| code.hidden)) {
        diagnostics.push(
            Diagnostic::new(line, "a hidden line stands between shown ones in a live cell").help(
                "move hidden lines to the cell's beginning or end: what is shown is edited as one text",
            ),
        );
    }
    CellKind::Python(python)
}
