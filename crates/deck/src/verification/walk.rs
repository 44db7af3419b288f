//! One walk over the cells that a command is about, each with its runner.

use std::io::Write;

use super::{
    baseline::Baseline,
    interpreters::Interpreters,
    kind_runner::KindRunner,
    report::Report,
    runners::{Runners, chosen},
    runtime::Runtime,
};
use crate::{
    diagnostic::Diagnostic, model::Cell, model::Deck, project::Project, recorded::DeckRecordings,
    tracer::TraceSource,
};

/// What a command runs, and where.
pub struct Walk<'a> {
    /// The talk on disk.
    pub project: &'a Project,
    /// The deck.
    pub deck: &'a Deck,
    /// What was recorded of it.
    pub recordings: &'a DeckRecordings,
    /// Ids of the cells that a user named; none for all.
    pub ids: &'a [String],
    /// Which Python runs them.
    pub runtime: Runtime,
    /// Where nothing can be traced, this is a failure.
    pub must_trace: bool,
    /// Where traces come from.
    pub traces: &'a dyn TraceSource,
}

/// What a command does with one cell.
pub type Visit<'a> = dyn FnMut(&Cell, &mut dyn KindRunner, &Baseline, &mut Report) -> anyhow::Result<()> + 'a;

impl Walk<'_> {
    /// Visits each cell, with a report that is written to `out`. Then reports recordings that belong to none, if all cells were
    /// visited, and hands them back with the report.
    ///
    /// # Errors
    /// Where no cell can be run at all, and those of `visit`.
    pub fn run<'o>(
        &self,
        out: &'o mut dyn Write,
        visit: &mut Visit,
    ) -> anyhow::Result<(Report<'o>, Vec<Diagnostic>)> {
        let cells = chosen(self.deck, self.ids, self.runtime)?;
        let interpreters = Interpreters::start(self.runtime, self.deck, self.project)?;
        let baseline = Baseline {
            deck: self.deck,
            recordings: self.recordings,
            environment: &interpreters.environment,
            runtime: self.runtime,
            must_trace: self.must_trace,
        };
        let mut runners = Runners::new(self.deck, self.project, &interpreters, self.traces);
        let mut report = Report::new(out, &cells);
        for cell in cells {
            visit(cell, runners.of(cell), &baseline, &mut report)?;
        }
        let orphans = if self.ids.is_empty() { self.recordings.orphans(self.deck) } else { Vec::new() };
        report.errors(&orphans)?;
        Ok((report, orphans))
    }
}
