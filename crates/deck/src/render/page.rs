//! The page: one section per slide.

use std::{collections::BTreeSet, path::PathBuf};

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{
    address, cell, code,
    data::data,
    digest::short,
    ingredients::{Ingredients, PYTHON},
    preview, xray,
};
use crate::model::{Block, Chapter, Deck, Slide, Snippet};

/// One slide as HTML.
pub struct Section(pub String);

/// The whole page.
pub fn index(deck: &Deck, sections: &[Section], digest: &str, ingredients: &Ingredients) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(deck.language) data-live[ingredients.edition.live]
            data-python=[(!ingredients.edition.python.is_empty()).then_some(PYTHON)] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (deck.title) }
                meta name="description" content=(deck.description);
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href="assets/deck.css";
                link rel="icon" href="assets/favicon.svg" type="image/svg+xml";
                @if !ingredients.edition.live { (preview::tags(deck, ingredients.edition)) }
                script defer src="assets/deck.js" {}
            }
            body {
                div.reveal { div.slides { @for section in sections { (PreEscaped(&section.0)) } } }
                script type="application/json" id="deck-data" {
                    (PreEscaped(json(&data(deck, digest, ingredients))))
                }
            }
        }
    }
}

/// One slide. `sources` are the files that have a page of their own.
pub fn section(
    chapter: &Chapter,
    slide: &Slide,
    ingredients: &Ingredients,
    sources: &BTreeSet<PathBuf>,
) -> Section {
    let inside = html! {
        @for block in &slide.blocks {
            @match block {
                Block::Html(html) => (PreEscaped(html)),
                Block::Snippet(snippet) => (figure(snippet)),
                Block::Cell(cell) => (cell::figure(cell, ingredients, sources)),
            }
        }
        @if let Some(here) = &slide.here { (xray::here(here)) }
        @if ingredients.edition.notes && !slide.notes.is_empty() { aside.notes { (PreEscaped(&slide.notes)) } }
    };
    let number = slide.label(chapter.number);
    let about = [&slide.classes.join(" "), &number, &slide.title, &chapter.title, &inside.0];
    let digest =
        short(about.iter().fold(Sha256::new(), |digest, part| digest.chain_update(part).chain_update([0])));
    let section = html! {
        section id=(slide.id) class=[classes(slide)] data-number=(number)
            data-chapter=(chapter.number) data-chapter-title=(chapter.title) data-title=(slide.title)
            data-minutes=[slide.minutes] data-digest=(digest)
            data-handout=[ingredients.edition.handout.then(|| address::handout(chapter, slide))] { (inside) }
    };
    Section(section.into_string() + "\n")
}

fn classes(slide: &Slide) -> Option<String> {
    (!slide.classes.is_empty()).then(|| slide.classes.join(" "))
}

fn figure(snippet: &Snippet) -> Markup {
    html! {
        figure.code data-language=(snippet.language) data-steps=[code::steps(snippet)] {
            (code::snippet(snippet))
            (code::caption(snippet))
        }
    }
}

/// JSON that may stand inside of a script element: no `<` can end it early.
pub(super) fn json(data: &impl Serialize) -> String {
    // These types have no key or number that JSON cannot hold.
    serde_json::to_string(data).unwrap_or_default().replace('<', "\\u003c")
}
