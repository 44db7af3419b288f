//! Asks the compiler about Rust that stands on a slide and not in the demo crate.

use super::{
    baseline::Baseline,
    check_result::{CheckResult, Judged},
    kind_runner::KindRunner,
    report::Mark,
    update::Update,
};
use crate::{
    extension::{Extension, LiveRegion, Overlay},
    model::Cell,
    project::Project,
    protocol::{CellError, CellEvent, Finding, Level, Outcome, Status},
};

/// Where the crate is prepared for it, among what is kept between two runs.
const FOLDER: &str = "compiled";
/// The profile does not matter for what the compiler says.
const PROFILE: &str = "dev";

/// Compiles cells in the place of their regions.
pub struct RustRunner<'a> {
    project: &'a Project,
    /// The project's demo crate, prepared when it is first needed.
    extension: Option<Extension>,
}

impl<'a> RustRunner<'a> {
    /// For cells of this project.
    pub fn new(project: &'a Project) -> Self {
        Self { project, extension: None }
    }

    /// What the compiler says of a cell in the place of its region, as a run: it ends well if there is a library.
    fn run(&mut self, cell: &Cell) -> anyhow::Result<Outcome> {
        let region = cell.rust().map(|rust| LiveRegion {
            cell: cell.id.clone(),
            region: rust.region.clone(),
            text: Some(cell.snippet.shown()),
        });
        let overlay = Overlay { regions: region.into_iter().collect() };
        let mut findings = self.extension()?.check(&overlay).unwrap_or_default();
        findings.retain(|finding| finding.level == Level::Error);
        Ok(Outcome { events: events(findings) })
    }

    fn extension(&mut self) -> anyhow::Result<&mut Extension> {
        match &mut self.extension {
            Some(extension) => Ok(extension),
            none => Ok(none.insert(Extension::new(self.project, PROFILE, self.project.scratch(FOLDER))?)),
        }
    }
}

impl KindRunner for RustRunner<'_> {
    fn verify(&mut self, cell: &Cell, baseline: &Baseline) -> CheckResult {
        let faults = baseline.recordings.runs.check_cell(baseline.deck, cell);
        if !faults.is_empty() {
            return CheckResult::unrecorded(&faults);
        }
        match baseline.judged(cell, self.run(cell)) {
            Judged::Good => CheckResult::new(Mark::Good, "", ""),
            Judged::Open(why) => CheckResult::new(Mark::Open, format!("not comparable here: {why}"), ""),
            Judged::Bad(what) => CheckResult::new(Mark::Bad, cell.snippet.place.label(), what),
        }
    }

    fn record(&mut self, cell: &Cell, baseline: &Baseline) -> anyhow::Result<Update> {
        baseline.recorded(cell, self.run(cell)?)
    }
}

fn events(errors: Vec<Finding>) -> Vec<CellEvent> {
    let status = if errors.is_empty() { Status::Ok } else { Status::Error };
    let error = CellEvent::Error { error: CellError::Compile { findings: errors } };
    let finished = CellEvent::Finished { status, seconds: 0.0, limits: Vec::new() };
    let error = (status == Status::Error).then_some(error);
    [CellEvent::Started].into_iter().chain(error).chain([finished]).collect()
}
