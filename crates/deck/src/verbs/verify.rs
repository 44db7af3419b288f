//! `deck verify`.

use std::{io::Write, process::ExitCode, time::Instant};

use clap::{ArgAction, builder::FalseyValueParser};

use super::{
    Project,
    compiling::Compiling,
    finding::{Finding, Judged},
    project::chosen,
    pyodide_parts::PyodideHost,
    report::{Mark, Report, rendered},
    shelves::Shelves,
    tracing::{Tracing, Untraced},
    trial::{Runtime, Trial},
};
use crate::{
    model::{Cell, CellKind, Deck, RustCell, Xray},
    tracer::TraceSource,
    xray::judge,
};

/// Run the cells, trace the X-rays, and compare with what was recorded.
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
/// X-rays are traced anew: what happened is compared first (functions, order, bytecodes, stages), then the numbers of
/// instructions, and only where interpreter, extension and machine are those of the recording; elsewhere only their claims
/// are checked. Where nothing can be traced, this is said, and with --ci it is a failure.
///
/// With --pyodide, the cells run where readers of a shared deck run them: in Pyodide. What a cell does there must be what
/// its recording says, or that of its variant for Pyodide, which `deck record --pyodide` writes. A cell whose fence says
/// why it cannot run there is tried all the same, and fails if it could.
///
/// A recording that is missing, was made with other code, or belongs to no cell is a failure. If the new output is right,
/// run `deck record --cell ID` and review it with `git diff`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this cell or X-ray; can be given more than once. The cells above it in its chapter still run.
    #[arg(long = "cell", value_name = "ID")]
    cells: Vec<String>,

    /// Count what is not comparable here as failed. For the one place whose results must be exact.
    #[arg(long)]
    strict: bool,

    /// Count it as failed where nothing can be traced. The variable CI says the same.
    #[arg(long, env = "CI", hide_env_values = true, value_name = "true or false", value_parser = FalseyValueParser::new(),
        action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", default_value = "false",
        hide_default_value = true)]
    ci: bool,

    /// Run the cells of Python in Pyodide, as readers' browsers do; nothing else is looked at.
    #[arg(long, conflicts_with = "strict", value_enum, value_name = "WHERE", num_args = 0..=1, require_equals = true,
        default_missing_value = "node")]
    pyodide: Option<PyodideHost>,

    #[command(flatten)]
    project: Project,
}

impl Args {
    fn runtime(&self) -> Runtime {
        self.pyodide.map_or(Runtime::Python, Runtime::Pyodide)
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
/// Where no cell can be run at all.
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
    let cells = &recordings.cells;
    let trial = Trial { deck: &deck, recordings: cells, rehearsal: &rehearsal, runtime: args.runtime() };
    let mut report = Report::new(out, &chosen);
    let mut counts = Counts::default();
    trial.hold(&chosen, &mut |cell, finding| {
        counts.add(finding.mark);
        finding.print(&cell.id, &mut report)
    })?;
    let verification = Verification { args, deck: &deck, recordings: &recordings, trial: &trial };
    let mut compiling = Compiling::new(&args.project);
    let mut tracing = Tracing::new(&deck, &args.project, rehearsal.fingerprint(), source);
    for cell in chosen {
        let finding = match &cell.kind {
            CellKind::Python(_) => continue,
            CellKind::Rust(rust) => verification.rust(cell, rust, &mut compiling),
            CellKind::Xray(xray) => verification.xray(cell, xray, &mut tracing),
        };
        finding.print(&cell.id, &mut report)?;
        counts.add(finding.mark);
    }
    let orphans = if args.cells.is_empty() { recordings.orphans(&deck) } else { Vec::new() };
    report.errors(&orphans)?;
    counts.failed += orphans.len();
    report.close(&counts.line())?;
    let failed = counts.failed > 0 || (args.strict && counts.open > 0);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

struct Verification<'a> {
    args: &'a Args,
    deck: &'a Deck,
    recordings: &'a Shelves,
    trial: &'a Trial<'a>,
}

#[derive(Default)]
struct Counts {
    passed: usize,
    failed: usize,
    open: usize,
}

impl Verification<'_> {
    /// Asks the compiler about Rust that stands on a slide and not in the crate.
    fn rust(&self, cell: &Cell, rust: &RustCell, compiling: &mut Compiling) -> Finding {
        let faults = self.recordings.cells.check_cell(self.deck, cell);
        let (mark, note, details) = match faults.is_empty() {
            false => (Mark::Bad, "no recording that holds".into(), rendered(&faults)),
            true => match self.trial.judged(cell, compiling.run(cell, rust)) {
                Judged::Good => (Mark::Good, String::new(), String::new()),
                Judged::Open(why) => (Mark::Open, format!("not comparable here: {why}"), String::new()),
                Judged::Bad(what) => (Mark::Bad, cell.snippet.place.label(), what),
            },
        };
        Finding { mark, seconds: None, note, details }
    }

    /// Traces an X-ray and judges the trace.
    fn xray(&self, cell: &Cell, xray: &Xray, tracing: &mut Tracing) -> Finding {
        let finding = |mark, note: String, details: String| Finding { mark, seconds: None, note, details };
        let faults = self.recordings.xrays.check_xray(self.deck, cell, xray);
        if !faults.is_empty() {
            return finding(Mark::Bad, "no recording that holds".into(), rendered(&faults));
        }
        let began = Instant::now();
        let traced = tracing.trace(cell, xray);
        let seconds = Some(began.elapsed().as_secs_f64());
        let finding = match traced {
            Err(Untraced::Nowhere(why)) if !self.args.ci => {
                finding(Mark::Open, "NOT TRACED: nothing can be traced here".into(), why)
            }
            Err(Untraced::Nowhere(why)) => finding(Mark::Bad, "nothing can be traced here".into(), why),
            Err(Untraced::Failed(why)) => finding(Mark::Bad, cell.snippet.place.label(), why),
            Ok((trace, here)) => match self.recordings.xrays.expected(&cell.id, &here.variant()) {
                None => finding(Mark::Bad, "no recording that holds".into(), String::new()),
                Some((path, recording)) => {
                    Finding::of_trace(judge(&xray.claims, recording, &trace, &here), cell, &path)
                }
            },
        };
        Finding { seconds, ..finding }
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
