//! `deck record`.

use std::{
    fs,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use anyhow::Context;

use super::{
    Project,
    project::chosen,
    rehearsal::Rehearsal,
    report::{Mark, Report},
};
use crate::{
    model::{Cell, Deck},
    recording::{Plan, Recording, faults},
    replay::source_hash,
};

/// Run the cells and keep what they do.
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
/// Nothing is written of a cell that fails without `expect-error`, ends well in spite of it, or asserts a relation that
/// does not hold.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this cell; can be given more than once.
    #[arg(long = "cell", value_name = "ID")]
    cells: Vec<String>,

    /// Write nothing, and end with exit code 1 if a file would change.
    #[arg(long)]
    check: bool,

    #[command(flatten)]
    project: Project,
}

/// Runs the verb, which speaks on standard output.
///
/// # Errors
/// Those of [`run_to`].
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    run_to(args, &mut anstream::stdout())
}

/// Runs the verb, which speaks to `out`, with colours.
///
/// # Errors
/// Where no cell can be run at all, or a file cannot be written.
pub fn run_to(args: &Args, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let (deck, recordings) = match args.project.read() {
        Ok(read) => read,
        Err(errors) => {
            Report::new(out, &[]).errors(&errors)?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let cells = chosen(&deck, &args.cells)?;
    let rehearsal = Rehearsal::start(&deck, &args.project)?;
    let mut report = Report::new(out, &cells);
    let mut counts = Counts::default();
    for cell in cells {
        match perform(&deck, &rehearsal, cell) {
            Ok((recording, seconds)) => {
                let plan = recordings.plan(cell, recording);
                if !args.check {
                    write(&args.project.root, &plan)?;
                }
                let (mark, note) = counts.note(&plan, args.check);
                report.cell(mark, cell, Some(seconds), &note)?;
            }
            Err(error) => {
                counts.failed += 1;
                let note = format!("not recorded ({})", cell.snippet.place.label());
                report.cell(Mark::Bad, cell, None, &note)?;
                report.details(&format!("{error:#}"))?;
            }
        }
    }
    let orphans = if args.cells.is_empty() { recordings.orphans(&deck) } else { Vec::new() };
    report.errors(&orphans)?;
    report.close(&counts.line(args.check))?;
    let good = counts.failed == 0 && orphans.is_empty() && !(args.check && counts.changed > 0);
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[derive(Default)]
struct Counts {
    unchanged: usize,
    changed: usize,
    failed: usize,
}

impl Counts {
    /// Counts a cell that ran, and says what becomes of its files.
    fn note(&mut self, plan: &Plan, check: bool) -> (Mark, String) {
        if plan.is_empty() {
            self.unchanged += 1;
            return (Mark::Good, "unchanged".into());
        }
        self.changed += 1;
        let (mark, would) = if check { (Mark::Bad, "would be ") } else { (Mark::Good, "") };
        let written = plan.write.iter().map(|(path, _)| format!("{would}written: {}", path.display()));
        let removed = plan.remove.iter().map(|path| format!("{would}removed: {}", path.display()));
        (mark, written.chain(removed).collect::<Vec<_>>().join(", "))
    }

    fn line(&self, check: bool) -> String {
        let changed = if check { "would change" } else { "changed" };
        format!("{} unchanged, {} {changed}, {} failed", self.unchanged, self.changed, self.failed)
    }
}

/// Runs a cell alone. The recording, and how long the cell took in seconds.
fn perform<'a>(
    deck: &Deck,
    rehearsal: &'a Rehearsal<'a>,
    cell: &'a Cell,
) -> anyhow::Result<(Recording, f64)> {
    let outcome = rehearsal.alone(cell)?;
    let faults = faults(cell, &outcome.events);
    anyhow::ensure!(faults.is_empty(), "{}", faults.join("\n"));
    let seconds = outcome.seconds();
    let source = source_hash(deck, cell);
    Ok((Recording::new(cell.id.clone(), source, rehearsal.fingerprint().clone(), outcome.events), seconds))
}

fn write(root: &Path, plan: &Plan) -> anyhow::Result<()> {
    if let Some((path, recording)) = &plan.write {
        let text = recording.to_toml().with_context(|| format!("{} cannot be written", path.display()))?;
        replace(&root.join(path), &text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    for path in &plan.remove {
        fs::remove_file(root.join(path)).with_context(|| format!("{} cannot be removed", path.display()))?;
    }
    Ok(())
}

/// Writes a file whole or not at all.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    let fresh = path.with_extension("toml.new");
    fs::write(&fresh, text)?;
    fs::rename(&fresh, path)
}
