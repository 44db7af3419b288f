//! The plan of a run: a cell with all that must have run before it, as data.

use std::collections::BTreeMap;

use crate::{
    model::{Cell, Deck, Limits, Snippet},
    protocol::CellState,
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
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Steps that must have run in the session; one that has run there with the same source is skipped.
    pub before: Vec<Step>,
    /// The step that was asked for.
    pub asked: Step,
}

/// The cells of a stage by their ids: an edited text stands for the deck's. Nothing is edited where there is no stage.
pub type StageCells = BTreeMap<String, CellState>;

impl Plan {
    /// The plan for a cell of the deck.
    pub fn new(deck: &Deck, cell: &Cell, cells: &StageCells) -> Self {
        let step = |cell: &Cell| Step::new(cell, cells);
        Self { before: replay::before(deck, &cell.id).into_iter().map(step).collect(), asked: step(cell) }
    }

    /// The plan for the cell with an id; none if the deck has no such cell.
    pub fn by_id(deck: &Deck, id: &str, cells: &StageCells) -> Option<Self> {
        Some(Self::new(deck, deck.cell(id).filter(|cell| cell.shares_session())?, cells))
    }

    /// A plan that imports `module` and prepares for the cell `next`, if there is one.
    pub fn import(module: &str, deck: &Deck, next: Option<&str>, cells: &StageCells) -> Self {
        let before = next.and_then(|next| Self::by_id(deck, next, cells)).map(|plan| plan.before);
        let import = Step {
            cell: "import".to_owned(),
            // The cells' names stay as they would be without it, and nothing is echoed.
            source: format!("__import__({module:?})\nNone\n"),
            limits: Limits::default(),
            expect_error: false,
        };
        Self { before: before.unwrap_or_default(), asked: import }
    }
}

impl Step {
    fn new(cell: &Cell, cells: &StageCells) -> Self {
        let edited = cells.get(&cell.id).and_then(|state| state.edited.as_deref());
        let source = edited.map_or_else(|| cell.snippet.source(), |text| with_hidden(&cell.snippet, text));
        Self { cell: cell.id.clone(), source, limits: cell.limits, expect_error: cell.expect_error }
    }
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
    use crate::model::{CodeLine, Location};

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
            place: Location { file: PathBuf::new(), line: 1 },
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
