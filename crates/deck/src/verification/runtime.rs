//! Which Python runs the cells.

use crate::model::Cell;

/// Which Python runs the cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runtime {
    /// The project's.
    Python,
    /// That of readers' browsers.
    Pyodide(PyodideHost),
}

/// What runs Pyodide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PyodideHost {
    /// Node, which is there wherever slides are made.
    Node,
    /// Chromium, in the worker that readers' browsers run.
    Chromium,
}

impl Runtime {
    /// Why a cell does not run there, if its author says so.
    pub fn refusal(self, cell: &Cell) -> Option<&str> {
        cell.browser_refusal().filter(|_| self != Self::Python)
    }
}
