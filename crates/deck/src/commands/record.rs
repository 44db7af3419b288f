//! `deck record`.

use std::{io::Write, process::ExitCode};

use super::{ProjectArgs, report, verify::read};
use crate::{
    model::Cell,
    project::Project,
    tracer::{TraceSource, Tracer},
    verification::{FileChanges, Mark, PyodideHost, Report, Runtime, Update, Walk},
};

/// Run the cells, trace the X-rays, and keep what they do.
///
/// Every cell runs alone: in a fresh interpreter, after the set-up of its chapter and the cells that it needs. What it
/// prints, shows and measures goes to one file per cell in slides/recordings. The deck shows these files as the cells'
/// output, and `deck verify` compares new runs with them. Review them with `git diff` before you commit them.
///
/// A file stays as it is, to the byte, where the new run says the same: addresses, durations, process numbers and the
/// like may differ. Measurements of a cell that only asserts relations stay until its code, the interpreter, the
/// extension or the machine changes; delete the file to measure again.
///
/// Where another interpreter has recorded a cell before, e.g. CPython 3.13, this one gets a file of its own, e.g.
/// first-call.cpython-3.11.toml, only if its output differs. Once a cell's code has changed, the interpreter that
/// records it first is the one that the deck shows.
///
/// With --pyodide, the cells run where readers of a shared deck run them: in Pyodide. Only what differs from what the deck
/// shows is written, to files such as first-call.pyodide-3.14.toml. A cell whose fence says why it cannot run there is left
/// out.
///
/// An X-ray is traced in a fresh interpreter of its own; what it executed goes to slides/recordings/xray. Nothing is
/// written of a trace that contradicts what the X-ray claims.
///
/// Nothing is written of a cell that fails without `expect-error`, ends well in spite of it, or asserts a relation that
/// does not hold.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this cell or X-ray; can be given more than once.
    #[arg(long = "cell", value_name = "ID")]
    cells: Vec<String>,

    /// Run the cells of Python in Pyodide, as readers' browsers do, and keep what differs there.
    #[arg(long)]
    pyodide: bool,

    /// Write nothing, and end with exit code 1 if a file would change.
    #[arg(long)]
    check: bool,

    #[command(flatten)]
    project: ProjectArgs,
}

/// Runs the command, which speaks on standard output.
///
/// # Errors
/// Those of [`run_to`].
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    match args.project.open() {
        Ok(project) => run_to(args, &Tracer::of(&project)?, &mut anstream::stdout()),
        Err(errors) => Ok(report(&errors)),
    }
}

/// Runs the command with a source of traces; it speaks to `out`, with colours.
///
/// # Errors
/// Where no cell can be run at all, or a file cannot be written.
pub fn run_to(args: &Args, traces: &dyn TraceSource, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let (project, deck, recordings) = match read(&args.project) {
        Ok(read) => read,
        Err(errors) => {
            Report::new(out, &[]).errors(&errors)?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let walk = Walk {
        project: &project,
        deck: &deck,
        recordings: &recordings,
        ids: &args.cells,
        runtime: args.runtime(),
        must_trace: true,
        traces,
    };
    let mut counts = Counts { check: args.check, ..Counts::default() };
    let (mut report, orphans) =
        walk.run(out, &mut |cell, runner, baseline, report| match runner.record(cell, baseline) {
            Ok(update) => counts.updated(cell, &update, &project, report),
            Err(error) => {
                counts.failed += 1;
                let note = format!("not recorded ({})", cell.snippet.place.label());
                report.line(Mark::Bad, &cell.id, None, &note)?;
                Ok(report.details(&format!("{error:#}"))?)
            }
        })?;
    report.close(&counts.line())?;
    let good = counts.failed == 0 && orphans.is_empty() && !(args.check && counts.changed > 0);
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Args {
    fn runtime(&self) -> Runtime {
        if self.pyodide { Runtime::Pyodide(PyodideHost::Node) } else { Runtime::Python }
    }
}

#[derive(Default)]
struct Counts {
    /// Nothing is written.
    check: bool,
    unchanged: usize,
    changed: usize,
    failed: usize,
}

impl Counts {
    /// Writes the files of a cell that ran, unless they are only checked, and says what became of them.
    fn updated(
        &mut self,
        cell: &Cell,
        update: &Update,
        project: &Project,
        report: &mut Report,
    ) -> anyhow::Result<()> {
        let Update { changes, seconds, refusal } = update;
        if refusal.is_none() || !changes.is_empty() {
            if !self.check {
                changes.apply(&project.root, "deck record")?;
            }
            let (mark, note) = self.note(changes);
            report.line(mark, &cell.id, *seconds, &note)?;
        }
        if let Some(reason) = refusal {
            report.line(Mark::Open, &cell.id, None, &format!("does not run in a browser: {reason}"))?;
        }
        Ok(())
    }

    /// Counts a cell that ran, and says what becomes of its files.
    fn note(&mut self, changes: &FileChanges) -> (Mark, String) {
        if changes.is_empty() {
            self.unchanged += 1;
            return (Mark::Good, "unchanged".into());
        }
        self.changed += 1;
        let (mark, would) = if self.check { (Mark::Bad, "would be ") } else { (Mark::Good, "") };
        let written = changes.write.iter().map(|(path, _)| format!("{would}written: {}", path.display()));
        let removed = changes.remove.iter().map(|path| format!("{would}removed: {}", path.display()));
        (mark, written.chain(removed).collect::<Vec<_>>().join(", "))
    }

    fn line(&self) -> String {
        let changed = if self.check { "would change" } else { "changed" };
        format!("{} unchanged, {} {changed}, {} failed", self.unchanged, self.changed, self.failed)
    }
}
