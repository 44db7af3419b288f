//! `deck trace`.

use std::{
    env, fs,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use anyhow::{Context, anyhow, bail};
use native_trace::{Limits, Remapping, Request, StepError, Trace, format};

use crate::{
    project::Project,
    publishing::front_end,
    render::{XrayData, source_lines, trace_page},
    xray::origin_label,
};

/// Trace one call: every function that runs between a Python expression and its result.
///
/// The statement runs in a fresh interpreter, again and again at full speed, until the execution that is wanted; that one
/// is followed instruction by instruction. Interpreter and extension are those that are installed, unmodified. Works for
/// any module that the interpreter can import, on Linux on x86-64.
///
/// Without --setup, the module that the statement begins with is imported: `rusty.add_one(41)` imports rusty. Nothing is
/// imported if there is no such module.
///
/// With --diff two calls are put side by side: first what is entered in one of them only, then what differs in number.
/// Each is a statement, or a file that `--format json` wrote, so that two builds or two interpreters can be compared.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// One expression or simple statement of Python. If it begins with a dash, put `--` before it.
    #[arg(value_name = "STATEMENT", required = true, num_args = 1..=2)]
    statements: Vec<String>,

    /// Compare two calls.
    #[arg(long, conflicts_with_all = ["format", "all"])]
    diff: bool,

    /// The code that runs before it, once.
    #[arg(long, value_name = "CODE")]
    setup: Option<String>,

    /// Trace the first execution, which finds nothing prepared: the interpreter has not specialised the bytecode, and the
    /// loader has not yet linked what is linked at its first call.
    #[arg(long, conflicts_with = "warm")]
    first: bool,

    /// Trace this execution of the statement. The default is late enough for CPython to have specialised what it will.
    #[arg(long, value_name = "N", default_value_t = Request::WARM, value_parser = clap::value_parser!(u32).range(1..))]
    warm: u32,

    /// What to write.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Tree)]
    format: Format,

    /// Show every function in the tree, also those that only serve others.
    #[arg(long)]
    all: bool,

    /// A folder from which modules are imported before all others; can be given more than once.
    #[arg(long = "import", value_name = "FOLDER")]
    imports: Vec<PathBuf>,

    /// Give up after so many instructions of the statement.
    #[arg(long, value_name = "N", default_value_t = Limits::default().steps)]
    steps: usize,

    /// Give up after this time, from the interpreter's start to the statement's end.
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().time.as_secs())]
    seconds: u64,

    /// The project's folder: its `web/dist` draws the page of --format html, and its sources are shown there.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,

    /// Let the process have so much memory; what asks for more is refused and fails in its own way.
    #[arg(long, value_name = "MIB", default_value_t = Limits::default().memory >> 20)]
    memory: u64,

    /// The Python that runs the statement: a path, or a name to be found on PATH.
    #[arg(long, value_name = "PYTHON", env = "PYTHON", hide_env_values = true, default_value = "python3")]
    python: PathBuf,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// The tree of calls, to be read.
    Tree,
    /// One line per stack with its instructions, for tools that draw flame graphs.
    Folded,
    /// The trace itself, as it is recorded.
    Json,
    /// A page for the browser, in one file: the drawing that the slides show.
    Html,
}

/// Runs the verb, which writes to standard output.
///
/// # Errors
/// Why the statement cannot be traced.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let text = match (args.diff, &args.statements[..]) {
        (true, [left, right]) => format::diff(&args.read_or_trace(left)?, &args.read_or_trace(right)?),
        (true, _) => bail!("--diff compares two calls: give two statements, or files of traces"),
        (false, [statement]) => args.text(&args.trace(statement)?)?,
        (false, _) => bail!("one statement is traced at a time; to compare two, say --diff"),
    };
    match writeln!(anstream::stdout(), "{}", text.trim_end()) {
        // Who reads has seen enough: `deck trace … | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        written => written?,
    }
    Ok(ExitCode::SUCCESS)
}

impl Args {
    fn text(&self, trace: &Trace) -> anyhow::Result<String> {
        Ok(match self.format {
            Format::Tree => {
                // Colours are taken out again where the output does not show them.
                let width = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(80);
                format::tree(trace, format::Options { all: self.all, width, colour: true })
            }
            Format::Folded => format::folded(trace),
            Format::Json => serde_json::to_string(trace)?,
            Format::Html => self.page(trace)?,
        })
    }

    fn page(&self, trace: &Trace) -> anyhow::Result<String> {
        let project = Project::open(&self.root, &self.python)
            .map_err(|error| anyhow!("{} {}", error.place.label(), error.message))?;
        let data = XrayData {
            sources: source_lines(trace, &project.files()),
            label: format!("Traced: {}", origin_label(trace)),
            trace: trace.clone(),
            claims: Vec::new(),
            compare: None,
            stale: false,
        };
        let built = project.layout.front_end.display();
        trace_page(&data, &front_end(&project)?)
            .map_err(|missing| anyhow!("{built}/{missing} is missing; run `make web` first"))
    }

    fn read_or_trace(&self, call: &str) -> anyhow::Result<Trace> {
        if !call.ends_with(".json") {
            return Ok(self.trace(call)?);
        }
        let text = fs::read_to_string(call).with_context(|| format!("cannot read the trace {call}"))?;
        serde_json::from_str(&text).with_context(|| {
            format!(
                "{call} is no trace that this program reads; write one: deck trace --format json STATEMENT"
            )
        })
    }

    fn trace(&self, statement: &str) -> Result<Trace, StepError> {
        let module = if self.setup.is_none() { module_of(statement) } else { None };
        let import = module.map(|module| format!("import {module}"));
        let setup = self.setup.clone().or(import).unwrap_or_default();
        let trace = |setup| native_trace::trace(&self.request(statement, setup), &Remapping::default());
        match (trace(setup), module) {
            // The statement begins with something else than a module, perhaps `str.upper('x')`.
            (Err(StepError::Setup { traceback }), Some(module)) if lacks(&traceback, module) => {
                trace(String::new())
            }
            (traced, _) => traced,
        }
    }

    fn request(&self, statement: &str, setup: String) -> Request {
        Request {
            setup,
            execution: if self.first { 1 } else { self.warm },
            imports: self.imports.clone(),
            limits: Limits {
                steps: self.steps,
                time: Duration::from_secs(self.seconds),
                memory: self.memory.saturating_mul(1 << 20),
            },
            ..Request::warm(&self.python, statement)
        }
    }
}

/// The name that a statement begins with, if it takes an attribute of it: `rusty` for `rusty.add_one(41)`.
fn module_of(statement: &str) -> Option<&str> {
    let (name, _) = statement.trim_start().split_once('.')?;
    let is_name = !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && name.chars().all(|letter| letter == '_' || letter.is_alphanumeric());
    is_name.then_some(name)
}

fn lacks(traceback: &str, module: &str) -> bool {
    traceback.ends_with(&format!("ModuleNotFoundError: No module named '{module}'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_that_begins_with_a_name_and_a_dot_may_begin_with_a_module() {
        assert_eq!(module_of("rusty.add_one(41)"), Some("rusty"));
        assert_eq!(module_of(" math.pi"), Some("math"));
        for other in ["abs(-41)", "1.5", "'a'.upper()", "f(a.b)", "x = a.b", ".5", ""] {
            assert_eq!(module_of(other), None, "{other}");
        }
    }
}
