//! The process that all sessions are forked from.

use std::fs::File;
use std::io::{BufRead, BufReader, IoSlice, Read, Seek, SeekFrom, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use nix::sys::socket::{ControlMessage, MsgFlags, sendmsg};

use super::channels::Channels;
use super::containment::{Containment, Level};
use super::environment;
use super::error::KernelError;
use super::interpreter::Interpreter;
use super::marked;
use super::messages::{Fork, Greeting, Ready};
use super::python_files::{BOOTSTRAP, ZYGOTE};
use super::worker::Worker;

/// A cold start reads the standard library from disk.
const START_PATIENCE: Duration = Duration::from_secs(30);
/// Time that it may take to kill everything at the end.
const END_PATIENCE: Duration = Duration::from_secs(2);
/// The kernel's socket hands on short requests in one piece, with their descriptors.
const LONGEST_REQUEST: usize = 16 << 10;

/// A running interpreter that forks workers. Dropping it ends it and every process that came from it.
#[derive(Debug)]
pub(super) struct Zygote {
    process: Child,
    connection: UnixStream,
    said: Ready,
    best: Level,
    mark: String,
}

impl Zygote {
    /// Starts `python` and waits until it can fork. Sessions are kept together in the best way from `best` on.
    pub fn start(python: &Path, best: Level) -> Result<Self, KernelError> {
        let mark = mark()?;
        let log = tempfile::tempfile()?;
        let sources =
            serde_json::to_string(&ZYGOTE.iter().copied().collect::<std::collections::BTreeMap<_, _>>())
                .map_err(std::io::Error::from)?;
        let (connection, theirs) = UnixStream::pair()?;
        let process = Command::new(python)
            .args(["-s", "-c", BOOTSTRAP, &sources.len().to_string(), best.name()])
            .env_clear()
            .envs(environment::of_zygote(&mark))
            .stdin(OwnedFd::from(theirs))
            .stdout(log.try_clone()?)
            .stderr(log.try_clone()?)
            .process_group(0)
            .spawn()
            .map_err(|cause| KernelError::NotFound { python: python.into(), cause })?;
        let mut starting = Starting { process, connection, log, python };
        match starting.greeting(&sources) {
            Ok(Greeting::Ready(said)) => {
                let Starting { process, connection, .. } = starting;
                Ok(Self { process, connection, said: *said, best, mark })
            }
            Ok(Greeting::Refused(found)) => {
                starting.end();
                Err(KernelError::Unsuitable { python: python.into(), found })
            }
            Err(error) => Err(starting.not_ready(error)),
        }
    }

    /// The interpreter that it is.
    pub fn interpreter(&self) -> &Interpreter {
        &self.said.interpreter
    }

    /// The way in which it keeps sessions together.
    pub fn containment(&self) -> &Containment {
        &self.said.containment
    }

    /// Ends what is left of it and starts it again.
    pub fn restart(&mut self) -> Result<(), KernelError> {
        self.end();
        *self = Self::start(&PathBuf::from(&self.said.interpreter.executable), self.best)?;
        Ok(())
    }

    /// Forks a worker.
    pub fn fork(&self, imports: &[PathBuf]) -> Result<Worker, KernelError> {
        let mut request = serde_json::to_vec(&Fork { imports }).map_err(std::io::Error::from)?;
        request.push(b'\n');
        if request.len() > LONGEST_REQUEST {
            return Err(KernelError::NoWorker {
                reason: format!("the import paths have {} bytes", request.len()),
            });
        }
        let (near, far) = Channels::open()?;
        let descriptors = far.each_ref().map(AsRawFd::as_raw_fd);
        let message = [ControlMessage::ScmRights(&descriptors)];
        let sent = sendmsg::<()>(
            self.connection.as_raw_fd(),
            &[IoSlice::new(&request)],
            &message,
            MsgFlags::empty(),
            None,
        );
        if sent != Ok(request.len()) {
            return Err(KernelError::Unresponsive);
        }
        // Held open here, the far ends would never be seen to close.
        drop(far);
        Worker::begin(near)
    }

    fn end(&mut self) {
        // A connection that is closed already belongs to a zygote that is gone.
        let _ = self.connection.shutdown(std::net::Shutdown::Both);
        let patience = Instant::now() + END_PATIENCE;
        while matches!(self.process.try_wait(), Ok(None)) && Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(1));
        }
        kill(&mut self.process);
        marked::kill(&self.mark);
    }
}

impl Drop for Zygote {
    fn drop(&mut self) {
        self.end();
    }
}

/// A process of which nobody knows yet whether it is a Python.
struct Starting<'a> {
    process: Child,
    connection: UnixStream,
    log: File,
    python: &'a Path,
}

impl Starting<'_> {
    fn greeting(&mut self, sources: &str) -> std::io::Result<Greeting> {
        self.connection.set_read_timeout(Some(START_PATIENCE))?;
        self.connection.set_write_timeout(Some(START_PATIENCE))?;
        // A Python that is too old refuses without reading, so what it says counts, not whether it listens.
        let written = self.connection.write_all(sources.as_bytes());
        let mut line = String::new();
        BufReader::new(&self.connection).read_line(&mut line)?;
        if line.is_empty() {
            written?;
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(serde_json::from_str(&line)?)
    }

    fn end(&mut self) {
        kill(&mut self.process);
    }

    fn not_ready(mut self, error: std::io::Error) -> KernelError {
        // It closes its end a moment before it has ended.
        std::thread::sleep(Duration::from_millis(50));
        let reason = match self.process.try_wait() {
            Ok(Some(status)) => status.to_string(),
            _ => error.to_string(),
        };
        self.end();
        let mut stderr = Vec::new();
        let read = self.log.seek(SeekFrom::Start(0)).and_then(|_| self.log.read_to_end(&mut stderr));
        let stderr = match read {
            Ok(0) => "(nothing)".into(),
            Ok(_) => String::from_utf8_lossy(&stderr).trim_end().into(),
            Err(error) => format!("(not readable: {error})"),
        };
        KernelError::NotReady { python: self.python.into(), reason, stderr }
    }
}

fn kill(process: &mut Child) {
    // Both fail only for a process that is gone, which is what is wanted.
    let _ = process.kill();
    let _ = process.wait();
}

/// A word that no other process carries in its environment.
fn mark() -> Result<String, KernelError> {
    let number =
        getrandom::u64().map_err(|error| KernelError::Lines(std::io::Error::other(error.to_string())))?;
    Ok(format!("{number:016x}"))
}
