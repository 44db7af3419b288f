//! A runner for each kind of cell.

use anyhow::bail;

use super::{
    interpreters::Interpreters, kind_runner::KindRunner, python::PythonRunner, runtime::Runtime,
    rust::RustRunner, xray::XrayRunner,
};
use crate::{
    model::{Cell, CellKind, Deck},
    project::Project,
    tracer::TraceSource,
};

/// The runners of all kinds.
pub struct Runners<'a> {
    python: PythonRunner<'a>,
    rust: RustRunner<'a>,
    xray: XrayRunner<'a>,
}

impl<'a> Runners<'a> {
    /// Runners that take interpreters and traces from these.
    pub fn new(
        deck: &'a Deck,
        project: &'a Project,
        interpreters: &'a Interpreters,
        traces: &'a dyn TraceSource,
    ) -> Self {
        Self {
            python: PythonRunner::new(deck, interpreters),
            rust: RustRunner::new(project),
            xray: XrayRunner::new(deck, project, traces),
        }
    }

    /// The one for a cell.
    pub fn of(&mut self, cell: &Cell) -> &mut dyn KindRunner {
        match cell.kind {
            CellKind::Python(_) => &mut self.python,
            CellKind::Rust(_) => &mut self.rust,
            CellKind::Xray(_) => &mut self.xray,
        }
    }
}

/// The cells that a user named, or all that are recorded; in Pyodide those of a session alone. Cells of a session come before
/// what the compiler is asked about, and that before X-rays, each in the order of the talk: what is quick is said first.
///
/// # Errors
/// Where there is none with one of the ids.
pub fn chosen<'a>(deck: &'a Deck, ids: &[String], runtime: Runtime) -> anyhow::Result<Vec<&'a Cell>> {
    let here = runtime == Runtime::Python;
    let is_recorded = |cell: &&Cell| cell.shares_session() || (here && (cell.has_run() || cell.has_trace()));
    let mut cells: Vec<_> = deck.cells().filter(is_recorded).collect();
    cells.sort_by_key(|cell| (cell.has_trace(), !cell.shares_session()));
    if let Some(unknown) = ids.iter().find(|id| !cells.iter().any(|cell| cell.id == **id)) {
        let names: Vec<_> = cells.iter().map(|cell| cell.id.as_str()).collect();
        let of = if here { "" } else { " of Python" };
        bail!("there is no cell{of} `{unknown}`; the deck has: {}", names.join(", "));
    }
    cells.retain(|cell| ids.is_empty() || ids.contains(&cell.id));
    Ok(cells)
}
