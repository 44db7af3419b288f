//! The server's ends of the sockets and pipes to one worker.

use std::io::{PipeReader, Read, Write, pipe};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use crate::protocol::Fd;

/// Capacity of a pipe without special rights. When so much was read, nothing from before is left in it,
/// even if somebody keeps writing.
pub(super) const PIPE_CAPACITY: usize = 1 << 20;
/// Time that a worker may take to take in a request; one that waits for requests reads at once.
const WRITE_PATIENCE: Duration = Duration::from_secs(2);
/// One read.
const CHUNK: usize = 64 << 10;

/// The four lines to a worker and its keeper. Nothing is read but after `poll` has said that there is
/// something, so no read blocks.
#[derive(Debug)]
pub(super) struct Channels {
    control: UnixStream,
    stdout: Captured,
    stderr: Captured,
    /// Comes from the keeper, which ends the session's processes when this end closes.
    pub lease: UnixStream,
    control_open: bool,
    buffer: Box<[u8]>,
}

/// A stream that the worker and its children write to.
#[derive(Debug)]
struct Captured {
    pipe: PipeReader,
    open: bool,
}

/// The lines on which [`Channels::wait`] found something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ready {
    pub control: bool,
    pub output: bool,
    pub wake: bool,
    pub lease: bool,
}

impl Channels {
    /// Opens the lines; the far ends are in the order in which the zygote expects them.
    pub fn open() -> std::io::Result<(Self, [OwnedFd; 4])> {
        let (control, far_control) = UnixStream::pair()?;
        let (stdout, far_stdout) = pipe()?;
        let (stderr, far_stderr) = pipe()?;
        let (lease, far_lease) = UnixStream::pair()?;
        control.set_write_timeout(Some(WRITE_PATIENCE))?;
        let near = Self {
            control,
            stdout: Captured { pipe: stdout, open: true },
            stderr: Captured { pipe: stderr, open: true },
            lease,
            control_open: true,
            buffer: vec![0; CHUNK].into(),
        };
        Ok((near, [far_control.into(), far_stdout.into(), far_stderr.into(), far_lease.into()]))
    }

    /// Sends a request.
    pub fn send(&self, line: &[u8]) -> std::io::Result<()> {
        (&self.control).write_all(line)
    }

    /// Waits until something can be read. The control line is looked at first: what was written before a
    /// report is then seen together with it.
    pub fn wait(&self, wake: &UnixStream, timeout: Duration) -> std::io::Result<Ready> {
        let lines = [
            self.control_open.then(|| self.control.as_fd()),
            self.stdout.open.then(|| self.stdout.pipe.as_fd()),
            self.stderr.open.then(|| self.stderr.pipe.as_fd()),
            Some(wake.as_fd()),
            Some(self.lease.as_fd()),
        ];
        let [control, stdout, stderr, wake, lease] = wait(lines, timeout)?;
        Ok(Ready { control, output: stdout || stderr, wake, lease })
    }

    /// Whether there is something to read on the control line now.
    pub fn control_ready(&self) -> std::io::Result<bool> {
        let line = self.control_open.then(|| self.control.as_fd());
        Ok(wait([line], Duration::ZERO)? == [true])
    }

    /// Whether there is something to read of a stream now.
    pub fn ready(&self, fd: Fd) -> std::io::Result<bool> {
        let captured = match fd {
            Fd::Stdout => &self.stdout,
            Fd::Stderr => &self.stderr,
        };
        Ok(wait([captured.open.then(|| captured.pipe.as_fd())], Duration::ZERO)? == [true])
    }

    /// Reads from the control line; nothing at its end.
    pub fn read_control(&mut self) -> &[u8] {
        // A line that was cut while something was on its way ends with an error instead.
        let count = self.control.read(&mut self.buffer).unwrap_or(0);
        self.control_open = count > 0;
        &self.buffer[..count]
    }

    /// Reads from a stream; nothing at its end.
    pub fn read(&mut self, fd: Fd) -> std::io::Result<&[u8]> {
        let captured = match fd {
            Fd::Stdout => &mut self.stdout,
            Fd::Stderr => &mut self.stderr,
        };
        let count = captured.pipe.read(&mut self.buffer)?;
        captured.open = count > 0;
        Ok(&self.buffer[..count])
    }

    /// Reads away what a stream holds now. Returns how many bytes it were.
    pub fn drain(&mut self, fd: Fd) -> std::io::Result<usize> {
        let mut drained = 0;
        while drained < PIPE_CAPACITY && self.ready(fd)? {
            match self.read(fd)?.len() {
                0 => break,
                count => drained += count,
            }
        }
        Ok(drained)
    }

    /// Whether the worker can still be heard.
    pub fn control_open(&self) -> bool {
        self.control_open
    }
}

/// Waits until one of `lines` has something to read or has closed, and says which; none of them at the
/// timeout.
pub(super) fn wait<const N: usize>(
    lines: [Option<BorrowedFd<'_>>; N],
    timeout: Duration,
) -> std::io::Result<[bool; N]> {
    let mut polled: Vec<_> =
        lines.iter().flatten().map(|line| PollFd::new(*line, PollFlags::POLLIN)).collect();
    // Rounded up, or the last millisecond before a deadline would be spent in a loop.
    let milliseconds = i32::try_from(timeout.as_micros().div_ceil(1000)).unwrap_or(i32::MAX);
    match poll(&mut polled, PollTimeout::try_from(milliseconds).unwrap_or(PollTimeout::MAX)) {
        Ok(_) | Err(Errno::EINTR) => {}
        Err(error) => return Err(error.into()),
    }
    let mut answers = polled.iter().map(|line| line.any().unwrap_or(false));
    Ok(lines.map(|line| line.is_some() && answers.next().unwrap_or(false)))
}
