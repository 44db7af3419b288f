//! The edited Rust that a build holds.

use std::collections::BTreeMap;

use crate::{
    extension::{LiveRegion, Overlay},
    model::{Deck, Region},
    protocol::CellState,
};

/// The code that is compiled: every region that a slide shows, with the text that stands on the stage. A cell that puts its own text
/// in the place of a region counts while it is the one that was `asked` for, and from then on as long as it is `kept` in
/// the build. Where two cells stand for one region, the one that was asked for counts, then the one that was kept.
pub fn overlay(
    deck: &Deck,
    cells: &BTreeMap<String, CellState>,
    kept: &[String],
    asked: Option<&str>,
) -> Overlay {
    let is_asked = |id: &str| asked == Some(id);
    let is_kept = |id: &String| kept.contains(id);
    let rust = deck.cells().filter_map(|cell| Some((cell, cell.rust()?)));
    let mut taking_part: Vec<_> =
        rust.filter(|(cell, rust)| !rust.replaces || is_asked(&cell.id) || is_kept(&cell.id)).collect();
    taking_part.sort_by_key(|(cell, rust)| (!is_asked(&cell.id), !(rust.replaces && is_kept(&cell.id))));
    let mut regions: BTreeMap<&Region, LiveRegion> = BTreeMap::new();
    for (cell, rust) in taking_part {
        let edited = cells.get(&cell.id).and_then(|state| state.edited.clone());
        let text = edited.or_else(|| rust.replaces.then(|| cell.snippet.shown()));
        let live = LiveRegion { cell: cell.id.clone(), region: rust.region.clone(), text };
        regions.entry(&rust.region).or_insert(live);
    }
    Overlay { regions: regions.into_values().collect() }
}

/// The cells whose text on the stage differs from what the file has.
pub fn edited(overlay: &Overlay) -> Vec<String> {
    overlay.regions.iter().filter(|live| live.text.is_some()).map(|live| live.cell.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::load;

    const CHAPTER: &str = "# One\n\n```rust,live,id=a\n{{#include ../../demo_crate/src/a.rs:f}}\n```\n\n\
        ```rust,live,id=b,replaces=../../demo_crate/src/a.rs:f\nfn f() { b() }\n```\n\n\
        ```rust,live,id=c\n{{#include ../../demo_crate/src/a.rs:g}}\n```\n";

    /// `edits`, what the build has kept and what is asked for; the texts that are put in place, by cell.
    #[track_caller]
    fn check(edits: &[&str], kept: &[&str], asked: Option<&str>, expected: &[&str]) {
        let files = BTreeMap::from([
            ("slides/book.toml", "[book]\ntitle = \"t\"\n"),
            ("slides/src/SUMMARY.md", "- [One](1.md)\n"),
            ("slides/src/1.md", CHAPTER),
            (
                "demo_crate/src/a.rs",
                "// ANCHOR: f\nfn f() {}\n// ANCHOR_END: f\n// ANCHOR: g\nfn g() {}\n// ANCHOR_END: g\n",
            ),
        ]);
        let deck = load(&files, None).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let state = |id: &&str| {
            ((*id).to_owned(), CellState { edited: Some(format!("fn {id}() {{}}")), ..CellState::default() })
        };
        let kept: Vec<_> = kept.iter().map(|id| (*id).to_owned()).collect();
        let found = edited(&overlay(&deck, &edits.iter().map(state).collect(), &kept, asked));
        assert_eq!(found, expected);
    }

    #[test]
    fn edits_take_part_together() {
        check(&[], &[], Some("a"), &[]);
        check(&["a", "c"], &[], Some("a"), &["a", "c"]);
        check(&["c"], &[], Some("a"), &["c"]);
    }

    #[test]
    fn a_cell_that_replaces_a_region_does_so_once_it_was_asked_for() {
        check(&["b"], &[], Some("a"), &[]);
        check(&["a"], &[], Some("b"), &["b"]);
        check(&["a"], &["b"], Some("c"), &["b"]);
        check(&["a"], &["b"], Some("a"), &["a"]);
    }
}
