//! What the runner of each kind of cell does.

use super::{baseline::Baseline, check_result::CheckResult, update::Update};
use crate::model::Cell;

/// Runs the cells of one kind.
pub trait KindRunner {
    /// Runs a cell, and compares with its recording. Cells are handed over in the order of the talk.
    fn verify(&mut self, cell: &Cell, baseline: &Baseline) -> CheckResult;

    /// Runs a cell for a recording.
    ///
    /// # Errors
    /// What keeps the run from being recorded.
    fn record(&mut self, cell: &Cell, baseline: &Baseline) -> anyhow::Result<Update>;
}
