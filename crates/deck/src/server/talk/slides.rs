//! The slides that are shown, and what a saved or edited one does to the stage.

use super::{
    effect::Effect,
    refusal::Refusal,
    stale::{History, stale_after},
};
use crate::{
    model::{Cell, Deck, RustCell, Xray},
    protocol::{Change, Position, Stage},
    server::pages::Pages,
    site::Site,
};

/// The longest text that an edited cell may have, in bytes.
const LONGEST_EDIT: usize = 64 << 10;

/// Owns the deck, and the site that shows it.
pub struct Slides {
    deck: Deck,
    pages: Pages,
}

impl Slides {
    /// The slides to begin with.
    pub fn new(deck: Deck, pages: Pages) -> Self {
        Self { deck, pages }
    }

    /// The deck, as it is written.
    pub fn deck(&self) -> &Deck {
        &self.deck
    }

    /// Shows a new deck.
    pub fn replace(&mut self, deck: Deck, site: Site, stage: &Stage, history: &History) -> Vec<Effect> {
        let digest = site.digest.clone();
        self.pages.replace(site);
        let old = std::mem::replace(&mut self.deck, deck);
        let rebuilt = (digest != stage.deck).then_some(Change::Rebuilt { deck: digest });
        let stale = self.changed_since(&old).filter_map(|cell| {
            let stale = stale_after(&cell.id, &self.deck, history, &stage.cells);
            let (cell, edited) = (cell.id.clone(), edited(stage, &cell.id).map(str::to_owned));
            (!stale.is_empty()).then_some(Change::Edited { cell, edited, stale })
        });
        let written_back = self.written_back(stage).map(|cell| Change::Edited {
            cell: cell.id.clone(),
            edited: None,
            stale: Vec::new(),
        });
        rebuilt.into_iter().chain(stale).chain(written_back).map(Effect::from).collect()
    }

    /// Another text stands in a cell's editor, or the deck's own again.
    pub fn edit(
        &self,
        cell: String,
        source: Option<String>,
        stage: &Stage,
        history: &History,
    ) -> Result<Vec<Effect>, Refusal> {
        if source.as_ref().is_some_and(|text| text.len() > LONGEST_EDIT) {
            return Err(Refusal::TextTooLong(LONGEST_EDIT));
        }
        let live = self.deck.cell(&cell).filter(|cell| cell.is_live());
        let live = live.ok_or_else(|| Refusal::NoCell(cell.clone()))?;
        let original = live.snippet.shown();
        let text = source.filter(|text| text.trim_end() != original.trim_end());
        if text.as_deref() == edited(stage, &cell) {
            return Ok(Vec::new());
        }
        let stale = stale_after(&cell, &self.deck, history, &stage.cells);
        let check = live.rust().map(|_| Effect::Check(cell.clone()));
        let change = Change::Edited { cell, edited: text, stale };
        Ok([change.into()].into_iter().chain(check).collect())
    }

    /// The speaker moves.
    pub fn move_to(&self, position: Position, stage: &Stage) -> Result<Vec<Effect>, Refusal> {
        if !self.deck.slides().any(|slide| slide.id == position.slide) {
            return Err(Refusal::NoSlide(position.slide));
        }
        let moves = position != stage.position;
        Ok(moves.then(|| Change::Moved { position }.into()).into_iter().collect())
    }

    /// The cell with an id that runs in the session.
    pub fn session_cell(&self, id: &str) -> Result<&Cell, Refusal> {
        let cell = self.deck.cell(id).filter(|cell| cell.shares_session());
        cell.ok_or_else(|| Refusal::NoCell(id.to_owned()))
    }

    /// The cell of Rust with an id.
    pub fn rust_cell(&self, id: &str) -> Result<&RustCell, Refusal> {
        self.deck.cell(id).and_then(Cell::rust).ok_or_else(|| Refusal::NoRust(id.to_owned()))
    }

    /// The X-ray with an id.
    pub fn xray(&self, id: &str) -> Result<(&Cell, &Xray), Refusal> {
        let found = self.deck.cell(id).and_then(|cell| Some((cell, cell.xray()?)));
        found.ok_or_else(|| Refusal::NoXray(id.to_owned()))
    }

    /// The cell of a session that stands below a cell of Rust on its slide: the answer to a rebuild.
    pub fn cell_after(&self, rust: &str) -> Option<String> {
        self.deck.slides().find_map(|slide| {
            let mut below = slide.cells().skip_while(|cell| cell.id != rust).skip(1);
            below.find(|cell| cell.shares_session()).map(|cell| cell.id.clone())
        })
    }

    /// A cell whose code was changed in its file is like one that was edited on stage.
    fn changed_since<'a>(&'a self, old: &'a Deck) -> impl Iterator<Item = &'a Cell> {
        self.deck.cells().filter(|cell| cell.shares_session()).filter(|cell| {
            let before = old.cell(&cell.id);
            before.is_some_and(|before| before.snippet.source() != cell.snippet.source())
        })
    }

    /// A text on the stage that the file has by now, too, is no edit any more.
    fn written_back<'a>(&'a self, stage: &'a Stage) -> impl Iterator<Item = &'a Cell> {
        self.deck.cells().filter(|cell| cell.rust().is_some()).filter(|cell| {
            let edited = edited(stage, &cell.id);
            edited.is_some_and(|edited| edited.trim_end() == cell.snippet.shown().trim_end())
        })
    }
}

/// The text in a cell's editor where it differs from the deck's.
pub fn edited<'a>(stage: &'a Stage, cell: &str) -> Option<&'a str> {
    stage.cells.get(cell)?.edited.as_deref()
}
