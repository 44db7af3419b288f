//! What must hold across the whole deck: ids are unique, what is needed comes before, and what is named exists.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    model::{Block, Deck, Place, Region},
    source::Line,
};

/// Reports ids that stand twice and needs that cannot be met.
pub fn check(deck: &Deck, diagnostics: &mut Diagnostics) {
    let slides = deck.slides().map(|slide| (slide.id.as_str(), &slide.place));
    unique("slide", slides, "name one of them: `## Title {#another-id}`", diagnostics);
    unique("cell", runnable(deck), "every cell of the deck needs its own id", diagnostics);
    needs(deck, diagnostics);
    xrays(deck, diagnostics);
    regions(deck, diagnostics);
}

/// Ids of cells and X-rays, which share one space of names: both are recorded, and prose quotes both.
fn runnable(deck: &Deck) -> impl Iterator<Item = (&str, &Place)> {
    deck.slides().flat_map(|slide| &slide.blocks).filter_map(|block| match block {
        Block::Cell(cell) => Some((cell.id.as_str(), &cell.snippet.place)),
        Block::Rust(cell) => Some((cell.id.as_str(), &cell.snippet.place)),
        Block::Xray(xray) => Some((xray.id.as_str(), &xray.snippet.place)),
        Block::Html(_) | Block::Snippet(_) => None,
    })
}

fn unique<'a>(
    what: &str,
    named: impl Iterator<Item = (&'a str, &'a Place)>,
    help: &str,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    for (id, place) in named {
        if let Some(first) = seen.insert(id, place) {
            let message = format!("the {what} id `{id}` is taken by {}", first.label());
            diagnostics.push(Diagnostic::new(&written(what, id, place), message).help(help));
        }
    }
}

/// Cells and X-rays may only need cells above them, so that needs can never run in a circle.
fn needs(deck: &Deck, diagnostics: &mut Diagnostics) {
    let mut above = Vec::new();
    for block in deck.slides().flat_map(|slide| &slide.blocks) {
        let (what, id, needs, place) = match block {
            Block::Cell(cell) => ("cell", &cell.id, &cell.needs, &cell.snippet.place),
            Block::Xray(xray) => ("X-ray", &xray.id, &xray.needs, &xray.snippet.place),
            Block::Html(_) | Block::Snippet(_) | Block::Rust(_) => continue,
        };
        for need in needs.iter().filter(|need| !above.contains(&need.as_str())) {
            let message = match deck.cells().any(|other| other.id == *need) {
                true => format!("the {what} `{id}` needs `{need}`, which comes after it"),
                false => format!("the {what} `{id}` needs `{need}`, which does not exist"),
            };
            let candidates = deck.cells().map(|cell| cell.id.as_str());
            diagnostics
                .push(Diagnostic::new(&written("cell", need, place), message).suggest(need, candidates));
        }
        if let Block::Cell(cell) = block {
            above.push(cell.id.as_str());
        }
    }
}

/// What X-rays are compared with, and what maps show, exists.
fn xrays(deck: &Deck, diagnostics: &mut Diagnostics) {
    let compared = deck.xrays().filter_map(|xray| Some((xray.compare.as_ref()?, &xray.snippet.place)));
    let shown = deck.slides().filter_map(|slide| slide.here.as_ref()).map(|here| (&here.xray, &here.place));
    for (id, place) in compared.chain(shown).filter(|(id, _)| deck.xrays().all(|xray| xray.id != **id)) {
        let diagnostic = Diagnostic::new(&written("X-ray", id, place), format!("there is no X-ray `{id}`"));
        diagnostics.push(diagnostic.suggest(id, deck.xrays().map(|xray| xray.id.as_str())));
    }
}

/// A region that two cells show would have two texts once one of them is edited.
fn regions(deck: &Deck, diagnostics: &mut Diagnostics) {
    let mut shown: BTreeMap<&Region, &str> = BTreeMap::new();
    for cell in deck.rust_cells().filter(|cell| !cell.replaces) {
        if let Some(first) = shown.insert(&cell.region, &cell.id) {
            let message =
                format!("`{}` is already the region of the live cell `{first}`", cell.region.label());
            let diagnostic = Diagnostic::new(&written("cell", &cell.id, &cell.snippet.place), message);
            diagnostics.push(diagnostic.help("make one of the two blocks a plain `rust` block"));
        }
    }
}

/// The model keeps places, not lines: the excerpt says what stands there.
fn written(what: &str, id: &str, place: &Place) -> Line {
    Line { text: format!("{what} {id}"), place: place.clone() }
}
