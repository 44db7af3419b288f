//! A deck of two cells, recordings of them, and events, for the tests of this folder.

use std::collections::BTreeMap;

use super::{RELATION, Recording, Recordings, Take, VALUE, fingerprint::tests::fingerprint};
use crate::{
    model::{Cell, CellKind, Compare, Deck, PythonCell},
    project::load,
    protocol::{CellError, CellEvent, Fd, Status},
    replay::source_hash,
};

/// A deck whose cell `a` (a set-up) has the given code, and whose cell `b` follows it.
pub fn deck(code: &str) -> Deck {
    let chapter =
        format!("# One\n\n```python,live,id=a,setup\n{code}\n```\n\n```python,live,id=b\nx + 1\n```\n");
    let files = BTreeMap::from([
        ("slides/book.toml", "[book]\ntitle = \"t\"\n"),
        ("slides/src/SUMMARY.md", "- [One](1.md)\n"),
        ("slides/src/1.md", chapter.as_str()),
    ]);
    load(&files, None).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// A cell of a deck.
pub fn cell<'a>(deck: &'a Deck, id: &str) -> &'a Cell {
    deck.cell(id).unwrap()
}

/// A cell of a deck, with another kind of comparison.
pub fn comparing(deck: &Deck, id: &str, compare: Compare) -> Cell {
    let kind = CellKind::Python(PythonCell { compare, ..PythonCell::default() });
    Cell { kind, ..cell(deck, id).clone() }
}

/// A recording of a cell by CPython 3.13.0 that ended well after these events.
pub fn recorded(deck: &Deck, id: &str, events: &[CellEvent]) -> Recording {
    let source = source_hash(deck, cell(deck, id));
    let events = [events, &[ended(Status::Ok)]].concat();
    Recording::new(id.to_owned(), source, fingerprint("3.13.0"), events)
}

/// Recordings as read from their files. Those of CPython 3.13 are the bases.
pub fn shelf(recordings: impl IntoIterator<Item = Recording>) -> Recordings {
    let files = recordings.into_iter().map(|recording| {
        let variant = recording.fingerprint.variant();
        let variant = Some(variant.as_str()).filter(|variant| *variant != "cpython-3.13");
        (Recording::path(&recording.cell, variant), recording.to_toml().unwrap())
    });
    Recordings::parse(&files.collect()).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// Text on standard output.
pub fn printed(text: &str) -> CellEvent {
    CellEvent::Stream { fd: Fd::Stdout, data: text.into() }
}

/// A named number in the unit `x`.
pub fn value(name: &str, number: &str) -> CellEvent {
    let data = format!(r#"{{"name": "{name}", "number": {number}, "unit": "x"}}"#);
    CellEvent::Display { mime: VALUE.into(), data }
}

/// An asserted relation.
pub fn relation(text: &str, holds: bool) -> CellEvent {
    CellEvent::Display { mime: RELATION.into(), data: format!(r#"{{"text": "{text}", "holds": {holds}}}"#) }
}

/// An uncaught exception whose traceback is this text.
pub fn failed(text: &str) -> CellEvent {
    let error =
        CellError::Traceback { exception: "ValueError".into(), message: "no".into(), text: text.into() };
    CellEvent::Error { error }
}

/// The end of a run.
pub fn ended(status: Status) -> CellEvent {
    CellEvent::Finished { status, seconds: 0.5, limits: Vec::new() }
}
