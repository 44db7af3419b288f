//! What has to run so that one cell can run: data for the session's thread, made from the deck and the edits.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    model::{Cell, Deck, Limits, Snippet},
    protocol::{CellState, Status},
    replay,
};

/// One cell as it is to be run.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its id.
    pub cell: String,
    /// All of its code: hidden lines, and the edited text in place of the shown one.
    pub source: String,
    /// Bounds of the run.
    pub limits: Limits,
    /// It must end with an error.
    pub expect_error: bool,
}

/// A cell with what it builds on.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What must have run in the session; what has run there with the same source is skipped.
    pub before: Vec<Step>,
    /// What was asked for.
    pub asked: Step,
    /// Somebody wants it to end.
    pub stop: Stop,
}

/// A wish to stop that also holds between two steps, where no cell could hear it.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Plan {
    /// The plan for a cell; none if the deck has no such cell.
    pub fn new(deck: &Deck, cells: &BTreeMap<String, CellState>, id: &str) -> Option<Self> {
        let asked = deck.cell(id).filter(|cell| cell.shares_session())?;
        let step = |cell| Step::new(cell, edited(cells, cell));
        Some(Self {
            before: replay::before(deck, id).into_iter().map(step).collect(),
            asked: step(asked),
            stop: Stop::default(),
        })
    }
}

impl Plan {
    /// A plan that imports `module`, and prepares for a cell, if there is one.
    pub fn trial(deck: &Deck, cells: &BTreeMap<String, CellState>, module: &str, next: Option<&str>) -> Self {
        let before = next.and_then(|next| Self::new(deck, cells, next)).map(|plan| plan.before);
        let import = Step {
            cell: "import".to_owned(),
            // The cells' names stay as they would be without it, and nothing is echoed.
            source: format!("__import__({module:?})\nNone\n"),
            limits: Limits::default(),
            expect_error: false,
        };
        Self { before: before.unwrap_or_default(), asked: import, stop: Stop::default() }
    }
}

impl Step {
    fn new(cell: &Cell, edited: Option<&str>) -> Self {
        let source = edited.map_or_else(|| cell.snippet.source(), |text| with_hidden(&cell.snippet, text));
        Self { cell: cell.id.clone(), source, limits: cell.limits, expect_error: cell.expect_error }
    }

    /// Whether it ended as its author says that it must.
    pub fn is_expected(&self, status: Status) -> bool {
        status == if self.expect_error { Status::Error } else { Status::Ok }
    }
}

impl Stop {
    /// Says that it shall end.
    pub fn ask(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether it shall end.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

fn edited<'a>(cells: &'a BTreeMap<String, CellState>, cell: &Cell) -> Option<&'a str> {
    cells.get(&cell.id)?.edited.as_deref()
}

/// The edited text between the hidden lines above and below the shown ones. Hidden lines among the shown ones belong to
/// the text that was edited, and go with it.
fn with_hidden(snippet: &Snippet, edited: &str) -> String {
    let (above, below) = snippet.around();
    let end = if edited.is_empty() || edited.ends_with('\n') { "" } else { "\n" };
    format!("{above}{edited}{end}{below}")
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::model::{CodeLine, Place};

    #[track_caller]
    fn check(lines: &[&str], edited: &str, expected: &str) {
        let line = |text: &&str| CodeLine {
            text: text.trim_start_matches('~').to_owned(),
            hidden: text.starts_with('~'),
        };
        let snippet = Snippet {
            language: "python".to_owned(),
            lines: lines.iter().map(line).collect(),
            steps: Vec::new(),
            origin: None,
            place: Place { file: PathBuf::new(), line: 1 },
        };
        assert_eq!(with_hidden(&snippet, edited), expected);
    }

    #[test]
    fn hidden_lines_around_the_shown_ones_stay() {
        check(&["~a", "b", "~c"], "B", "a\nB\nc\n");
        check(&["~a", "~b", "c", "~d", "e"], "C\n", "a\nb\nC\n");
        check(&["a"], "", "");
        check(&["~a", "~b"], "C", "a\nb\nC\n");
    }
}
