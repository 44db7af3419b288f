//! A chapter, from its text to the page: either a deck with its site, or errors that each have a place.

#![no_main]

use std::collections::BTreeMap;

use deck::{
    markdown::{ShownValue, Values},
    project,
    render::{self, Edition, Ingredients},
};
use deck_fuzz::{Texts, is_placed};
use libfuzzer_sys::fuzz_target;

/// Answers for every number that prose asks for.
struct AnyValue;

impl Values for AnyValue {
    fn value(&self, cell: &str, name: &str) -> Result<ShownValue, (String, Vec<String>)> {
        Ok(ShownValue { number: 2.874, unit: name.to_owned(), badge: cell.to_owned() })
    }
}

fuzz_target!(|chapter: &str| {
    let files = Texts::from([
        ("slides/book.toml", "[book]\ntitle = \"t\"\n[output.html.code.hidelines]\npython = \"~\"\n"),
        ("slides/src/SUMMARY.md", "# Summary\n\n- [One](01-one.md)\n"),
        ("slides/src/01-one.md", chapter),
        ("demo_crate/src/lib.rs", "mod a;\n// ANCHOR: a\nfn a() {}\n// ANCHOR_END: a\n"),
        ("slides/src/picture.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ]);
    let errors = match project::load(&files, Some(&AnyValue)) {
        Ok(deck) => {
            let ids: Vec<_> = deck.cells().map(|cell| &cell.id).collect();
            assert!(ids.iter().all(|id| ids.iter().filter(|other| other == &id).count() == 1), "{ids:?}");
            let (files, assets) = (&files, &BTreeMap::new());
            let ingredients = Ingredients {
                files,
                recorded: &|_| None,
                traced: &|_| None,
                assets,
                edition: &Edition { live: true, planned: true, notes: true, ..Edition::default() },
            };
            render::site(&deck, &ingredients).err().unwrap_or_default()
        }
        Err(errors) => {
            assert!(!errors.is_empty());
            errors
        }
    };
    errors.iter().for_each(|error| is_placed(error, &files));
});
