//! `deck verify`.

use std::{io::Write, process::ExitCode};

use super::{
    Project,
    finding::{Finding, Judged},
    project::chosen,
    rehearsal::{Rehearsal, Sitting},
    report::{Mark, Report, rendered},
};
use crate::{
    model::{Cell, Deck},
    protocol::Outcome,
    recording::{Recordings, compare},
};

/// Run the cells and compare what they do with what was recorded.
///
/// Every cell runs twice: in the order of the talk, in one interpreter per chapter, and alone, in a fresh interpreter
/// after the set-up of its chapter and the cells that it needs. Both must be what its recording says. What a cell's
/// `compare` attribute says is compared:
///
/// text (the default): output, errors and how the run ended, after addresses, durations, process numbers and the like
/// are put aside; names and units of its values, but not the numbers.
///
/// exact: all of it to the letter, numbers included, and only where interpreter, extension and machine are those of the
/// recording. Elsewhere the cell is reported as not comparable.
///
/// relation: only that every relation which the cell asserts holds; it asserts at least one. A relation that does not
/// hold fails the other kinds, too.
///
/// A recording that is missing, was made with other code, or belongs to no cell is a failure. If the new output is right,
/// run `deck record --cell ID` and review it with `git diff`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this cell; can be given more than once. The cells above it in its chapter still run.
    #[arg(long = "cell", value_name = "ID")]
    cells: Vec<String>,

    /// Count what is not comparable here as failed. For the one place whose results must be exact.
    #[arg(long)]
    strict: bool,

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
/// Where no cell can be run at all.
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
    let verification = Verification { deck: &deck, recordings: &recordings, rehearsal: &rehearsal };
    let mut report = Report::new(out, &cells);
    let mut counts = Counts::default();
    for chapter in &deck.chapters {
        let mut sitting = rehearsal.sitting();
        let all: Vec<_> = chapter.slides.iter().flat_map(|slide| slide.cells()).collect();
        let wanted = |cell: &&Cell| cells.iter().any(|chosen| chosen.id == cell.id);
        let last = all.iter().rposition(wanted).map_or(0, |position| position + 1);
        for cell in all.into_iter().take(last) {
            let finding = verification.cell(cell, &mut sitting, wanted(&cell));
            if let Some(finding) = finding {
                finding.print(cell, &mut report)?;
                counts.add(finding.mark);
            }
        }
    }
    let orphans = if args.cells.is_empty() { recordings.orphans(&deck) } else { Vec::new() };
    report.errors(&orphans)?;
    counts.failed += orphans.len();
    report.close(&counts.line())?;
    let failed = counts.failed > 0 || (args.strict && counts.open > 0);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

struct Verification<'a> {
    deck: &'a Deck,
    recordings: &'a Recordings,
    rehearsal: &'a Rehearsal<'a>,
}

#[derive(Default)]
struct Counts {
    passed: usize,
    failed: usize,
    open: usize,
}

impl<'a> Verification<'a> {
    /// Runs a cell in the sitting and, if it is wanted, judges it.
    fn cell(&self, cell: &'a Cell, sitting: &mut Sitting<'a>, wanted: bool) -> Option<Finding> {
        let in_order = sitting.run(cell);
        if !wanted {
            return None;
        }
        let faults = self.recordings.check_cell(self.deck, cell);
        if !faults.is_empty() {
            let note = "no recording that holds".into();
            return Some(Finding { mark: Mark::Bad, seconds: None, note, details: rendered(&faults) });
        }
        let alone = self.rehearsal.alone(cell);
        let seconds = alone.as_ref().ok().map(Outcome::seconds);
        let runs = [("in the order of the talk", in_order), ("alone", alone)];
        let runs = runs.map(|(way, run)| (way, self.judged(cell, run)));
        Some(Finding { seconds, ..Finding::of(cell, runs) })
    }

    fn judged(&self, cell: &Cell, run: anyhow::Result<Outcome>) -> Judged {
        let here = self.rehearsal.fingerprint();
        let run = run.map_err(|error| format!("{error:#}"));
        match (run, self.recordings.expected(&cell.id, &here.variant())) {
            (Err(error), _) => Judged::Bad(error),
            (_, None) => Judged::Bad("it has no recording".into()),
            (Ok(run), Some((path, recording))) => {
                Judged::of(compare(cell, recording, &run.events, here), cell, &path)
            }
        }
    }
}

impl Counts {
    fn add(&mut self, mark: Mark) {
        match mark {
            Mark::Good => self.passed += 1,
            Mark::Open => self.open += 1,
            Mark::Bad => self.failed += 1,
        }
    }

    fn line(&self) -> String {
        let open = if self.open > 0 { format!(", {} not comparable here", self.open) } else { String::new() };
        format!("{} passed, {} failed{open}", self.passed, self.failed)
    }
}
