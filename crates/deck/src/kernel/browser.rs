//! What runs cells where there are no processes: in Pyodide.

use std::collections::BTreeMap;

/// The files of Python that run cells there, by name; `browser.py` is where to begin.
pub fn browser_files() -> BTreeMap<String, String> {
    let files = [
        ("browser.py", include_str!("python/browser.py")),
        ("cell_runner.py", include_str!("python/cell_runner.py")),
        ("deck.py", super::DECK_MODULE),
        ("streams.py", include_str!("python/streams.py")),
    ];
    files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}
