//! The deck as reveal.js shows it. Pure: a deck and its recordings go in, the files of a site come out.

mod about;
mod browser_run;
mod cell;
mod code;
mod data;
mod frame;
pub mod handout;
mod not_found;
mod output;
mod page;
mod panic;
mod paper;
mod pieces;
mod preview;
mod rustc;
mod source_page;
mod style;
mod trace_page;
mod wheels;
mod xray;

pub use about::{About, about};
pub use browser_run::BrowserRun;
pub use data::{CellData, DeckData, RecordingData};
pub use frame::typescript as frame_document;
pub use not_found::not_found;
pub use trace_page::trace_page;
pub use wheels::{Download, wheels};
pub use xray::{Traced, XrayData, source_lines};

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde::Serialize;
use sha2::{Digest, Sha256};
use ts_rs::TS;

use crate::{
    diagnostic::Diagnostic,
    markdown::picture_address,
    model::{Block, Deck, Slide},
    protocol::CellEvent,
    site::Site,
    source::Files,
};

/// Where a site has what cells need to run in the reader's browser.
const PYTHON: &str = "python/";

/// The recorded run of a cell, as a page shows it.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Where and when it was recorded, in one line.
    pub label: String,
    /// What happened.
    pub events: Vec<CellEvent>,
}

/// What a site is made from, besides the deck.
pub struct Ingredients<'a> {
    /// The project's files, for the sources that slides include and for images.
    pub files: &'a dyn Files,
    /// The recorded run of a cell, by its id, if it has one.
    pub recorded: &'a dyn Fn(&str) -> Option<Recorded>,
    /// The recorded trace of an X-ray, by its id, if it has one.
    pub traced: &'a dyn Fn(&str) -> Option<Traced>,
    /// The files of `web/dist`.
    pub assets: &'a BTreeMap<String, Vec<u8>>,
    /// Whom the site is for.
    pub edition: &'a Edition,
}

/// What differs between the sites that are made from one deck.
#[derive(Debug, Clone, Default)]
pub struct Edition {
    /// The page is served by `deck serve` and may talk to it.
    pub live: bool,
    /// Slides that are only planned are shown as well.
    pub planned: bool,
    /// The speaker's notes are in the page.
    pub notes: bool,
    /// The handout lies in `handout/` of the site, and slides lead to it.
    pub handout: bool,
    /// What cells need to run in the reader's browser, by path below `python/`. Empty where they do not run there.
    pub python: BTreeMap<String, Vec<u8>>,
    /// Where the site will be published, with a slash at its end: what shows a link asks for whole addresses.
    pub address: Option<String>,
    /// There is a `preview.png` beside the page, for what shows links to it.
    pub picture: bool,
    /// What lies beside the deck, in the order in which it is named.
    pub offers: Vec<Offer>,
}

/// Something of a site besides its slides.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Offer {
    /// What it is called, e.g. `Handout`.
    pub title: String,
    /// What it is, in a few words.
    pub about: String,
    /// Where it lies, from the site's root.
    pub address: String,
}

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
                files.insert(source_page::path(&origin), page.into_bytes());
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

/// The slides that go into the deck, each with its chapter.
fn shown(deck: &Deck, planned: bool) -> impl Iterator<Item = (&crate::model::Chapter, &Slide)> {
    deck.chapters
        .iter()
        .flat_map(|chapter| chapter.slides.iter().map(move |slide| (chapter, slide)))
        .filter(move |(_, slide)| planned || !slide.planned)
}

/// The files that slides include code from.
fn origins(deck: &Deck, planned: bool) -> BTreeSet<PathBuf> {
    let snippets = shown(deck, planned).flat_map(|(_, slide)| slide.blocks.iter()).filter_map(Block::snippet);
    snippets.filter_map(|snippet| snippet.origin.as_ref()).map(|origin| origin.file.clone()).collect()
}

/// Path of a file as an address on the site.
fn address(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The first half of a digest, in hexadecimal: enough to tell two texts apart.
fn short(digest: Sha256) -> String {
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
