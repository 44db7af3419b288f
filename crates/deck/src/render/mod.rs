//! The deck as reveal.js shows it. Pure: a deck and its recordings go in, the files of a site come out.

mod about;
mod address;
mod browser_run;
mod cell;
mod code;
mod data;
mod digest;
mod frame;
pub mod handout;
mod ingredients;
mod not_found;
mod output;
mod page;
mod panic;
mod paper;
mod pieces;
mod preview;
mod rustc;
mod slides;
mod source_page;
mod style;
mod trace_page;
mod wheels;
mod xray;

pub use about::{About, about};
pub use browser_run::BrowserRun;
pub use data::{CellData, DeckData, RecordingData};
pub use frame::typescript as frame_document;
pub use ingredients::{Edition, Ingredients, Offer, Recorded, Traced};
pub use not_found::not_found;
pub use trace_page::trace_page;
pub use wheels::{Download, wheels};
pub use xray::{XrayData, source_lines};

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::{diagnostic::Diagnostic, markdown::picture_address, model::Deck, site::Site};
use digest::short;
use ingredients::PYTHON;
use slides::{origins, shown};

/// Makes the whole site.
///
/// # Errors
/// Files that slides refer to and that cannot be read.
pub fn site(deck: &Deck, ingredients: &Ingredients) -> Result<Site, Vec<Diagnostic>> {
    let sources = origins(deck, ingredients.edition.planned);
    let sections: Vec<_> = shown(deck, ingredients.edition.planned)
        .map(|(chapter, slide)| page::section(chapter, slide, ingredients, &sources))
        .collect();
    let digest = sections.iter().fold(Sha256::new(), |digest, section| digest.chain_update(&section.0));
    let digest = short(digest);
    let index = page::index(deck, &sections, &digest, ingredients).into_string();
    let mut files = BTreeMap::from([("index.html".to_owned(), index.into_bytes())]);
    for (name, bytes) in ingredients.assets {
        files.insert(format!("assets/{name}"), bytes.clone());
    }
    for (name, bytes) in &ingredients.edition.python {
        files.insert(format!("{PYTHON}{name}"), bytes.clone());
    }
    for cell in shown(deck, ingredients.edition.planned).flat_map(|(_, slide)| slide.cells()) {
        if let Some(script) = cell.xray().and_then(|xray| xray::script(cell, xray, ingredients)) {
            files.insert(xray::path(&cell.id), script.into_bytes());
        }
    }
    let mut errors = Vec::new();
    for origin in sources {
        match ingredients.files.read(&origin) {
            Ok(text) => {
                let page = source_page::page(&origin, &text, &deck.language).into_string();
                files.insert(address::source(&origin), page.into_bytes());
            }
            Err(error) => errors.push(Diagnostic::in_file(&origin, format!("cannot be read: {error}"))),
        }
    }
    for image in shown(deck, ingredients.edition.planned).flat_map(|(_, slide)| &slide.images) {
        match ingredients.files.bytes(image) {
            Ok(bytes) => drop(files.insert(picture_address(image), bytes)),
            Err(error) => errors.push(Diagnostic::in_file(image, format!("cannot be read: {error}"))),
        }
    }
    if errors.is_empty() { Ok(Site { files, digest }) } else { Err(errors) }
}
