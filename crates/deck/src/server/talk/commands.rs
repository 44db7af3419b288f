//! What a browser may ask for, and what it gets.

use std::sync::Arc;

use super::{
    actor::{Actor, KnownBuild},
    permission::permit,
    stale::stale_after,
};
use crate::protocol::{Build, Change, Command, Message, Position, Role};

/// The longest text that an edited cell may have, in bytes.
const LONGEST_EDIT: usize = 64 << 10;

/// Why a command is not carried out.
pub(super) type Refusal = String;

impl Actor {
    /// Carries a command out, or says to the one who asked why not.
    pub fn obey(&mut self, from: u64, command: Command) {
        let allowed = permit(self.followers.role(from), &command);
        if let Err(reason) = allowed.and_then(|()| self.carry_out(from, command)) {
            self.followers.tell(from, &Message::Refused { reason });
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
            Command::GoOn => self.go_on(),
            Command::Restart => self.restart(),
            Command::Rebuild { cell } => return self.rebuild(cell),
            Command::ReturnBuild => return self.return_build(),
            Command::Difference { cell } => return self.compare(from, &cell),
            Command::WriteBack { cell, digest } => return self.write_back(from, &cell, digest),
            Command::Unlock => self.followers.set_role(from, Role::Presenter),
            Command::Lock => self.followers.set_role(from, Role::Runner),
        }
        Ok(())
    }

    pub fn ask_for(&mut self, cell: String) -> Result<(), Refusal> {
        if !self.deck.cell(&cell).is_some_and(|cell| cell.shares_session()) {
            return Err(unknown(&cell));
        }
        let waits = self.queue.contains(&cell);
        let runs = self.running.as_ref().is_some_and(|running| running.cell == cell && running.is_at_work());
        if waits || runs {
            return Err(format!("The cell `{cell}` is already waiting or running."));
        }
        self.change(Change::Queued { cell: cell.clone() });
        self.queue.push_back(cell);
        self.run_next();
        Ok(())
    }

    fn edit(&mut self, cell: String, source: Option<String>) -> Result<(), Refusal> {
        if source.as_ref().is_some_and(|text| text.len() > LONGEST_EDIT) {
            return Err(format!("The text is too long for a slide: {LONGEST_EDIT} bytes are the limit."));
        }
        let original = self.shown(&cell).ok_or_else(|| unknown(&cell))?;
        let edited = source.filter(|text| text.trim_end() != original.trim_end());
        let current = self.stage.cells.get(&cell).and_then(|state| state.edited.as_ref());
        if edited.as_ref() != current {
            let stale = stale_after(&cell, &self.deck, &self.history, &self.stage.cells);
            self.change(Change::Edited { cell: cell.clone(), edited, stale });
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
            None => Err(format!("Build {} is not on offer any more.", build.number)),
        }
    }

    fn move_to(&mut self, position: Position) -> Result<(), Refusal> {
        if !self.deck.slides().any(|slide| slide.id == position.slide) {
            return Err(format!("There is no slide `{}`.", short(&position.slide)));
        }
        if position != self.stage.position {
            self.change(Change::Moved { position });
        }
        Ok(())
    }

    /// The shown text of a cell of the deck, in Python or Rust.
    fn shown(&self, id: &str) -> Option<String> {
        self.deck.cell(id).filter(|cell| cell.is_live()).map(|cell| cell.snippet.shown())
    }
}

fn unknown(cell: &str) -> Refusal {
    format!("There is no cell `{}`.", short(cell))
}

/// What a browser sent is repeated only in so far as a person would read it.
pub fn short(text: &str) -> &str {
    &text[..text.floor_char_boundary(80)]
}
