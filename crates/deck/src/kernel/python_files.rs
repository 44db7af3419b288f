//! The kernel's own Python: what runs in the processes of a session, and what runs cells in Pyodide.

use std::collections::BTreeMap;

/// The module that cells import as `deck`. Nobody listens to it until its `connect` is called.
pub(crate) const DECK_MODULE: &str = include_str!("python/deck.py");

/// The first code of a zygote, which reads the rest.
pub(super) const BOOTSTRAP: &str = include_str!("python/bootstrap.py");

/// The files of a zygote, by module; what it forks has them, too.
pub(super) const ZYGOTE: &[(&str, &str)] = &[
    ("interpreter", INTERPRETER),
    ("zygote", include_str!("python/zygote.py")),
    ("keeper", include_str!("python/keeper.py")),
    ("namespace", include_str!("python/namespace.py")),
    ("family", include_str!("python/family.py")),
    ("streams", include_str!("python/streams.py")),
    ("worker", include_str!("python/worker.py")),
    ("cell_runner", include_str!("python/cell_runner.py")),
    ("deck", DECK_MODULE),
    ("linux", include_str!("python/linux.py")),
];

/// Defines `interpreter`, which says what the interpreter is.
pub(super) const INTERPRETER: &str = include_str!("python/interpreter.py");

/// The files that run cells in Pyodide, by name; `browser.py` is where to begin.
pub fn browser_files() -> BTreeMap<String, String> {
    let files = [
        ("browser.py", include_str!("python/browser.py")),
        ("cell_runner.py", include_str!("python/cell_runner.py")),
        ("deck.py", DECK_MODULE),
        ("streams.py", include_str!("python/streams.py")),
    ];
    files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}
