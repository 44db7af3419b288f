//! What a saved source does to the talk.

use super::{
    actor::Actor,
    opening::Loaded,
    overlay::{edited, overlay},
    stale::stale_after,
};
use crate::{
    extension::LiveBuild,
    model::{Cell, Deck},
    protocol::{Change, Finding, Level, Problem, Spotted},
    server::build_queue::BuildRequest,
};

impl Actor {
    /// Shows the new deck; with errors in the sources, the last good one stays and the errors are shown.
    pub fn loaded(&mut self, loaded: Loaded) {
        match loaded {
            Ok((deck, site)) => {
                let digest = site.digest.clone();
                self.pages.replace(site);
                let old = std::mem::replace(&mut self.deck, deck);
                if digest != self.audience.stage().deck {
                    self.audience.show(Change::Rebuilt { deck: digest });
                }
                self.mark_stale(&old);
                self.drop_edits();
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
            .filter(|cell| cell.shares_session())
            .filter(|cell| {
                let before = old.cell(&cell.id);
                before.is_some_and(|before| before.snippet.source() != cell.snippet.source())
            })
            .map(|cell| cell.id.clone())
            .collect();
        for cell in changed {
            let stale = stale_after(&cell, &self.deck, &self.history, &self.audience.stage().cells);
            if !stale.is_empty() {
                let edited = self.audience.stage().cells.get(&cell).and_then(|state| state.edited.clone());
                self.audience.show(Change::Edited { cell, edited, stale });
            }
        }
    }

    /// A text on the stage that the file has by now, too, is no edit any more: somebody wrote it back.
    fn drop_edits(&mut self) {
        let now = |cell: &&Cell| {
            let edited = self.audience.stage().cells.get(&cell.id).and_then(|state| state.edited.as_deref());
            edited.is_some_and(|edited| edited.trim_end() == cell.snippet.shown().trim_end())
        };
        let same: Vec<String> = self
            .deck
            .cells()
            .filter(|cell| cell.rust().is_some())
            .filter(now)
            .map(|cell| cell.id.clone())
            .collect();
        for cell in same {
            self.audience.show(Change::Edited { cell, edited: None, stale: Vec::new() });
        }
    }

    /// Has what was saved built, with what stands on the stage.
    pub fn offer_build(&mut self) {
        let overlay =
            overlay(&self.deck, &self.audience.stage().cells, &self.audience.stage().build.edited, None);
        // Without an extension, nobody listens.
        let _ = self.build_queue.ask(BuildRequest::Offer { edited: edited(&overlay), overlay });
    }

    /// What the compiler says of the crate as it is on the disk.
    pub fn warmed_up(&mut self, findings: Vec<Finding>) {
        self.problems.extension = self.problems_of(findings);
        self.show_problems();
    }

    /// Offers a new build; the session goes on with the old one until the speaker decides.
    pub fn built(&mut self, built: Result<LiveBuild, Vec<Finding>>) {
        match built {
            Ok(live) => {
                self.problems.extension.clear();
                let build = Some(live.build().clone());
                self.builds.offered = Some(live);
                self.audience.show(Change::Offered { build });
            }
            Err(findings) => self.problems.extension = self.problems_of(findings),
        }
        self.show_problems();
    }

    /// The errors among findings, as errors of source files: where a cell shows the place, the file of its region.
    fn problems_of(&self, findings: Vec<Finding>) -> Vec<Problem> {
        let errors = findings.into_iter().filter(|finding| finding.level == Level::Error);
        errors
            .map(|finding| {
                let place = finding.spots.first().and_then(|spot| self.place(&spot.at));
                let (file, line) = place
                    .unwrap_or_else(|| (self.project.layout.extension.manifest().display().to_string(), 1));
                Problem { file, line, message: finding.message, rendered: finding.rendered }
            })
            .collect()
    }

    /// A place in a file of the project.
    fn place(&self, at: &Spotted) -> Option<(String, u32)> {
        match at {
            Spotted::File { file, line, .. } => Some((file.clone(), *line)),
            Spotted::Cell { cell, from, .. } => {
                let origin = self.deck.cell(cell)?.snippet.origin.as_ref()?;
                Some((origin.file.display().to_string(), origin.line + from.line - 1))
            }
        }
    }
}
