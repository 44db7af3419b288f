//! Traces statements in processes of their own: `deck` starts itself as `deck trace`. A tracer is bound to the thread
//! that started it, and the traced interpreter must inherit nothing of a server's.

use std::{
    env,
    ffi::OsString,
    io::{self, Read},
    path::PathBuf,
    process::{Command, Stdio},
    thread,
};

use native_trace::Trace;

use crate::extension::Cancel;

/// What is to be traced, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TraceRequest {
    /// The statement.
    pub statement: String,
    /// What runs before it; without it, the module that the statement begins with is imported.
    pub setup: Option<String>,
    /// Which execution of the same bytecode is traced: 1 is the first, cold one.
    pub execution: u32,
    /// Folders that are imported from before all others.
    pub imports: Vec<PathBuf>,
    /// When to give up, where the usual limits do not fit.
    pub limits: Option<TraceLimits>,
}

/// When a trace is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceLimits {
    /// Machine instructions of the statement.
    pub steps: u32,
    /// Time from the interpreter's start to the statement's end, in seconds.
    pub seconds: u32,
}

/// Traces; the tests of the server have one of their own.
pub trait TraceSource: Send + Sync + 'static {
    /// Traces a statement in a fresh interpreter.
    ///
    /// # Errors
    /// Why there is no trace, for a person to read, with the next step.
    fn trace(&self, request: &TraceRequest) -> Result<Trace, String>;

    /// Ends the trace that is under way, and refuses later ones.
    fn end(&self);

    /// Whether anything can be traced here at all.
    ///
    /// # Errors
    /// Why not.
    fn try_out(&self) -> Result<(), String> {
        let request = TraceRequest { statement: "None".to_owned(), execution: 1, ..TraceRequest::default() };
        self.trace(&request).map(drop)
    }
}

/// Traces with one interpreter.
#[derive(Debug)]
pub struct Tracer {
    program: PathBuf,
    python: PathBuf,
    cancel: Cancel,
}

impl Tracer {
    /// Traces with this program and this interpreter.
    ///
    /// # Errors
    /// If the system does not say what program this is.
    pub fn new(python: PathBuf) -> io::Result<Self> {
        Ok(Self { program: env::current_exe()?, python, cancel: Cancel::default() })
    }

    fn arguments(&self, request: &TraceRequest) -> Vec<OsString> {
        let text = |text: &str| OsString::from(text);
        let mut arguments = ["trace", "--format", "json", "--python"].map(text).to_vec();
        arguments.extend([self.python.clone().into(), text(&format!("--warm={}", request.execution))]);
        arguments.extend(request.setup.iter().map(|setup| text(&format!("--setup={setup}"))));
        for folder in &request.imports {
            arguments.extend([text("--import"), folder.into()]);
        }
        if let Some(TraceLimits { steps, seconds }) = request.limits {
            arguments.extend([text(&format!("--steps={steps}")), text(&format!("--seconds={seconds}"))]);
        }
        // What follows is the statement, whatever it begins with.
        arguments.extend([text("--"), text(&request.statement)]);
        arguments
    }
}

impl TraceSource for Tracer {
    fn trace(&self, request: &TraceRequest) -> Result<Trace, String> {
        let mut command = Command::new(&self.program);
        command
            .args(self.arguments(request))
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let failed = |error: io::Error| format!("`deck trace` could not be run: {error}");
        let mut child = self.cancel.spawn(&mut command).map_err(failed)?;
        let said = child.stderr.take().map(|pipe| thread::spawn(move || bytes(pipe)));
        let written = child.stdout.take().map(bytes).unwrap_or_default();
        let said = said.and_then(|thread| thread.join().ok()).unwrap_or_default();
        if self.cancel.reap(child).map_err(failed)? {
            return serde_json::from_slice(&written)
                .map_err(|error| format!("`deck trace` wrote no trace that this `deck` reads: {error}"));
        }
        let said = String::from_utf8_lossy(&said);
        let said = said.trim().trim_start_matches("error: ");
        Err(if said.is_empty() { "`deck trace` ended without a word".to_owned() } else { said.to_owned() })
    }

    fn end(&self) {
        self.cancel.end();
    }
}

/// Everything that a pipe holds; what comes before an error of the pipe is kept.
fn bytes(mut pipe: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = pipe.read_to_end(&mut bytes);
    bytes
}
