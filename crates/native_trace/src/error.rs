//! Why there is no trace.

use std::{io, path::PathBuf, time::Duration};

/// What kept a statement from being traced. Each message says what was tried, what was found and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// Stepping knows one system and one processor.
    #[error(
        "calls can be traced on Linux on x86-64 only, and this is {} on {}. Recorded traces can be read everywhere",
        std::env::consts::OS,
        std::env::consts::ARCH
    )]
    Platform,
    /// The kernel, or the container around, does not let this process trace its own child.
    #[error("not allowed to trace a process of our own: {action} failed ({cause}). {advice}")]
    Refused {
        /// What was tried.
        action: &'static str,
        /// What the system said.
        cause: io::Error,
        /// What to do about it.
        advice: &'static str,
    },
    /// There is no such program.
    #[error(
        "cannot start Python: `{python}` was not found or cannot be run ({cause}). Name another one: --python /path/to/python3"
    )]
    Start {
        /// What was to be started.
        python: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// It is not an interpreter whose insides are known.
    #[error(
        "`{python}` is {found}, but tracing needs CPython 3.11 or newer. Name another one: --python /path/to/python3"
    )]
    Unsuitable {
        /// What was started.
        python: PathBuf,
        /// What it is.
        found: String,
    },
    /// It did not run our first line.
    #[error(
        "`{python}` is no whole Python: it {ending} before it ran anything. It wrote:\n{stderr}\nTry `{python} -c 'import ast, json, symtable'`"
    )]
    NotPython {
        /// What was started.
        python: PathBuf,
        /// How it ended.
        ending: String,
        /// The end of what it wrote to its standard error.
        stderr: String,
    },
    /// It is not one simple statement.
    #[error("cannot trace `{statement}`; it must be one expression or one simple statement:\n{message}")]
    Statement {
        /// What was to be traced.
        statement: String,
        /// What Python says.
        message: String,
    },
    /// What runs before the statement raised.
    #[error("the set-up of the statement failed:\n{traceback}")]
    Setup {
        /// What Python says.
        traceback: String,
    },
    /// The process ended, by itself or by a signal, where it should have gone on.
    #[error("{phase} ended its process: it {ending}. A trace needs a statement that returns or raises{said}")]
    Ended {
        /// What was running.
        phase: Phase,
        /// `exited with code 3`, `was killed by SIGSEGV`.
        ending: String,
        /// What it wrote to its standard error during the set-up, on a new line.
        said: String,
    },
    /// A second thread or process would run beside, and nothing would be the same twice.
    #[error(
        "the statement {did} after {steps} instructions, and what runs beside it cannot be followed. Trace a part of it that stays in one thread, or do that in the set-up"
    )]
    NotAlone {
        /// `started a thread`.
        did: &'static str,
        /// Instructions of the statement so far.
        steps: usize,
    },
    /// A signal that the tracer cannot pass on.
    #[error(
        "the process was sent a real-time signal{}, which cannot be passed on under a tracer. Send one with a name, such as SIGUSR1, or leave it out",
        signal.map(|number| format!(" ({number})")).unwrap_or_default()
    )]
    RealTimeSignal {
        /// Its number, if it is known.
        signal: Option<i32>,
    },
    /// The cap was reached.
    #[error(
        "the statement executed {limit} instructions and had not ended; that is the cap. Trace a part of it, or less data"
    )]
    TooLong {
        /// The cap.
        limit: usize,
    },
    /// Time is up.
    #[error("{phase} had not ended after {} s; that is the limit. Does it wait for something?", limit.as_secs_f32())]
    Timeout {
        /// What was running.
        phase: Phase,
        /// The limit.
        limit: Duration,
    },
    /// The process stopped elsewhere than its code foretells: a fault of this tracer.
    #[error(
        "the traced process stopped at {reached:#x} instead of {goal:#x}. This is a fault of the tracer; please report the statement"
    )]
    Astray {
        /// Where it should have stopped.
        goal: u64,
        /// Where it stopped.
        reached: u64,
    },
    /// The system refused something that usually works.
    #[error("{action} failed: {cause}. This may pass; try again")]
    System {
        /// What was tried.
        action: &'static str,
        /// What the system said.
        cause: io::Error,
    },
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
impl StepError {
    /// For `map_err`, where a call of the system names itself.
    pub(crate) fn system<E: Into<io::Error>>(action: &'static str) -> impl FnOnce(E) -> Self {
        move |cause| Self::System { action, cause: cause.into() }
    }
}

/// What a traced process is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The interpreter starts.
    Start,
    /// The set-up runs.
    Setup,
    /// The statement runs at full speed, before the execution that is traced; with the number of the execution.
    WarmUp(u32),
    /// The statement is traced; with its instructions so far.
    Statement(usize),
}

impl std::fmt::Display for Phase {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Start => formatter.write_str("the interpreter's start"),
            Self::Setup => formatter.write_str("the set-up"),
            Self::WarmUp(execution) => write!(formatter, "execution {execution} of the statement"),
            Self::Statement(steps) => write!(formatter, "the statement, after {steps} instructions,"),
        }
    }
}
