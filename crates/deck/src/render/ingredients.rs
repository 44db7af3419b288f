//! What a site is made from, besides the deck.

use std::collections::BTreeMap;

use native_trace::Trace;
use serde::Serialize;
use ts_rs::TS;

use crate::{protocol::CellEvent, source::Files};

/// All that a site is made from, besides the deck.
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

/// Where a site has what cells need to run in the reader's browser.
pub(super) const PYTHON: &str = "python/";

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

/// The recorded run of a cell, as a page shows it.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Where and when it was recorded, in one line.
    pub label: String,
    /// What happened.
    pub events: Vec<CellEvent>,
}

/// The recorded trace of an X-ray, as a page shows it.
#[derive(Debug, Clone)]
pub struct Traced {
    /// Where and when it was recorded, in one line.
    pub label: String,
    /// What happened.
    pub trace: Trace,
    /// It was made with other code than the slides show now.
    pub stale: bool,
}
