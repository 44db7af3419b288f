//! The traced process, and what its stops mean.

use std::{io, mem::offset_of, process::Child, ptr::without_provenance_mut, time::Duration};

use nix::{
    errno::Errno,
    libc,
    sys::{
        ptrace::{self, Options},
        signal::{Signal, killpg},
        wait::{WaitPidFlag, WaitStatus, waitpid},
    },
    unistd::Pid,
};

use super::watchdog::Watchdog;
use crate::{Phase, StepError};

/// A process of our own that is traced. Dropping it ends it and all others of its group.
pub(super) struct Tracee {
    pub(super) pid: Pid,
    limit: Duration,
    watchdog: Option<Watchdog>,
    breakpoints: Breakpoints,
}

/// The processor's breakpoints, of which one is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Breakpoints {
    /// Not to be had, or not wanted.
    None,
    /// The process stops before it executes the instruction at this address; 0 for none.
    At(u64),
}

/// Why the process stands still, or does not run any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// It has executed an instruction.
    Step,
    /// One of the driver's markers: the process sent itself this signal.
    Marker(Signal),
    /// A signal is about to be delivered.
    Signal(Signal),
    /// It did what was asked to be told of, e.g. forked (`PTRACE_EVENT_FORK`).
    Event(libc::c_int),
    /// It exited.
    Exited(i32),
    /// It was killed.
    Killed(Signal),
}

/// The driver's markers: the statement begins or has ended, and the statement has raised. Nothing sends them to a process
/// without a terminal and sockets of its own, and ignoring them is the default.
pub(super) const MARKER: Signal = Signal::SIGURG;
pub(super) const RAISED: Signal = Signal::SIGWINCH;

impl Tracee {
    /// Takes hold of a process that was just started as the leader of its group.
    pub(super) fn seize(child: &Child, limit: Duration) -> Result<Self, StepError> {
        let pid = Pid::from_raw(child.id().cast_signed());
        let tracee =
            Self { pid, limit, watchdog: Some(Watchdog::start(pid, limit)), breakpoints: Breakpoints::None };
        match ptrace::seize(pid, Options::PTRACE_O_EXITKILL) {
            Ok(()) => Ok(tracee),
            // It ended before; the next wait tells how.
            Err(_) if tracee.has_ended() => Ok(tracee),
            Err(cause) => Err(StepError::Refused {
                action: "ptrace",
                cause: cause.into(),
                advice: "In a container, start it with --cap-add=SYS_PTRACE or --security-opt seccomp=unconfined; elsewhere \
                         /proc/sys/kernel/yama/ptrace_scope must be 0 or 1. A debugger on this process is in the way, too",
            }),
        }
    }

    /// Asks to be told when the process does not stay alone.
    pub(super) fn watch_for_company(&self) -> Result<(), StepError> {
        let options = Options::PTRACE_O_EXITKILL
            | Options::PTRACE_O_TRACECLONE
            | Options::PTRACE_O_TRACEFORK
            | Options::PTRACE_O_TRACEVFORK
            | Options::PTRACE_O_TRACEEXEC;
        ptrace::setoptions(self.pid, options).map_err(StepError::system("ptrace (options)"))
    }

    /// Lets it run at full speed, with a signal to deliver.
    pub(super) fn run(&self, signal: Option<Signal>) -> Result<(), StepError> {
        alive(ptrace::cont(self.pid, signal)).map_err(StepError::system("ptrace (continue)"))
    }

    /// Lets it execute one instruction, after a signal to deliver.
    pub(super) fn step(&mut self, signal: Option<Signal>) -> Result<(), StepError> {
        // Else it would stop at the breakpoint once more if the step leads there.
        if matches!(self.breakpoints, Breakpoints::At(address) if address != 0) {
            self.set_breakpoint(0)?;
        }
        alive(ptrace::step(self.pid, signal)).map_err(StepError::system("ptrace (step)"))
    }

    /// Lets it run at full speed up to an instruction, which it must come by.
    pub(super) fn run_to(&mut self, pc: u64) -> Result<(), StepError> {
        if !self.stands_at(pc) {
            self.set_breakpoint(pc)?;
        }
        self.run(None)
    }

    /// Tries whether the processor's breakpoints work, which they do not on every virtual machine: the process must come by
    /// this instruction. Tells how it stopped instead, if it did.
    pub(super) fn try_breakpoints(&mut self, pc: u64) -> Result<Option<Stop>, StepError> {
        self.breakpoints = Breakpoints::At(0);
        if self.set_breakpoint(pc).and_then(|()| self.enable_breakpoint()).is_err() {
            self.breakpoints = Breakpoints::None;
            return Ok(None);
        }
        self.run(None)?;
        let stop = self.wait()?;
        if stop == Stop::Step {
            return Ok(None);
        }
        self.breakpoints = Breakpoints::None;
        Ok(Some(stop))
    }

    pub(super) fn has_breakpoints(&self) -> bool {
        self.breakpoints != Breakpoints::None
    }

    /// Whether the breakpoint is here.
    pub(super) fn stands_at(&self, pc: u64) -> bool {
        self.breakpoints == Breakpoints::At(pc)
    }

    /// The machine where it stands.
    pub(super) fn registers(&self) -> Result<libc::user_regs_struct, StepError> {
        ptrace::getregs(self.pid).map_err(StepError::system("ptrace (registers)"))
    }

    fn set_breakpoint(&mut self, pc: u64) -> Result<(), StepError> {
        self.breakpoints = Breakpoints::At(pc);
        self.write_debug_register(0, pc.cast_signed())
    }

    /// Register 7 says that register 0 is the address of an instruction.
    fn enable_breakpoint(&self) -> Result<(), StepError> {
        self.write_debug_register(7, 1)
    }

    fn write_debug_register(&self, number: usize, value: i64) -> Result<(), StepError> {
        let offset = offset_of!(libc::user, u_debugreg) + number * size_of::<u64>();
        alive(ptrace::write_user(self.pid, without_provenance_mut(offset), value))
            .map_err(StepError::system("ptrace (breakpoint)"))
    }

    /// Waits for the next stop.
    pub(super) fn wait(&self) -> Result<Stop, StepError> {
        let status = loop {
            match waitpid(self.pid, Some(WaitPidFlag::__WALL)) {
                Err(Errno::EINTR) => {}
                // It has stopped; only its signal has no name that could be told.
                Err(Errno::EINVAL) => return Err(self.real_time_signal()),
                other => break other.map_err(StepError::system("waiting for the traced process"))?,
            }
        };
        Ok(match status {
            WaitStatus::Exited(_, code) => Stop::Exited(code),
            WaitStatus::Signaled(_, signal, _) => Stop::Killed(signal),
            WaitStatus::Stopped(_, Signal::SIGTRAP) => Stop::Step,
            WaitStatus::Stopped(_, signal) if self.is_marker(signal)? => Stop::Marker(signal),
            WaitStatus::Stopped(_, signal) => Stop::Signal(signal),
            WaitStatus::PtraceEvent(_, _, event) => Stop::Event(event),
            other => {
                let cause = io::Error::other(format!("{other:?}"));
                return Err(StepError::System { action: "waiting for a stop of the traced process", cause });
            }
        })
    }

    /// How an end that came too early is reported.
    pub(super) fn ended(&self, stop: Stop, phase: Phase, said: &str) -> StepError {
        if self.watchdog.as_ref().is_some_and(Watchdog::has_bitten) {
            return StepError::Timeout { phase, limit: self.limit };
        }
        let said = said.trim();
        let said = if said.is_empty() { String::new() } else { format!(". It wrote:\n{said}") };
        StepError::Ended { phase, ending: stop.to_string(), said }
    }

    /// Why there is no going on from a signal beyond those that have names.
    fn real_time_signal(&self) -> StepError {
        // A process that such a signal has ended, by way of another thread, does not tell its number any more.
        let signal = ptrace::getsiginfo(self.pid).map(|about| about.si_signo).ok();
        StepError::RealTimeSignal { signal }
    }

    fn is_marker(&self, signal: Signal) -> Result<bool, StepError> {
        if ![MARKER, RAISED].contains(&signal) {
            return Ok(false);
        }
        let about = ptrace::getsiginfo(self.pid).map_err(StepError::system("ptrace (signal)"))?;
        Ok(about.si_code == libc::SI_TKILL)
    }

    fn has_ended(&self) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid)).unwrap_or_default();
        stat.rsplit(')').next().is_none_or(|rest| rest.trim_start().starts_with(['Z', 'X']))
    }
}

impl Drop for Tracee {
    fn drop(&mut self) {
        self.watchdog.take();
        // It fails if the group has ended by itself.
        let _ = killpg(self.pid, Signal::SIGKILL);
        let group = Pid::from_raw(-self.pid.as_raw());
        while !matches!(waitpid(group, Some(WaitPidFlag::__WALL)), Err(error) if error != Errno::EINTR) {}
    }
}

impl std::fmt::Display for Stop {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exited(code) => write!(formatter, "exited with code {code}"),
            Self::Killed(signal) => write!(formatter, "was killed by {signal}"),
            Self::Step | Self::Marker(_) | Self::Signal(_) | Self::Event(_) => write!(formatter, "stopped"),
        }
    }
}

/// A process that was killed meanwhile cannot be resumed; the next wait tells of it.
fn alive(result: nix::Result<()>) -> nix::Result<()> {
    if result == Err(Errno::ESRCH) { Ok(()) } else { result }
}
