//! Rust that was edited on stage goes back to its file: first the difference is shown, then it is asked for. Both are done at
//! once, whatever the compiler is busy with.

use tokio::{sync::mpsc, task::spawn_blocking};

use super::{
    input::Input,
    refusal::Refusal,
    slides::{Slides, edited},
};
use crate::{
    extension::{Difference, LiveRegion, difference, write_back},
    project::Project,
    protocol::{Message, Stage},
};

/// Reads and writes the project's files for one follower at a time.
pub struct WriteBack {
    project: Project,
    inputs: mpsc::Sender<Input>,
}

impl WriteBack {
    /// Writes to this project, and answers here.
    pub fn new(project: Project, inputs: mpsc::Sender<Input>) -> Self {
        Self { project, inputs }
    }

    /// Has the difference made that writing a cell back would make.
    pub fn compare(&self, to: u64, cell: &str, slides: &Slides, stage: &Stage) -> Result<(), Refusal> {
        self.answer(to, region(cell, slides, stage)?, |project, region| {
            let Difference { diff, digest } = difference(project, &region)?;
            let file = region.region.file.display().to_string();
            Ok(Message::Difference { cell: region.cell, file, diff, digest })
        });
        Ok(())
    }

    /// Has a cell written back to its file, if that is still as it was shown. The stage follows when the file is read again.
    pub fn write(
        &self,
        to: u64,
        cell: &str,
        digest: String,
        slides: &Slides,
        stage: &Stage,
    ) -> Result<(), Refusal> {
        self.answer(to, region(cell, slides, stage)?, move |project, region| {
            write_back(project, &region, &digest)?;
            let file = region.region.file.display().to_string();
            Ok(Message::Written { cell: region.cell, file })
        });
        Ok(())
    }

    /// Answers the one who asked, when the disk has.
    fn answer(
        &self,
        to: u64,
        region: LiveRegion,
        ask: impl FnOnce(&Project, LiveRegion) -> Result<Message, Refusal> + Send + 'static,
    ) {
        let (project, inputs) = (self.project.clone(), self.inputs.clone());
        spawn_blocking(move || {
            let answered = ask(&project, region);
            let message = answered.unwrap_or_else(|refusal| Message::Refused { reason: refusal.to_string() });
            // The talk has ended if nobody listens.
            let _ = inputs.blocking_send(Input::Answer { to, message: Box::new(message) });
        });
    }
}

fn region(id: &str, slides: &Slides, stage: &Stage) -> Result<LiveRegion, Refusal> {
    let region = slides.rust_cell(id)?.region.clone();
    let text = edited(stage, id).ok_or_else(|| Refusal::NotChanged(id.to_owned()))?;
    Ok(LiveRegion { cell: id.to_owned(), region, text: Some(text.to_owned()) })
}
