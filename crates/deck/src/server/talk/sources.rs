//! What a saved source does to the talk.

use super::{Loaded, actor::Actor, stale::stale_after};
use crate::{
    extension::LiveBuild,
    model::Deck,
    protocol::{Change, Problem},
};

impl Actor {
    /// Shows the new deck; with errors in the sources, the last good one stays and the errors are shown.
    pub fn loaded(&mut self, loaded: Loaded) {
        match loaded {
            Ok((deck, site)) => {
                let digest = site.digest.clone();
                self.pages.replace(site);
                let old = std::mem::replace(&mut self.deck, deck);
                if digest != self.stage.deck {
                    self.change(Change::Rebuilt { deck: digest });
                }
                self.mark_stale(&old);
                self.problems.slides.clear();
            }
            Err(errors) => self.problems.slides = errors.iter().map(Problem::from).collect(),
        }
        self.show_problems();
    }

    /// A cell whose code was changed in its file is like one that was edited on stage.
    fn mark_stale(&mut self, old: &Deck) {
        let changed: Vec<String> = self
            .deck
            .cells()
            .filter(|cell| {
                let before = old.cells().find(|other| other.id == cell.id);
                before.is_some_and(|before| before.snippet.source() != cell.snippet.source())
            })
            .map(|cell| cell.id.clone())
            .collect();
        for cell in changed {
            let stale = stale_after(&cell, &self.deck, &self.history, &self.stage.cells);
            if !stale.is_empty() {
                let edited = self.stage.cells.get(&cell).and_then(|state| state.edited.clone());
                self.change(Change::Edited { cell, edited, stale });
            }
        }
    }

    /// Offers a new build; the session goes on with the old one until the speaker decides.
    pub fn built(&mut self, built: Result<Option<LiveBuild>, Vec<Problem>>) {
        match built {
            Ok(live) => {
                self.problems.extension.clear();
                if let Some(live) = live {
                    let build = Some(live.build().clone());
                    self.builds.offered = Some(live);
                    self.change(Change::Offered { build });
                }
            }
            Err(problems) => self.problems.extension = problems,
        }
        self.show_problems();
    }
}
