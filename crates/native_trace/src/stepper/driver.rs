//! The interpreter with the driver script, from its start to the marker.

use std::{
    fs::File,
    io::{self, Write},
    os::unix::{fs::FileExt, process::CommandExt},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use rustix::{
    io::Errno,
    process::{Pid, Resource, Rlimit, prlimit},
};
use serde::Deserialize;

use super::{
    code::Code,
    memory::Memory,
    surroundings::{environment, processor},
    tracee::{Stop, Tracee},
};
use crate::{Pace, Phase, PythonFacts, Request, StepError};

/// What the interpreter runs; also worth reading.
const SCRIPT: &str = include_str!("driver.py");

/// An interpreter that runs at full speed.
pub(super) struct Driver {
    tracee: Tracee,
    python: PathBuf,
    statement: String,
    answers: File,
    stderr: File,
}

/// What the interpreter said before it began with the statement.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) facts: PythonFacts,
    /// `sys.hexversion`.
    pub(super) hexversion: u32,
    /// It has no global interpreter lock, and other objects.
    pub(super) free_threaded: bool,
}

/// The driver's answers, one per line.
#[derive(Deserialize)]
#[serde(tag = "said", rename_all = "lowercase")]
enum Answer {
    Started,
    Refused { about: About, message: String },
    Ready { python: String, build: String, hexversion: u32, free_threaded: bool },
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum About {
    Interpreter,
    Statement,
    Setup,
}

impl Driver {
    pub(super) fn start(request: &Request) -> Result<Self, StepError> {
        let answers = tempfile::tempfile().map_err(StepError::system("making a temporary file"))?;
        let stderr = tempfile::tempfile().map_err(StepError::system("making a temporary file"))?;
        let mut child = spawn(request, &answers, &stderr)?;
        limit_memory(&child, request.limits.memory)?;
        let tracee = Tracee::seize(&child, request.limits.time)?;
        if let Some(mut stdin) = child.stdin.take() {
            // A process that is no Python may have closed it; how it ends tells more.
            let _ = stdin.write_all(wish(request).to_string().as_bytes());
        }
        let (python, statement) = (request.python.clone(), request.statement.clone());
        Ok(Self { tracee, python, statement, answers, stderr })
    }

    /// Lets it run up to the marker before the wanted execution.
    pub(super) fn until_marker(mut self, request: &Request) -> Result<(Tracee, Ready), StepError> {
        let mut ready = None;
        let mut markers = 0;
        let mut stop = self.tracee.wait()?;
        loop {
            let deliver = match stop {
                Stop::Marker(_) if ready.is_some() => {
                    markers += 1;
                    None
                }
                // The driver's first one; before it is ready it is the set-up which sends itself such signals.
                Stop::Marker(_) => {
                    ready = self.ready()?;
                    if ready.is_some()
                        && request.pace == Pace::Runs
                        && let Some(instead) = self.try_breakpoints()?
                    {
                        stop = instead;
                        continue;
                    }
                    None
                }
                Stop::Signal(signal) => Some(signal),
                Stop::Step | Stop::Event(_) => None,
                Stop::Exited(_) | Stop::Killed(_) => return Err(self.early_end(stop, markers)?),
            };
            // Each execution has two markers, one before and one after.
            if markers == 2 * (request.execution.max(1) - 1) + 1
                && let Some(ready) = ready
            {
                return Ok((self.tracee, ready));
            }
            self.tracee.run(deliver)?;
            stop = self.tracee.wait()?;
        }
    }

    /// Tries breakpoints at the end of the straight run where the process stands.
    fn try_breakpoints(&mut self) -> Result<Option<Stop>, StepError> {
        let registers = self.tracee.registers()?;
        let mut code = Code::new(Memory::open(self.tracee.pid)?);
        match code.run(registers.rip) {
            Some(run) => self.tracee.try_breakpoints(run.last(registers.rsp).pc),
            None => Ok(None),
        }
    }

    fn ready(&self) -> Result<Option<Ready>, StepError> {
        let ready = self.answers()?.into_iter().find_map(|answer| match answer {
            Answer::Ready { python, build, hexversion, free_threaded } => Some(Ready {
                facts: PythonFacts { python, build, cpu: processor() },
                hexversion,
                free_threaded,
            }),
            Answer::Started | Answer::Refused { .. } => None,
        });
        Ok(ready)
    }

    /// Why there will be no statement.
    fn early_end(&self, stop: Stop, markers: u32) -> Result<StepError, StepError> {
        let stderr = text(&self.stderr).map_err(StepError::system("reading what Python wrote"))?;
        let ended = |phase| self.tracee.ended(stop, phase, &stderr);
        let last = self.answers()?.pop();
        Ok(match last {
            None if stop == Stop::Killed(nix::sys::signal::Signal::SIGKILL) => ended(Phase::Start),
            None => StepError::NotPython {
                python: self.python.clone(),
                ending: stop.to_string(),
                stderr: stderr.trim().to_owned(),
            },
            Some(Answer::Started) => ended(Phase::Setup),
            Some(Answer::Ready { .. }) => ended(Phase::WarmUp(markers.div_ceil(2).max(1))),
            Some(Answer::Refused { about, message }) => match about {
                About::Interpreter => StepError::Unsuitable { python: self.python.clone(), found: message },
                About::Statement => StepError::Statement { statement: self.statement.clone(), message },
                About::Setup => StepError::Setup { traceback: message },
            },
        })
    }

    /// All answers so far; lines that are none are passed over.
    fn answers(&self) -> Result<Vec<Answer>, StepError> {
        let text = text(&self.answers).map_err(StepError::system("reading the driver's answers"))?;
        Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
    }
}

fn spawn(request: &Request, answers: &File, stderr: &File) -> Result<Child, StepError> {
    let own = |file: &File| file.try_clone().map(Stdio::from).map_err(StepError::system("sharing a file"));
    Command::new(&request.python)
        .args(["-X", "frozen_modules=on", "-c", SCRIPT])
        .env_clear()
        .envs(environment())
        .stdin(Stdio::piped())
        .stdout(own(answers)?)
        .stderr(own(stderr)?)
        .process_group(0)
        .spawn()
        .map_err(|cause| StepError::Start { python: request.python.clone(), cause })
}

/// Bounds the memory of a process from outside: what it would import and call for that itself would be seen in the trace.
fn limit_memory(child: &Child, bytes: u64) -> Result<(), StepError> {
    let limit = Rlimit { current: Some(bytes), maximum: Some(bytes) };
    match prlimit(Some(Pid::from_child(child)), Resource::As, limit) {
        // It has ended; the next wait tells how.
        Ok(_) | Err(Errno::SRCH) => Ok(()),
        Err(cause) => Err(StepError::system("limiting its memory")(cause)),
    }
}

/// The request as the driver reads it.
fn wish(request: &Request) -> serde_json::Value {
    let imports: Vec<_> = request.imports.iter().map(|folder| folder.to_string_lossy()).collect();
    serde_json::json!({
        "statement": request.statement,
        "setup": request.setup,
        "execution": request.execution.max(1),
        "imports": imports,
    })
}

/// The whole of a file that another process writes to. Reading must not move the position, which both share.
fn text(file: &File) -> io::Result<String> {
    let mut bytes = vec![0; usize::try_from(file.metadata()?.len()).unwrap_or(0)];
    file.read_exact_at(&mut bytes, 0)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
