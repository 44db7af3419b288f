//! What must hold across the whole deck: ids are unique, and the cells that a cell needs come before it.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    model::{Deck, Place},
    source::Line,
};

/// Reports ids that stand twice and needs that cannot be met.
pub fn check(deck: &Deck, diagnostics: &mut Diagnostics) {
    let slides = deck.slides().map(|slide| (slide.id.as_str(), &slide.place));
    unique("slide", slides, "name one of them: `## Title {#another-id}`", diagnostics);
    let cells = deck.cells().map(|cell| (cell.id.as_str(), &cell.snippet.place));
    unique("cell", cells, "every cell of the deck needs its own id", diagnostics);
    needs(deck, diagnostics);
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

/// Cells may only need cells above them, so that needs can never run in a circle.
fn needs(deck: &Deck, diagnostics: &mut Diagnostics) {
    let mut above = Vec::new();
    for cell in deck.cells() {
        for need in cell.needs.iter().filter(|need| !above.contains(&need.as_str())) {
            let message = match deck.cells().any(|other| other.id == *need) {
                true => format!("the cell `{}` needs `{need}`, which comes after it", cell.id),
                false => format!("the cell `{}` needs `{need}`, which does not exist", cell.id),
            };
            let line = written("cell", need, &cell.snippet.place);
            let candidates = deck.cells().map(|cell| cell.id.as_str());
            diagnostics.push(Diagnostic::new(&line, message).suggest(need, candidates));
        }
        above.push(cell.id.as_str());
    }
}

/// The model keeps places, not lines: the excerpt says what stands there.
fn written(what: &str, id: &str, place: &Place) -> Line {
    Line { text: format!("{what} {id}"), place: place.clone() }
}
