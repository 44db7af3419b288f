//! Asking the compiler about Rust that stands on a slide and not in the demo crate.

use super::Project;
use crate::{
    extension::{Extension, LiveRegion, Overlay},
    model::{Cell, RustCell},
    protocol::{CellError, CellEvent, Finding, Level, Outcome, Status},
};

/// Where the crate is prepared for it, from the project's folder.
const FOLDER: &str = ".deck/compiled";
/// The profile does not matter for what the compiler says.
const PROFILE: &str = "dev";

/// The project's demo crate, prepared when it is first needed.
pub struct Compiling<'a> {
    project: &'a Project,
    extension: Option<Extension>,
}

impl<'a> Compiling<'a> {
    /// For cells of this project.
    pub fn new(project: &'a Project) -> Self {
        Self { project, extension: None }
    }

    /// What the compiler says of a cell in the place of its region, as a run: it ends well if there is a library.
    ///
    /// # Errors
    /// Where the crate cannot be prepared.
    pub fn run(&mut self, cell: &Cell, rust: &RustCell) -> anyhow::Result<Outcome> {
        let text = Some(cell.snippet.shown());
        let region = LiveRegion { cell: cell.id.clone(), region: rust.region.clone(), text };
        let mut findings = self.extension()?.check(&Overlay { regions: vec![region] }).unwrap_or_default();
        findings.retain(|finding| finding.level == Level::Error);
        Ok(Outcome { events: events(findings) })
    }

    fn extension(&mut self) -> anyhow::Result<&mut Extension> {
        match &mut self.extension {
            Some(extension) => Ok(extension),
            none => {
                let folder = self.project.root.join(FOLDER);
                Ok(none.insert(Extension::new(&self.project.root, &self.project.python, PROFILE, folder)?))
            }
        }
    }
}

fn events(errors: Vec<Finding>) -> Vec<CellEvent> {
    let status = if errors.is_empty() { Status::Ok } else { Status::Error };
    let error = CellEvent::Error { error: CellError::Compile { findings: errors } };
    let finished = CellEvent::Finished { status, seconds: 0.0, limits: Vec::new() };
    let error = (status == Status::Error).then_some(error);
    [CellEvent::Started].into_iter().chain(error).chain([finished]).collect()
}
