//! What must hold across the whole deck: ids are unique, what is needed comes before, and what is named exists.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    model::{Deck, Location, Region},
    source::Line,
};

/// Reports ids that stand twice and needs that cannot be met.
pub fn check(deck: &Deck, diagnostics: &mut Diagnostics) {
    let slides = deck.slides().map(|slide| (slide.id.as_str(), &slide.place));
    unique("slide", slides, "name one of them: `## Title {#another-id}`", diagnostics);
    let cells = deck.cells().map(|cell| (cell.id.as_str(), &cell.snippet.place));
    unique("cell", cells, "every cell of the deck needs its own id", diagnostics);
    needs(deck, diagnostics);
    xrays(deck, diagnostics);
    regions(deck, diagnostics);
}

fn unique<'a>(
    what: &str,
    named: impl Iterator<Item = (&'a str, &'a Location)>,
    help: &str,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: BTreeMap<&str, &Location> = BTreeMap::new();
    for (id, place) in named {
        if let Some(first) = seen.insert(id, place) {
            let message = format!("the {what} id `{id}` is taken by {}", first.label());
            diagnostics.push(Diagnostic::new(&written(what, id, place), message).help(help));
        }
    }
}

/// Cells may only need cells above them, so that needs can never run in a circle.
fn needs(deck: &Deck, diagnostics: &mut Diagnostics) {
    let candidates = || deck.cells().filter(|cell| cell.shares_session()).map(|cell| cell.id.as_str());
    let mut above = Vec::new();
    for cell in deck.cells() {
        let (what, id) = (cell.noun(), &cell.id);
        for need in cell.needs.iter().filter(|need| !above.contains(&need.as_str())) {
            let message = match candidates().any(|other| other == need) {
                true => format!("the {what} `{id}` needs `{need}`, which comes after it"),
                false => format!("the {what} `{id}` needs `{need}`, which does not exist"),
            };
            let line = written("cell", need, &cell.snippet.place);
            diagnostics.push(Diagnostic::new(&line, message).suggest(need, candidates()));
        }
        if cell.shares_session() {
            above.push(id.as_str());
        }
    }
}

/// What X-rays are compared with, and what maps show, exists.
fn xrays(deck: &Deck, diagnostics: &mut Diagnostics) {
    let known = || deck.cells().filter(|cell| cell.xray().is_some()).map(|cell| cell.id.as_str());
    let compared =
        deck.cells().filter_map(|cell| Some((cell.xray()?.comparison.as_ref()?, &cell.snippet.place)));
    let shown = deck.slides().filter_map(|slide| slide.here.as_ref()).map(|here| (&here.xray, &here.place));
    for (id, place) in compared.chain(shown).filter(|(id, _)| known().all(|known| known != *id)) {
        let diagnostic = Diagnostic::new(&written("X-ray", id, place), format!("there is no X-ray `{id}`"));
        diagnostics.push(diagnostic.suggest(id, known()));
    }
}

/// A region that two cells show would have two texts once one of them is edited.
fn regions(deck: &Deck, diagnostics: &mut Diagnostics) {
    let mut shown: BTreeMap<&Region, &str> = BTreeMap::new();
    for cell in deck.cells() {
        let Some(rust) = cell.rust().filter(|rust| !rust.replaces) else { continue };
        if let Some(first) = shown.insert(&rust.region, &cell.id) {
            let message =
                format!("`{}` is already the region of the live cell `{first}`", rust.region.label());
            let diagnostic = Diagnostic::new(&written("cell", &cell.id, &cell.snippet.place), message);
            diagnostics.push(diagnostic.help("make one of the two blocks a plain `rust` block"));
        }
    }
}

/// The model keeps places, not lines: the excerpt says what stands there.
fn written(what: &str, id: &str, place: &Location) -> Line {
    Line { text: format!("{what} {id}"), place: place.clone() }
}
