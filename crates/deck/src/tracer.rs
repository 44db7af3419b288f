//! Traces statements in processes of their own: `deck` starts itself as `deck trace`. A tracer is bound to the thread
//! that started it, and the traced interpreter must inherit nothing of a server's.
//!
//! An extension other than the installed one is compiled first, with names and lines of everything.

use std::{
    env,
    ffi::OsString,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

use anyhow::Context;
use native_trace::Trace;
use tempfile::TempDir;

use crate::{
    extension::{Cancel, Extension, LiveBuild, Overlay, problem},
    kernel::DECK_MODULE,
    model::TracedBuild,
    project::Project,
    protocol::{Build, Problem},
};

/// What is to be traced, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TraceRequest {
    /// The statement.
    pub statement: String,
    /// What runs before it; without it, the module that the statement begins with is imported.
    pub setup: Option<String>,
    /// Which execution of the same bytecode is traced: 1 is the first, cold one.
    pub execution: u32,
    /// The extension that it is to find.
    pub extension: TracedExtension,
    /// Folders that are imported from before all others but the extension's.
    pub imports: Vec<PathBuf>,
    /// When to give up, where the usual limits do not fit.
    pub limits: Option<TraceLimits>,
}

/// The extension that a statement is traced with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum TracedExtension {
    /// The one that the interpreter has installed.
    #[default]
    Installed,
    /// One that is compiled for the trace.
    Built {
        /// The folder that holds the crate.
        sources: PathBuf,
        /// The build of a session that has the same code, with the profile for the trace; number 0 is none.
        build: Build,
    },
}

impl TracedExtension {
    /// The one that an X-ray asks for, compiled from the crate in the folder `sources` if it is not the installed one.
    pub fn of(wanted: TracedBuild, sources: &Path) -> Self {
        wanted.profile().map_or(Self::Installed, |profile| Self::Built {
            sources: sources.to_owned(),
            build: Build { profile: profile.to_owned(), ..Build::default() },
        })
    }

    /// What the audience reads beside the trace: which build it shows; nothing for the installed one.
    pub fn label(&self) -> Option<String> {
        match self {
            Self::Installed => None,
            Self::Built { build: Build { number: 0, profile, .. }, .. } => Some(format!("{profile} build")),
            Self::Built { build: Build { number, profile, .. }, .. } => {
                Some(format!("build {number}, {profile}"))
            }
        }
    }
}

/// When a trace is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceLimits {
    /// Machine instructions of the statement.
    pub steps: u32,
    /// Time from the interpreter's start to the statement's end, in seconds.
    pub seconds: u32,
    /// Memory of the interpreter, in MiB.
    pub memory: u32,
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

/// Makes the module `deck` listen to what set-ups report: their values and relations are those of cells, not of a trace.
const LISTENER: &str = "connect(lambda event: None)";

/// Traces with one interpreter, one statement at a time.
#[derive(Debug)]
pub struct Tracer {
    program: PathBuf,
    project: Project,
    builds: PathBuf,
    /// A folder with what cells can import besides.
    modules: TempDir,
    cancel: Cancel,
}

impl Tracer {
    /// Traces with this program and this interpreter. What it compiles goes to the folder `builds` while it is needed,
    /// and the compiler's own files to those of the project.
    ///
    /// # Errors
    /// If the system does not say what program this is, or has no place for temporary files.
    pub fn new(project: &Project, builds: PathBuf) -> io::Result<Self> {
        let modules = tempfile::tempdir()?;
        fs::write(modules.path().join("deck.py"), format!("{DECK_MODULE}\n\n{LISTENER}\n"))?;
        let (project, cancel) = (project.clone(), Cancel::default());
        Ok(Self { program: env::current_exe()?, project, builds, modules, cancel })
    }

    /// Traces for commands: what it compiles lies among what is kept between two runs.
    ///
    /// # Errors
    /// Those of [`Tracer::new`].
    pub fn of(project: &Project) -> anyhow::Result<Self> {
        Self::new(project, project.scratch("traced")).context("tracing cannot be prepared")
    }

    /// Compiles the extension where that is asked for. If nothing has changed since the last time, the compiler sees it.
    fn build(&self, extension: &TracedExtension) -> Result<Option<LiveBuild>, String> {
        let TracedExtension::Built { sources, build: Build { profile, .. } } = extension else {
            return Ok(None);
        };
        let folder = self.builds.join(profile);
        let extension = Extension::new(&self.project, profile, folder)
            .map_err(|error| format!("the extension cannot be built for tracing: {error}"))?;
        let built = extension.for_tracing(sources.clone(), self.cancel.clone()).build(&Overlay::default());
        let own = &self.project.layout.extension;
        built.map(|compiled| Some(compiled.live)).map_err(|found| {
            let problems =
                found.iter().filter_map(|found| problem(found, own)).map(|Problem { rendered, .. }| rendered);
            problems.collect::<Vec<_>>().join("\n")
        })
    }

    fn arguments(&self, request: &TraceRequest, build: Option<&LiveBuild>) -> Vec<OsString> {
        let text = |text: &str| OsString::from(text);
        let mut arguments = ["trace", "--format", "json", "--python"].map(text).to_vec();
        arguments
            .extend([self.project.python.clone().into(), text(&format!("--warm={}", request.execution))]);
        arguments.extend(request.setup.iter().map(|setup| text(&format!("--setup={setup}"))));
        let packages = build.map(LiveBuild::packages);
        let imports = packages.iter().chain(&request.imports).map(PathBuf::as_path);
        for folder in imports.chain([self.modules.path()]) {
            arguments.extend([text("--import"), folder.into()]);
        }
        if let Some(TraceLimits { steps, seconds, memory }) = request.limits {
            let limits =
                [format!("--steps={steps}"), format!("--seconds={seconds}"), format!("--memory={memory}")];
            arguments.extend(limits.map(OsString::from));
        }
        // What follows is the statement, whatever it begins with.
        arguments.extend([text("--"), text(&request.statement)]);
        arguments
    }
}

impl TraceSource for Tracer {
    fn trace(&self, request: &TraceRequest) -> Result<Trace, String> {
        let build = self.build(&request.extension)?;
        let mut command = Command::new(&self.program);
        command
            .args(self.arguments(request, build.as_ref()))
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
