//! Runs cargo so that it can be ended at any moment, with all compilers that it has started.

use std::{
    io::Read,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

use super::{
    MANIFEST,
    messages::{self, Artifact},
    problem,
};
use crate::protocol::Problem;

/// Ends builds and the like from another thread.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    ended: bool,
    /// Process group of the build that is under way.
    group: Option<Pid>,
}

impl Cancel {
    /// Ends the build that is under way and refuses later ones.
    pub fn end(&self) {
        let mut state = self.state();
        state.ended = true;
        if let Some(group) = state.group {
            // It may just have ended by itself; it is not reaped while the lock is held, so the number is still its own.
            let _ = killpg(group, Signal::SIGKILL);
        }
    }

    /// Starts a process that leads a group of its own.
    pub(crate) fn spawn(&self, command: &mut Command) -> std::io::Result<Child> {
        let mut state = self.state();
        if state.ended {
            return Err(std::io::Error::other("the server is ending"));
        }
        let child = command.process_group(0).spawn()?;
        state.group = i32::try_from(child.id()).ok().map(Pid::from_raw);
        Ok(child)
    }

    /// Waits for the end of a process whose pipes have ended, and says whether it ended well.
    pub(crate) fn reap(&self, mut child: Child) -> std::io::Result<bool> {
        // The pipes have ended, so this does not take long enough for anybody to wait for the lock.
        let mut state = self.state();
        state.group = None;
        child.wait().map(|status| status.success())
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a build is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be imported soon: debug information doubles the time of a rebuild, so it is left out.
    Running,
    /// To be traced: with names and lines of everything.
    Tracing,
}

impl Purpose {
    /// Cargo's folder, from the project's folder. It is not the one of `make`, and each purpose has its own: two builds in
    /// one folder wait for each other, and undo each other's work where their settings differ.
    pub(super) fn target(self) -> &'static str {
        match self {
            Self::Running => "target/live",
            Self::Tracing => "target/traced",
        }
    }

    /// The compiler refuses to optimise a whole program piece by piece.
    fn incremental(self) -> &'static str {
        match self {
            Self::Running => "true",
            Self::Tracing => "false",
        }
    }

    fn debug(self) -> &'static str {
        match self {
            Self::Running => "0",
            Self::Tracing => "2",
        }
    }
}

/// A path that also holds in the folders that build scripts run in; a bare name is looked up on PATH anywhere.
fn from_anywhere(python: &Path) -> PathBuf {
    match python.components().count() {
        1 => python.to_owned(),
        _ => std::path::absolute(python).unwrap_or_else(|_| python.to_owned()),
    }
}

/// What is to be built.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// The folder that the crate is in.
    pub sources: &'a Path,
    /// Cargo's folder.
    pub target: &'a Path,
    /// The interpreter that the extension is for.
    pub python: &'a Path,
    /// Cargo's name of the profile.
    pub profile: &'a str,
    /// What it is made for.
    pub purpose: Purpose,
}

/// Builds the demo crate with its own settings, except for debug information.
///
/// # Errors
/// What the compiler says, or why it could not be asked.
pub fn build(order: &Order, cancel: &Cancel) -> Result<Artifact, Vec<Problem>> {
    let Order { sources, target, python, profile, purpose } = *order;
    let mut command = Command::new("cargo");
    let setting = |name: &str| format!("CARGO_PROFILE_{}_{name}", profile.to_uppercase().replace('-', "_"));
    command
        .args(["build", "--lib", "--message-format=json", "--profile", profile, "--manifest-path", MANIFEST])
        .arg("--target-dir")
        .arg(target)
        .current_dir(sources)
        .env("PYO3_PYTHON", from_anywhere(python))
        // Without it, the library would be linked against libpython.
        .env("PYO3_BUILD_EXTENSION_MODULE", "1")
        .env(setting("DEBUG"), purpose.debug())
        .env(setting("STRIP"), "none")
        .env(setting("INCREMENTAL"), purpose.incremental())
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let failed = |error| vec![problem(format!("`cargo build` could not be run: {error}"))];
    let (stdout, stderr, success) = output(cancel, &mut command).map_err(failed)?;
    messages::read(&stdout, &stderr, success)
}

fn output(cancel: &Cancel, command: &mut Command) -> std::io::Result<(String, String, bool)> {
    let mut child = cancel.spawn(command)?;
    let stderr = child.stderr.take().map(|pipe| thread::spawn(move || text(pipe)));
    let stdout = child.stdout.take().map(text).unwrap_or_default();
    let stderr = stderr.and_then(|thread| thread.join().ok()).unwrap_or_default();
    let success = cancel.reap(child)?;
    Ok((stdout, stderr, success))
}

/// Everything that a pipe holds; what comes before an error of the pipe is kept.
fn text(mut pipe: impl Read) -> String {
    let mut bytes = Vec::new();
    let _ = pipe.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
