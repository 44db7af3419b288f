//! What was edited on stage goes back to its file: first the difference is shown, then it is asked for. Both are done at
//! once, whatever the compiler is busy with.

use tokio::task::spawn_blocking;

use super::{actor::Actor, input::Input, refusal::Refusal};
use crate::{
    extension::{Difference, LiveRegion, NotWritten, difference, write_back},
    protocol::Message,
};

impl Actor {
    /// Has the difference made that writing a cell back would make.
    pub fn compare(&mut self, from: u64, cell: &str) -> Result<(), Refusal> {
        let region = self.edited_region(cell)?;
        let (project, file) = (self.project.clone(), region.region.file.display().to_string());
        self.answer(from, move || {
            let Difference { diff, digest } = difference(&project, &region)?;
            Ok(Message::Difference { cell: region.cell, file, diff, digest })
        });
        Ok(())
    }

    /// Has a cell written back to its file, if that is still as it was shown. The stage follows when the file is read again.
    pub fn write_back(&mut self, from: u64, cell: &str, digest: String) -> Result<(), Refusal> {
        let region = self.edited_region(cell)?;
        let (project, file) = (self.project.clone(), region.region.file.display().to_string());
        self.answer(from, move || {
            write_back(&project, &region, &digest)?;
            Ok(Message::Written { cell: region.cell, file })
        });
        Ok(())
    }

    /// Answers the one who asked, when the disk has.
    fn answer(&self, to: u64, ask: impl FnOnce() -> Result<Message, NotWritten> + Send + 'static) {
        let inputs = self.sessions.inputs.clone();
        spawn_blocking(move || {
            let message = ask()
                .unwrap_or_else(|error| Message::Refused { reason: Refusal::NotWritten(error).to_string() });
            // The talk has ended if nobody listens.
            let _ = inputs.blocking_send(Input::Answer { to, message: Box::new(message) });
        });
    }

    fn edited_region(&self, id: &str) -> Result<LiveRegion, Refusal> {
        let rust = self.rust_cell(id)?;
        let edited = self.audience.stage().cells.get(id).and_then(|state| state.edited.clone());
        match edited {
            Some(text) => {
                Ok(LiveRegion { cell: id.to_owned(), region: rust.region.clone(), text: Some(text) })
            }
            None => Err(Refusal::NotChanged(id.to_owned())),
        }
    }
}
