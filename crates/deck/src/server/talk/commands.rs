//! What a browser may ask for, and what it gets.

use std::sync::Arc;

use super::{
    actor::{Actor, KnownBuild},
    permission::permit,
    refusal::Refusal,
    stale::stale_after,
};
use crate::protocol::{Build, Change, Command, Position, Role};

/// The longest text that an edited cell may have, in bytes.
const LONGEST_EDIT: usize = 64 << 10;

impl Actor {
    /// Carries a command out, or says to the one who asked why not.
    pub fn handle(&mut self, from: u64, command: Command) {
        let allowed = permit(self.audience.role(from), &command);
        if let Err(refusal) = allowed.and_then(|()| self.carry_out(from, command)) {
            self.audience.refuse(from, &refusal);
        }
    }

    fn carry_out(&mut self, from: u64, command: Command) -> Result<(), Refusal> {
        match command {
            Command::Run { cell } => return self.ask_for(cell),
            Command::Edit { cell, source } => return self.edit(cell, source),
            Command::UseBuild { build } => return self.use_build(&build),
            Command::Trace { xray } => return self.trace(&xray),
            Command::TraceExpression { setup, expression } => {
                return self.trace_expression(setup, expression);
            }
            Command::Move { position } => return self.move_to(position),
            Command::Stop => {
                self.stop_rebuild();
                self.stop();
            }
            Command::GoOn => self.audience.let_go_on(),
            Command::Restart => self.restart(),
            Command::Rebuild { cell } => return self.rebuild(cell),
            Command::ReturnBuild => return self.return_build(),
            Command::Difference { cell } => return self.compare(from, &cell),
            Command::WriteBack { cell, digest } => return self.write_back(from, &cell, digest),
            Command::Unlock => self.audience.set_role(from, Role::Presenter),
            Command::Lock => self.audience.set_role(from, Role::Runner),
        }
        Ok(())
    }

    pub fn ask_for(&mut self, cell: String) -> Result<(), Refusal> {
        if !self.deck.cell(&cell).is_some_and(|cell| cell.shares_session()) {
            return Err(Refusal::NoCell(cell));
        }
        let waits = self.queue.contains(&cell);
        let runs = self.running.as_ref().is_some_and(|running| running.cell == cell && running.is_at_work());
        if waits || runs {
            return Err(Refusal::AlreadyAsked(cell));
        }
        self.audience.show(Change::Queued { cell: cell.clone() });
        self.queue.push_back(cell);
        self.run_next();
        Ok(())
    }

    fn edit(&mut self, cell: String, source: Option<String>) -> Result<(), Refusal> {
        if source.as_ref().is_some_and(|text| text.len() > LONGEST_EDIT) {
            return Err(Refusal::TextTooLong(LONGEST_EDIT));
        }
        let original = self.shown(&cell).ok_or_else(|| Refusal::NoCell(cell.clone()))?;
        let edited = source.filter(|text| text.trim_end() != original.trim_end());
        let current = self.audience.stage().cells.get(&cell).and_then(|state| state.edited.as_ref());
        if edited.as_ref() != current {
            let stale = stale_after(&cell, &self.deck, &self.history, &self.audience.stage().cells);
            self.audience.show(Change::Edited { cell: cell.clone(), edited, stale });
            if self.deck.cell(&cell).is_some_and(|cell| cell.rust().is_some()) {
                self.check_rust(&cell);
            }
        }
        Ok(())
    }

    fn use_build(&mut self, build: &Build) -> Result<(), Refusal> {
        match self.builds.offered.take_if(|live| live.build() == build) {
            Some(live) => {
                self.builds.go_over(KnownBuild::Made(Arc::new(live)));
                self.restart();
                Ok(())
            }
            None => Err(Refusal::NotOnOffer(build.number)),
        }
    }

    fn move_to(&mut self, position: Position) -> Result<(), Refusal> {
        if !self.deck.slides().any(|slide| slide.id == position.slide) {
            return Err(Refusal::NoSlide(position.slide));
        }
        if position != self.audience.stage().position {
            self.audience.show(Change::Moved { position });
        }
        Ok(())
    }

    /// The shown text of a cell of the deck, in Python or Rust.
    fn shown(&self, id: &str) -> Option<String> {
        self.deck.cell(id).filter(|cell| cell.is_live()).map(|cell| cell.snippet.shown())
    }
}
