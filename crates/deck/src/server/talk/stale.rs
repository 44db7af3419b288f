//! Results that no longer fit the code on the slides.
//!
//! The rule: when a cell's code changes, the results that no longer fit are its own, those of all cells that ran in this
//! session after it first ran (they share one namespace, so any of them may have used what it left there), and those of
//! the cells that build on it by `setup` or `needs`. A cell without a result has nothing to be stale.

use std::collections::BTreeMap;

use crate::{model::Deck, protocol::CellState, replay};

/// The order in which the cells of a session ran.
#[derive(Debug, Default)]
pub struct History {
    clock: u64,
    runs: BTreeMap<String, Turns>,
}

#[derive(Debug, Clone, Copy)]
struct Turns {
    first: u64,
    last: u64,
}

impl History {
    /// A cell is run now.
    pub fn note(&mut self, cell: &str) {
        self.clock += 1;
        let now = self.clock;
        self.runs.entry(cell.to_owned()).or_insert(Turns { first: now, last: now }).last = now;
    }

    /// Forgets everything: the session is a fresh one.
    pub fn clear(&mut self) {
        self.runs.clear();
    }

    fn ran_after(&self, cell: &str, changed: &str) -> bool {
        match (self.runs.get(cell), self.runs.get(changed)) {
            (Some(cell), Some(changed)) => cell.last > changed.first,
            _ => false,
        }
    }
}

/// The cells whose shown results no longer fit after the code of `changed` has changed.
pub fn stale_after(
    changed: &str,
    deck: &Deck,
    history: &History,
    cells: &BTreeMap<String, CellState>,
) -> Vec<String> {
    let builds_on = |id: &str| replay::before(deck, id).iter().any(|cell| cell.id == changed);
    let with_result = cells.iter().filter(|(_, state)| !state.events.is_empty()).map(|(id, _)| id);
    with_result
        .filter(|id| *id == changed || history.ran_after(id, changed) || builds_on(id))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{project::load, protocol::CellEvent};

    const CHAPTER: &str = "# One\n\n```python,live,id=a\n1\n```\n\n```python,live,id=b,needs=a\n2\n```\n\n\
                           ```python,live,id=c\n3\n```\n";

    /// `runs` in the order of running; then `changed` is edited.
    #[track_caller]
    fn check(runs: &[&str], changed: &str, expected: &[&str]) {
        let files = BTreeMap::from([
            ("slides/book.toml", "[book]\ntitle = \"t\"\n"),
            ("slides/src/SUMMARY.md", "- [One](1.md)\n"),
            ("slides/src/1.md", CHAPTER),
        ]);
        let deck = load(&files, None).unwrap();
        let mut history = History::default();
        let mut cells = BTreeMap::new();
        for cell in runs {
            history.note(cell);
            cells.insert(
                (*cell).to_owned(),
                CellState { events: vec![CellEvent::Started], ..Default::default() },
            );
        }
        assert_eq!(stale_after(changed, &deck, &history, &cells), expected);
    }

    #[test]
    fn a_change_makes_the_own_result_stale_and_those_that_came_after() {
        check(&["a", "c"], "a", &["a", "c"]);
        check(&["a", "c"], "c", &["c"]);
        check(&["c", "a"], "a", &["a"]);
    }

    #[test]
    fn a_cell_that_ran_between_two_runs_of_the_changed_one_is_stale_too() {
        check(&["a", "c", "a"], "a", &["a", "c"]);
    }

    #[test]
    fn what_builds_on_the_changed_cell_is_stale_though_that_one_was_never_shown() {
        check(&["b", "c"], "a", &["b"]);
    }

    #[test]
    fn without_results_nothing_is_stale() {
        check(&[], "a", &[]);
    }
}
