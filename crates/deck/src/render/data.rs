//! What the page's script must know of the cells, as one block of JSON in the page.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use super::{
    browser_run::BrowserRun,
    ingredients::{Ingredients, Offer, Recorded},
    slides::shown,
};
use crate::{model::Deck, protocol::CellEvent};

/// The deck, as the script sees it.
#[derive(Serialize, TS)]
pub struct DeckData {
    /// Title of the talk.
    pub title: String,
    /// Digest of the slides.
    pub digest: String,
    /// By id.
    pub cells: BTreeMap<String, CellData>,
    /// What lies beside the deck on its site.
    pub offers: Vec<Offer>,
}

/// One cell, as the script sees it.
#[derive(Serialize, TS)]
pub struct CellData {
    /// Number of its chapter.
    pub chapter: u32,
    /// Language of its code.
    pub language: String,
    /// The text that is shown and edited.
    pub source: String,
    /// It prepares its chapter.
    pub setup: bool,
    /// Ids of the cells that it needs.
    pub needs: Vec<String>,
    /// `Next` does not run it.
    pub manual: bool,
    /// Its recorded run.
    pub recording: Option<RecordingData>,
    /// How it runs in the reader's browser, where the site has what that takes.
    pub browser: Option<BrowserRun>,
}

/// A recorded run.
#[derive(Serialize, TS)]
pub struct RecordingData {
    /// Where and when it was recorded.
    pub label: String,
    /// What happened.
    pub events: Vec<CellEvent>,
}

/// Collects the data of all cells that are shown.
pub fn data(deck: &Deck, digest: &str, ingredients: &Ingredients) -> DeckData {
    let has_python = !ingredients.edition.python.is_empty();
    let cells = shown(deck, ingredients.edition.planned)
        .flat_map(|(chapter, slide)| slide.cells().map(move |cell| (chapter, cell)))
        .filter(|(_, cell)| cell.is_live());
    let data = cells.map(|(chapter, cell)| {
        let data = CellData {
            chapter: chapter.number,
            language: cell.snippet.language.clone(),
            source: cell.snippet.shown(),
            setup: cell.is_setup(),
            needs: cell.needs.clone(),
            manual: cell.is_manual(),
            recording: recording(&cell.id, ingredients),
            browser: has_python.then(|| BrowserRun::of(deck, cell)),
        };
        (cell.id.clone(), data)
    });
    DeckData {
        title: deck.title.clone(),
        digest: digest.to_owned(),
        cells: data.collect(),
        offers: ingredients.edition.offers.clone(),
    }
}

fn recording(id: &str, ingredients: &Ingredients) -> Option<RecordingData> {
    (ingredients.recorded)(id).map(|Recorded { label, events }| RecordingData { label, events })
}
