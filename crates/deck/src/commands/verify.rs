//! `deck verify`.

use std::{io::Write, process::ExitCode};

use clap::{ArgAction, builder::FalseyValueParser};

use super::{ProjectArgs, report};
use crate::{
    diagnostic::Diagnostic,
    model::Deck,
    project::{self, Project},
    recorded::DeckRecordings,
    tracer::{TraceSource, Tracer},
    verification::{Mark, PyodideHost, Report, Runtime, Walk},
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
    pyodide: Option<Host>,

    #[command(flatten)]
    project: ProjectArgs,
}

/// What runs Pyodide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Host {
    /// In node, which is there wherever slides are made.
    Node,
    /// In Chromium, in the worker that readers' browsers run.
    Chromium,
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
/// Where no cell can be run at all.
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
        must_trace: args.ci,
        traces,
    };
    let mut counts = Counts::default();
    let (mut report, orphans) = walk.run(out, &mut |cell, runner, baseline, report| {
        let result = runner.verify(cell, baseline);
        counts.add(result.mark);
        Ok(result.print(&cell.id, report)?)
    })?;
    counts.failed += orphans.len();
    report.close(&counts.line())?;
    let failed = counts.failed > 0 || (args.strict && counts.open > 0);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The project, its deck as it is read for its cells, and what was recorded of them.
pub(super) fn read(args: &ProjectArgs) -> Result<(Project, Deck, DeckRecordings), Vec<Diagnostic>> {
    let project = args.open()?;
    let deck = project::load(&project.files(), None)?;
    let recordings = DeckRecordings::read(&project.root)?;
    Ok((project, deck, recordings))
}

#[derive(Default)]
struct Counts {
    passed: usize,
    failed: usize,
    open: usize,
}

impl Args {
    fn runtime(&self) -> Runtime {
        match self.pyodide {
            None => Runtime::Python,
            Some(Host::Node) => Runtime::Pyodide(PyodideHost::Node),
            Some(Host::Chromium) => Runtime::Pyodide(PyodideHost::Chromium),
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
