//! How a cell runs in the reader's browser, as the page's script must know it.

use serde::Serialize;
use ts_rs::TS;

use crate::{
    model::{Cell, Deck},
    replay,
};

/// How a cell runs in the reader's browser.
#[derive(Serialize, TS)]
pub struct BrowserRun {
    /// Why it does not, as a sentence for the reader; all else is of no use then.
    pub refusal: Option<String>,
    /// The hidden lines that run before its text.
    pub before: String,
    /// The hidden lines that run after it.
    pub after: String,
    /// Ids of the cells that a fresh interpreter runs before it, in this order.
    pub replay: Vec<String>,
    /// It must end with an error.
    pub expect_error: bool,
    /// After how long the deck asks whether it shall go on, in seconds.
    pub seconds: f64,
    /// How many bytes it may show.
    #[ts(type = "number")]
    pub output: u64,
}

impl BrowserRun {
    /// Of a cell, after those that it builds on.
    pub(super) fn of(deck: &Deck, cell: &Cell) -> Self {
        let (before, after) = cell.snippet.around();
        Self {
            refusal: cell.browser_refusal().map(str::to_owned),
            before,
            after,
            replay: replay::before(deck, &cell.id).into_iter().map(|cell| cell.id.clone()).collect(),
            expect_error: cell.expect_error,
            seconds: cell.limits.seconds,
            output: cell.limits.output,
        }
    }
}
