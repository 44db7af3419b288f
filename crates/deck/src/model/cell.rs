//! A cell: code with a name that is run, rebuilt or traced.

use super::{Compare, Limits, PythonCell, RustCell, Snippet, Xray};

/// Code of a slide that is run, rebuilt or traced, and whose result is recorded.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Unique in the deck, whatever the kind: recordings and prose name cells by it.
    pub id: String,
    /// Its code, as it is shown.
    pub snippet: Snippet,
    /// The cells whose effects it builds on.
    pub needs: Vec<String>,
    /// It must end with an error; Rust must not compile.
    pub expect_error: bool,
    /// Bounds of a run.
    pub limits: Limits,
    /// What is done with it.
    pub kind: CellKind,
}

/// Why Rust is only shown in a reader's browser.
const NO_COMPILER: &str = "A browser has no Rust compiler; `make present` runs this deck with one.";

/// What is done with a cell. The questions that the rest of the program asks of every cell are answered below, so that a
/// further kind is a variant here, a row in the table of attributes, a renderer and a runner.
#[derive(Debug, Clone)]
pub enum CellKind {
    /// It runs in a session.
    Python(PythonCell),
    /// It is compiled in the place of a region of the demo crate.
    Rust(RustCell),
    /// Its last line is traced, function by function.
    Xray(Xray),
}

impl Cell {
    /// Its part as a cell of Python.
    pub fn python(&self) -> Option<&PythonCell> {
        match &self.kind {
            CellKind::Python(python) => Some(python),
            _ => None,
        }
    }

    /// Its part as Rust that can be rebuilt.
    pub fn rust(&self) -> Option<&RustCell> {
        match &self.kind {
            CellKind::Rust(rust) => Some(rust),
            _ => None,
        }
    }

    /// Its part as an X-ray.
    pub fn xray(&self) -> Option<&Xray> {
        match &self.kind {
            CellKind::Xray(xray) => Some(xray),
            _ => None,
        }
    }

    /// The word for it in messages.
    pub fn noun(&self) -> &'static str {
        match self.kind {
            CellKind::Python(_) | CellKind::Rust(_) => "cell",
            CellKind::Xray(_) => "X-ray",
        }
    }

    /// Whether it prepares the interpreter for every cell of its chapter.
    pub fn is_setup(&self) -> bool {
        self.python().is_some_and(|python| python.setup)
    }

    /// Whether it runs in the session that the cells of a talk share, so that others can build on it.
    pub fn shares_session(&self) -> bool {
        self.python().is_some()
    }

    /// Whether other cells must have run before it in the same interpreter.
    pub fn needs_interpreter(&self) -> bool {
        match self.kind {
            CellKind::Python(_) | CellKind::Xray(_) => true,
            CellKind::Rust(_) => false,
        }
    }

    /// Whether its text can be edited where it stands, and its output is below it.
    pub fn is_live(&self) -> bool {
        match self.kind {
            CellKind::Python(_) | CellKind::Rust(_) => true,
            CellKind::Xray(_) => false,
        }
    }

    /// Whether `Next` leaves it to whoever presses Run.
    pub fn is_manual(&self) -> bool {
        self.python().is_none_or(|python| python.manual)
    }

    /// Whether its slide has a step at which its output comes.
    pub fn has_step(&self) -> bool {
        match &self.kind {
            CellKind::Python(python) => !python.manual,
            CellKind::Rust(_) => self.expect_error,
            CellKind::Xray(_) => false,
        }
    }

    /// Why it cannot run in the reader's browser, as a sentence for the reader; nothing where it can.
    pub fn browser_refusal(&self) -> Option<&str> {
        match &self.kind {
            CellKind::Python(python) => python.browser_refusal.as_deref(),
            CellKind::Rust(_) => Some(NO_COMPILER),
            CellKind::Xray(_) => None,
        }
    }

    /// Whether the events of a run of it are recorded.
    pub fn has_run(&self) -> bool {
        match &self.kind {
            CellKind::Python(_) => true,
            CellKind::Rust(rust) => rust.replaces || self.expect_error,
            CellKind::Xray(_) => false,
        }
    }

    /// Whether a trace of it is recorded.
    pub fn has_trace(&self) -> bool {
        self.xray().is_some()
    }

    /// What `deck verify` compares of a run of it.
    pub fn compare(&self) -> Compare {
        self.python().map_or_else(Compare::default, |python| python.compare)
    }
}
