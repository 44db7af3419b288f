//! A chapter, from its text to the pages of deck and handout: either both, or errors that each have a place.

#![no_main]

use std::collections::BTreeMap;

use deck::{
    markdown::{ShownValue, Values},
    project,
    render::{
        self, Edition, Ingredients,
        handout::{self, Handout},
    },
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
            let site = render::site(&deck, &ingredients);
            let chapters = project::sections(files, &AnyValue);
            for sections in chapters.iter().flat_map(BTreeMap::values) {
                let handout = Handout { deck: &deck, recorded: &|_| None, traced: &|_| None, site: "../" };
                let text = handout::chapter(sections, &handout);
                // Nothing is left that mdBook or its preprocessor would carry out.
                assert!(!["{{", "$notes$", "$notes-end$"].iter().any(|left| text.contains(left)), "{text}");
            }
            site.err().into_iter().chain(chapters.err()).flatten().collect()
        }
        Err(errors) => {
            assert!(!errors.is_empty());
            errors
        }
    };
    errors.iter().for_each(|error| is_placed(error, &files));
});
