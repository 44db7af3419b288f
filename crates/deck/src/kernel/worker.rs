//! One worker process: its lines, its signals and its end.

use std::io::{ErrorKind, Read, Write};
use std::net::Shutdown;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;

use super::channels::{Channels, wait};
use super::error::KernelError;
use super::lines::{Line, Lines};
use super::messages::{End, Lease};
use super::stopper::Stopper;
use crate::protocol::Fd;

/// Time that zygote and keeper may take to fork, or the keeper to kill a session's processes.
const PATIENCE: Duration = Duration::from_secs(2);
/// No message of the keeper is longer.
const LONGEST_MESSAGE: usize = 4 << 10;

/// A session of this system's Python. Dropping it kills all its processes and returns when they are gone.
#[derive(Debug)]
pub struct Worker {
    pid: Pid,
    keeper: Pid,
    pub(super) channels: Channels,
    pub(super) reports: Lines,
    messages: Lines,
    pub(super) wake: UnixStream,
    pub(super) stopper: Stopper,
    end: Option<End>,
}

impl Worker {
    /// Number of the worker process.
    pub fn pid(&self) -> u32 {
        self.pid.as_raw().unsigned_abs()
    }

    /// Whether the process has ended, however it did.
    pub(super) fn has_ended(&self) -> bool {
        let quiet = wait([Some(self.channels.lease.as_fd())], Duration::ZERO).is_ok_and(|[ended]| !ended);
        self.end.is_some() || !quiet
    }

    /// Waits for the keeper to fork the worker at the far end of `channels`.
    pub(super) fn begin(channels: Channels) -> Result<Self, KernelError> {
        let (wake, far_wake) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        far_wake.set_nonblocking(true)?;
        let mut messages = Lines::default();
        let (pid, keeper) = match message(&channels.lease, &mut messages, PATIENCE) {
            Ok(Some(Lease::Forked { pid, keeper })) => (Pid::from_raw(pid), Pid::from_raw(keeper)),
            Ok(Some(Lease::Failed { reason })) => return Err(KernelError::NoWorker { reason }),
            Ok(Some(Lease::Ended(_)) | None) | Err(_) => return Err(KernelError::Unresponsive),
        };
        // The thread of the run sends the signals, since only that thread knows which run is under way. A line that is full
        // holds a wish to stop already, and one that is closed belongs to a session that has ended.
        let stopper = Stopper::new(move || drop((&far_wake).write(&[1])));
        Ok(Self { pid, keeper, channels, reports: Lines::default(), messages, wake, stopper, end: None })
    }

    /// The end of the process, waited for at most so long. A keeper that is gone too cannot say how.
    pub(super) fn end_within(&mut self, patience: Duration) -> std::io::Result<Option<End>> {
        if self.end.is_none() {
            self.end = match message(&self.channels.lease, &mut self.messages, patience) {
                Ok(Some(Lease::Ended(end))) => Some(end),
                Ok(_) => None,
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => Some(End::default()),
                Err(error) => return Err(error),
            };
        }
        Ok(self.end)
    }

    /// Sends a signal to the worker and what it has started. The keeper lets nobody reuse the number before
    /// the session is dropped, so it cannot hit a stranger.
    pub(super) fn signal(&self, signal: Signal) {
        if self.end.is_none() && killpg(self.pid, signal).is_err() {
            // It has had no time to found its group. If it is gone instead, the keeper says so.
            let _ = kill(self.pid, signal);
        }
    }

    /// Sends a signal again, to the worker only: its children have understood the first.
    pub(super) fn remind(&self, signal: Signal) {
        if self.end.is_none() {
            // If it is gone, the keeper says so.
            let _ = kill(self.pid, signal);
        }
    }

    /// Takes the process for dead, though the keeper has not said how it ended.
    pub(super) fn give_up(&mut self) -> End {
        *self.end.get_or_insert_default()
    }

    /// Reads away output, reports and wishes to stop that came since the last run: they belong to no run. Returns how many
    /// bytes of output it were. A thread that goes on writing waits when its pipe is full, so this has an end.
    pub(super) fn drain(&mut self) -> std::io::Result<usize> {
        self.drain_wishes();
        while self.channels.control_ready()? {
            self.read_reports(0);
        }
        while self.reports.pop().is_some() {}
        Ok(self.channels.drain(Fd::Stdout)? + self.channels.drain(Fd::Stderr)?)
    }

    /// Reads away wishes to stop. The line never blocks: when it is empty, reading is refused.
    pub(super) fn drain_wishes(&self) {
        while (&self.wake).read(&mut [0; 64]).is_ok_and(|count| count > 0) {}
    }

    /// Reads what the worker has sent; `longest` bounds a line.
    pub(super) fn read_reports(&mut self, longest: usize) {
        self.reports.push(self.channels.read_control(), longest);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let lease = &self.channels.lease;
        // The keeper kills the processes when the lease ends, and closes its own end when they are gone.
        let asked = lease.shutdown(Shutdown::Write).and_then(|()| lease.set_read_timeout(Some(PATIENCE)));
        let mut rest = [0; LONGEST_MESSAGE];
        while asked.is_ok() {
            match (&self.channels.lease).read(&mut rest) {
                Ok(0) => return,
                Ok(_) => {}
                Err(_) => break,
            }
        }
        // The keeper is stuck: a cell can halt it where no namespace hides it. Its line is open, so it is still who it was.
        self.signal(Signal::SIGKILL);
        let _ = kill(self.keeper, Signal::SIGKILL);
    }
}

/// The next message of the keeper; None if there is none in time, and an error at the end of the line.
fn message(mut lease: &UnixStream, lines: &mut Lines, patience: Duration) -> std::io::Result<Option<Lease>> {
    let deadline = Instant::now() + patience;
    let mut buffer = [0; LONGEST_MESSAGE];
    loop {
        match lines.pop() {
            Some(Line::Whole(line)) => return Ok(Some(serde_json::from_slice(&line)?)),
            Some(Line::TooLong) => return Err(ErrorKind::InvalidData.into()),
            None => {}
        }
        if wait([Some(lease.as_fd())], deadline.saturating_duration_since(Instant::now()))? == [false] {
            return Ok(None);
        }
        match lease.read(&mut buffer)? {
            0 => return Err(ErrorKind::UnexpectedEof.into()),
            count => lines.push(&buffer[..count], LONGEST_MESSAGE),
        }
    }
}
