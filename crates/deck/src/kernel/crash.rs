//! Says to the audience in plain words why a process ended.

use nix::sys::signal::Signal;

use super::messages::End;
use crate::protocol::CellError;

/// Exit code of a worker whose own lines were cut or whose runner was broken by the cell; see `worker.py`.
const RUNNER_BROKEN: i32 = 70;

const RUNNER_LOST: &str =
    "The cell closed the lines to the deck or broke the code that runs cells, so its process was ended.";

const WHAT_NOW: &str = "Its variables are gone: the next run starts with a fresh interpreter.";

/// Signals with an own explanation; the others are named.
const SIGNALS: &[(Signal, &str)] = &[
    (
        Signal::SIGSEGV,
        "Segmentation fault: native code touched memory that it does not own, or the stack overflowed (a recursion without end in Rust or C ends like this, without a message).",
    ),
    (
        Signal::SIGABRT,
        "Abort: native code gave up on purpose, as Rust does after a panic while unwinding, a panic that must not unwind, or an allocation that failed.",
    ),
    (Signal::SIGBUS, "Bus error: native code touched a part of a mapped file that does not exist any more."),
    (
        Signal::SIGILL,
        "Illegal instruction: the CPU met code that it does not know; compilers also put such code where no way leads.",
    ),
    (Signal::SIGFPE, "Arithmetic fault: native code divided an integer by zero."),
    (
        Signal::SIGKILL,
        "Killed: the cell killed its own process or the one it came from, or the system ran out of memory.",
    ),
    (Signal::SIGXCPU, "The system's limit of CPU time was reached."),
];

/// What Rust's standard library writes to standard error before it aborts for want of memory.
const ALLOCATION_FAILED: &str = "memory allocation of ";

/// The error of a run whose process ended by itself.
pub(super) fn crash(end: End) -> CellError {
    crashed(end, &reason(end))
}

/// The error of a run that had to be killed because it did not react to SIGINT.
pub(super) fn killed_after_stop() -> CellError {
    crashed(
        End { signal: Some(Signal::SIGKILL as i32), code: None },
        "It did not react to the interrupt within a second, so its process was ended.",
    )
}

/// The error of a run that was ended where nothing can be interrupted.
pub(super) fn ended_by_force() -> CellError {
    crashed(
        End { signal: Some(Signal::SIGKILL as i32), code: None },
        "Nothing can interrupt it here, so its process was ended.",
    )
}

/// The error of a run whose process had to be killed because it could not be heard any more.
pub(super) fn severed(end: End) -> CellError {
    crashed(end, RUNNER_LOST)
}

/// Whether an abort came from the limit of memory, judged by the end of what was written to standard error.
pub(super) fn out_of_memory(end: End, stderr: &[u8]) -> bool {
    end.signal == Some(Signal::SIGABRT as i32) && String::from_utf8_lossy(stderr).contains(ALLOCATION_FAILED)
}

fn crashed(end: End, reason: &str) -> CellError {
    CellError::Crash { signal: end.signal, code: end.code, explanation: format!("{reason} {WHAT_NOW}") }
}

fn reason(end: End) -> String {
    match end {
        End { signal: Some(number), .. } => {
            let signal = Signal::try_from(number).ok();
            let known = SIGNALS.iter().find(|(known, _)| Some(*known) == signal);
            let name = signal.map_or(format!("{number}"), |signal| signal.to_string());
            known.map_or(format!("The process was ended by the signal {name}."), |(_, text)| (*text).into())
        }
        End { code: Some(RUNNER_BROKEN), .. } => RUNNER_LOST.into(),
        End { code: Some(code), .. } => {
            format!(
                "The process exited at once with code {code}, without Python's usual clean-up (`os._exit`, or `exit` in C or Rust)."
            )
        }
        End { signal: None, code: None } => {
            "The process is gone, and so is the one that would know why: the cell killed its parent.".into()
        }
    }
}
