//! A block of Rust that can be changed and rebuilt.

use super::attributes::Attributes;
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    layout::Layout,
    model::{CellKind, Region, RustCell, Snippet},
    source::Line,
};

/// Makes a cell of Rust of a block whose fence stands on `line`, and that is or stands for a region. Nothing, and an error,
/// where that is none of the demo crate.
pub fn kind(
    attributes: &Attributes,
    snippet: &Snippet,
    region: Option<Region>,
    layout: &Layout,
    line: &Line,
    diagnostics: &mut Diagnostics,
) -> Option<CellKind> {
    let sources = layout.extension.sources();
    if snippet.lines.iter().any(|code| code.hidden) {
        let message = "a line of Rust that is rebuilt is hidden";
        diagnostics.push(Diagnostic::new(line, message).help("show it: what is shown is edited as one text"));
    }
    let Some(region) = region.filter(|region| region.file.starts_with(&sources)) else {
        let message = "this Rust belongs to no region of the demo crate";
        let sources = layout.from_chapter(&sources);
        let help = format!(
            "let the block be one `{{{{#include {sources}/file.rs:anchor}}}}`, or say what it stands for: \
             `replaces={sources}/file.rs:anchor`"
        );
        diagnostics.push(Diagnostic::new(line, message).help(help));
        return None;
    };
    Some(CellKind::Rust(RustCell { region, replaces: attributes.replaces.is_some() }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::{model::Cell, project::load};

    /// The region of the chapter's one Rust cell and whether it is replaced, or the first error.
    #[track_caller]
    fn check(block: &str, expected: Result<&str, &str>) {
        let chapter = format!("# One\n\n```rust,live,id=a{block}\n```\n");
        let files = BTreeMap::from([
            ("slides/book.toml", "[book]\ntitle = \"t\"\n"),
            ("slides/src/SUMMARY.md", "- [One](1.md)\n"),
            ("slides/src/1.md", chapter.as_str()),
            ("demo_crate/src/a.rs", "// ANCHOR: f\nfn f() {}\n// ANCHOR_END: f\n"),
            ("elsewhere.rs", "// ANCHOR: f\nfn f() {}\n// ANCHOR_END: f\n"),
        ]);
        let found = load(&files, None).map_err(|errors| errors[0].message.clone()).map(|deck| {
            let rust = deck.cells().find_map(Cell::rust).unwrap();
            format!("{}{}", rust.region.label(), if rust.replaces { ", replaced" } else { "" })
        });
        assert_eq!(found.as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn a_cell_is_one_region_or_stands_for_one() {
        check("\n{{#include ../../demo_crate/src/a.rs:f}}", Ok("demo_crate/src/a.rs:f"));
        check(",replaces=../../demo_crate/src/a.rs:f\nfn f() {}", Ok("demo_crate/src/a.rs:f, replaced"));
    }

    #[test]
    fn other_rust_cannot_be_rebuilt() {
        let nowhere = Err("this Rust belongs to no region of the demo crate");
        check("\nfn f() {}", nowhere);
        check("\n{{#include ../../demo_crate/src/a.rs}}", nowhere);
        check("\n{{#include ../../demo_crate/src/a.rs:f}}\nfn g() {}", nowhere);
        check("\n{{#include ../../elsewhere.rs:f}}", nowhere);
        check("\n{{#include ../../demo_crate/src/../../elsewhere.rs:f}}", nowhere);
        check(",replaces=../../demo_crate/src/a.rs:g\nfn f() {}", Err("there is no anchor `g`"));
    }
}
