//! `deck record`.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use anyhow::Context;

use super::{
    Project,
    compiling::Compiling,
    project::chosen,
    pyodide_parts::PyodideHost,
    refused::not_written,
    rehearsal::Rehearsal,
    report::{Mark, Report},
    shelves::Shelves,
    tracing::Tracing,
    trial::Runtime,
};
use crate::{
    model::{Cell, CellKind, Deck},
    protocol::Outcome,
    recording::{Plan, Recording, Take, faults, next_step},
    replay::source_hash,
    tracer::TraceSource,
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
    project: Project,
}

impl Args {
    fn runtime(&self) -> Runtime {
        if self.pyodide { Runtime::Pyodide(PyodideHost::Node) } else { Runtime::Python }
    }
}

/// Runs the verb, which speaks on standard output.
///
/// # Errors
/// Those of [`run_to`].
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    run_to(args, &args.project.tracer()?, &mut anstream::stdout())
}

/// Runs the verb with a source of traces; it speaks to `out`, with colours.
///
/// # Errors
/// Where no cell can be run at all, or a file cannot be written.
pub fn run_to(args: &Args, source: &dyn TraceSource, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let (deck, recordings) = match args.project.read() {
        Ok(read) => read,
        Err(errors) => {
            Report::new(out, &[]).errors(&errors)?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let chosen = chosen(&deck, &args.cells, args.runtime())?;
    let rehearsal = args.runtime().rehearsal(&deck, &args.project)?;
    let mut report = Report::new(out, &chosen);
    let mut counts = Counts::default();
    let mut compiling = Compiling::new(&args.project);
    let mut tracing = Tracing::new(&deck, &args.project, rehearsal.fingerprint(), source);
    for cell in chosen {
        if let Some(reason) = args.runtime().refusal(cell) {
            let plan = recordings.cells.plan_without(cell, &rehearsal.fingerprint().variant());
            if !plan.remove.is_empty() {
                let (mark, note) = keep(&Change::of(plan)?, args, &mut counts)?;
                report.line(mark, &cell.id, None, &note)?;
            }
            report.line(Mark::Open, &cell.id, None, &format!("does not run in a browser: {reason}"))?;
            continue;
        }
        let outcome = match &cell.kind {
            CellKind::Python(_) => rehearsal.alone(cell),
            CellKind::Rust(rust) => compiling.run(cell, rust),
            CellKind::Xray(xray) => {
                let began = Instant::now();
                match tracing.record(cell, xray) {
                    Ok(recording) => {
                        let plan = Change::of(recordings.xrays.plan(&xray.claims, recording))?;
                        let (mark, note) = keep(&plan, args, &mut counts)?;
                        report.line(mark, &cell.id, Some(began.elapsed().as_secs_f64()), &note)?;
                    }
                    Err(why) => {
                        counts.failed += 1;
                        let note = format!("not recorded ({})", cell.snippet.place.label());
                        report.line(Mark::Bad, &cell.id, None, &note)?;
                        report.details(&why)?;
                    }
                }
                continue;
            }
        };
        let planned = outcome
            .and_then(|outcome| perform(&deck, &rehearsal, cell, outcome))
            .and_then(|(recording, seconds)| Ok((planned(args, &recordings, cell, recording)?, seconds)));
        match planned {
            Ok((plan, seconds)) => {
                let (mark, note) = keep(&Change::of(plan)?, args, &mut counts)?;
                report.line(mark, &cell.id, Some(seconds), &note)?;
            }
            Err(error) => {
                counts.failed += 1;
                let note = format!("not recorded ({})", cell.snippet.place.label());
                report.line(Mark::Bad, &cell.id, None, &note)?;
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
    fn note(&mut self, plan: &Change, check: bool) -> (Mark, String) {
        if plan.write.is_none() && plan.remove.is_empty() {
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

/// The recording of a cell that ran alone, and how long that took in seconds.
fn perform(
    deck: &Deck,
    rehearsal: &Rehearsal,
    cell: &Cell,
    outcome: Outcome,
) -> anyhow::Result<(Recording, f64)> {
    let faults = faults(cell, &outcome.events);
    anyhow::ensure!(faults.is_empty(), "{}", faults.join("\n"));
    let seconds = outcome.seconds();
    let source = source_hash(deck, cell);
    Ok((Recording::new(cell.id.clone(), source, rehearsal.fingerprint().clone(), outcome.events), seconds))
}

/// Where a new recording belongs.
fn planned(
    args: &Args,
    recordings: &Shelves,
    cell: &Cell,
    new: Recording,
) -> anyhow::Result<Plan<Recording>> {
    match args.runtime() {
        Runtime::Python => Ok(recordings.cells.plan(cell, new)),
        Runtime::Pyodide(_) => recordings.cells.plan_beside(cell, new).with_context(|| {
            format!("the deck shows no recording of it that holds; first {}", next_step(&cell.id, None))
        }),
    }
}

/// What becomes of the files of a cell or an X-ray; paths are from the project's folder.
struct Change {
    /// A file and its text.
    write: Option<(PathBuf, String)>,
    remove: Vec<PathBuf>,
}

impl Change {
    fn of<T: Take>(plan: Plan<T>) -> anyhow::Result<Self> {
        let text = |(path, take): (PathBuf, T)| match take.text() {
            Ok(text) => Ok((path, text)),
            Err(error) => Err(error).context(format!("{} cannot be written", path.display())),
        };
        Ok(Self { write: plan.write.map(text).transpose()?, remove: plan.remove })
    }
}

/// Changes the files, unless they are only checked, and says what was done.
fn keep(change: &Change, args: &Args, counts: &mut Counts) -> anyhow::Result<(Mark, String)> {
    if !args.check {
        write(&args.project.root, change)?;
    }
    Ok(counts.note(change, args.check))
}

fn write(root: &Path, change: &Change) -> anyhow::Result<()> {
    if let Some((path, text)) = &change.write {
        replace(&root.join(path), text).map_err(|error| not_written(path, &error, "deck record"))?;
    }
    for path in &change.remove {
        fs::remove_file(root.join(path)).with_context(|| format!("{} cannot be removed", path.display()))?;
    }
    Ok(())
}

/// Writes a file whole or not at all.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    let fresh = path.with_extension("new");
    fs::write(&fresh, text).and_then(|()| fs::rename(&fresh, path)).inspect_err(|_| {
        // Half a file helps nobody and takes room on a full disk; what is wrong with the disk is said in any case.
        let _ = fs::remove_file(&fresh);
    })
}
