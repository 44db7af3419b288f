//! A process of node with one Python in it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::kernel::error::KernelError;

/// Lines that may wait to be taken; then the process waits.
const WAITING: usize = 256;
/// So much of a line of node's complaints is told: the script that it quotes is one line of a megabyte.
const LONGEST: usize = 200;
/// So many of its last lines are told.
const LAST: usize = 12;

/// Settings that say where programs are and which browser is the one to use; no other one changes an output.
const KEPT: [&str; 2] = ["PATH", "CHROMIUM"];

/// The beginning of a process.
#[derive(Debug)]
pub(super) struct Start {
    /// The script that node runs.
    pub script: PathBuf,
    /// The first line that it reads.
    pub parts: Vec<u8>,
}

/// A process of node. Dropping it ends it.
#[derive(Debug)]
pub(super) struct Node {
    process: Process,
    input: ChildStdin,
    lines: Receiver<Vec<u8>>,
    log: File,
}

/// The process itself, which more than one thread may end.
#[derive(Debug, Clone)]
pub(super) struct Process(Arc<Mutex<Child>>);

/// The reason why no line came.
#[derive(Debug, Clone, Copy)]
pub(super) enum Silence {
    /// Not in time.
    Late,
    /// And none will come: it has closed its end.
    Ended,
}

impl Node {
    /// Starts a process, which gets ready by itself.
    pub fn spawn(start: &Start) -> Result<Self, KernelError> {
        let log = tempfile::tempfile()?;
        let kept = KEPT.iter().filter_map(|name| Some((name, std::env::var_os(name)?)));
        let mut process = Command::new("node")
            .arg(&start.script)
            .env_clear()
            .envs(kept)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log.try_clone()?)
            .spawn()
            .map_err(|cause| KernelError::NoNode { cause })?;
        let (Some(mut input), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(io::Error::other("node has no pipes").into());
        };
        let (sender, lines) = sync_channel(WAITING);
        thread::spawn(move || read(output, &sender));
        // One that ended at once says why in its log, which is looked at when no answer comes.
        let _ = input.write_all(&start.parts);
        Ok(Self { process: Process(Arc::new(Mutex::new(process))), input, lines, log })
    }

    /// Sends a line.
    pub fn send(&mut self, line: &[u8]) -> io::Result<()> {
        self.input.write_all(line)
    }

    /// The next line, if one comes within this time.
    pub fn line(&self, patience: Duration) -> Result<Vec<u8>, Silence> {
        self.lines.recv_timeout(patience).map_err(|error| match error {
            RecvTimeoutError::Timeout => Silence::Late,
            RecvTimeoutError::Disconnected => Silence::Ended,
        })
    }

    /// The process, for whoever may have to end it meanwhile.
    pub fn process(&self) -> Process {
        self.process.clone()
    }

    /// Ends it, if it has not ended, and says how it did.
    pub fn end(&mut self) -> Option<ExitStatus> {
        self.process.kill();
        self.process.child().wait().ok()
    }

    /// Its end, after that of its lines: it does so by itself within this time, or is ended.
    pub fn ended(&mut self, patience: Duration) -> Option<ExitStatus> {
        let step = Duration::from_millis(5);
        let mut left = patience;
        while let (Ok(None), false) = (self.process.child().try_wait(), left.is_zero()) {
            thread::sleep(step);
            left = left.saturating_sub(step);
        }
        self.end()
    }

    /// The last of what it wrote to its standard error.
    pub fn complaints(&mut self) -> String {
        let mut text = Vec::new();
        match self.log.seek(SeekFrom::Start(0)).and_then(|_| self.log.read_to_end(&mut text)) {
            Ok(_) => shortened(&String::from_utf8_lossy(&text)),
            Err(error) => format!("(not readable: {error})"),
        }
    }
}

impl Process {
    /// Ends it at once.
    pub fn kill(&self) {
        // It fails only for a process that is gone, which is what is wanted.
        let _ = self.child().kill();
    }

    fn child(&self) -> MutexGuard<'_, Child> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.end();
    }
}

/// Hands on lines until there are none, or nobody takes them any more.
fn read(output: ChildStdout, lines: &SyncSender<Vec<u8>>) {
    for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
        if lines.send(line).is_err() {
            return;
        }
    }
}

fn shortened(text: &str) -> String {
    let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let last = lines[lines.len().saturating_sub(LAST)..].iter();
    let cut: Vec<String> = last.map(|line| line.chars().take(LONGEST).collect()).collect();
    if cut.is_empty() { "(nothing)".into() } else { cut.join("\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_are_short() {
        assert_eq!(shortened("\n"), "(nothing)");
        let said = shortened(&format!("first\n{}\n\n{}last", "x".repeat(1_000_000), "middle\n".repeat(10)));
        assert_eq!(said.lines().count(), LAST);
        assert!(said.starts_with("xxx") && said.ends_with("last") && said.len() < 1000, "{said}");
    }
}
