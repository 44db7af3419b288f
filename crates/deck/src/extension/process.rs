//! Runs compilers so that they can be ended at any moment, with everything that they have started.

use std::{
    io::{self, Read},
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

/// Ends builds and the like from another thread.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    ended: bool,
    /// What is being done, and whether it has to make way.
    work: Option<Work>,
    overtaken: bool,
    /// Process group of what is under way.
    group: Option<Pid>,
}

/// What the compiler is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// To be quick when something is asked for.
    WarmUp,
    /// To see what it says to code that is being written.
    Check,
    /// To have the code of a saved file ready.
    Offer,
    /// To run the code.
    Build,
    /// For nothing: whoever wanted a build does not any more.
    GiveUp,
}

impl Work {
    /// Whether this is of no use, or can wait, once the other is asked for.
    fn yields_to(self, other: Self) -> bool {
        match self {
            Self::WarmUp | Self::Offer => matches!(other, Self::Offer | Self::Build),
            Self::Check => !matches!(other, Self::WarmUp | Self::GiveUp),
            Self::Build => matches!(other, Self::Build | Self::GiveUp),
            Self::GiveUp => true,
        }
    }
}

impl Cancel {
    /// Ends what is under way and refuses whatever comes later.
    pub fn end(&self) {
        let mut state = self.state();
        state.ended = true;
        state.kill();
    }

    /// Asks for work, and ends what is under way if it yields to that: a warm-up to a build, a check to a build or another
    /// check, a build to the next one. What is asked for here does not begin before this is over, so it never takes itself for what has to end.
    pub fn ask<T>(&self, work: Work, ask: impl FnOnce() -> T) -> T {
        let mut state = self.state();
        let asked = ask();
        if state.work.is_some_and(|under_way| under_way.yields_to(work)) {
            state.overtaken = true;
            state.kill();
        }
        asked
    }

    /// Whether what is under way has to end without a result.
    pub(super) fn is_stopped(&self) -> bool {
        let state = self.state();
        state.ended || state.overtaken
    }

    /// Says what is under way until the value is dropped.
    pub(super) fn begin(&self, work: Work) -> UnderWay {
        let mut state = self.state();
        state.work = Some(work);
        state.overtaken = false;
        UnderWay(self.clone())
    }

    /// Starts a process that leads a group of its own.
    pub(crate) fn spawn(&self, command: &mut Command) -> io::Result<Child> {
        let mut state = self.state();
        if state.ended {
            return Err(io::Error::other("the server is ending"));
        }
        if state.overtaken {
            return Err(io::Error::other("something more urgent was asked for"));
        }
        let child = command.process_group(0).spawn()?;
        state.group = i32::try_from(child.id()).ok().map(Pid::from_raw);
        Ok(child)
    }

    /// Waits for the end of a process whose pipes have ended, and says whether it ended well.
    pub(crate) fn reap(&self, mut child: Child) -> io::Result<bool> {
        // The pipes have ended, so this does not take long enough for anybody to wait for the lock.
        let mut state = self.state();
        state.group = None;
        child.wait().map(|status| status.success())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn kill(&self) {
        if let Some(group) = self.group {
            // It may just have ended by itself; it is not reaped while the lock is held, so the number is still its own.
            let _ = killpg(group, Signal::SIGKILL);
        }
    }
}

/// Work that is under way.
pub(super) struct UnderWay(Cancel);

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.work = None;
        state.overtaken = false;
    }
}

/// What a process said, and whether it ended well.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    pub stdout: String,
    pub stderr: String,
    pub success: bool,
}

/// Runs a command to its end.
///
/// # Errors
/// If it cannot be started, or must not be any more.
pub fn run(cancel: &Cancel, command: &Command) -> io::Result<Said> {
    let mut child = cancel.spawn(&mut guarded(command))?;
    // The other end of the guard's pipe; it must outlive the command.
    let lifeline = child.stdin.take();
    let stderr = child.stderr.take().map(|pipe| thread::spawn(move || text(pipe)));
    let stdout = child.stdout.take().map(text).unwrap_or_default();
    let stderr = stderr.and_then(|thread| thread.join().ok()).unwrap_or_default();
    let success = cancel.reap(child)?;
    drop(lifeline);
    Ok(Said { stdout, stderr, success })
}

/// The command beside a guard that ends it, and whatever it has started, when this process is gone: a killed server
/// can end nothing itself, and a compiler does not notice.
fn guarded(command: &Command) -> Command {
    let mut guarded = Command::new("sh");
    guarded.args(["-c", include_str!("guard.sh"), "sh"]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => guarded.env(name, value),
            None => guarded.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        guarded.current_dir(folder);
    }
    guarded.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    guarded
}

/// Everything that a pipe holds; what comes before an error of the pipe is kept.
fn text(mut pipe: impl Read) -> String {
    let mut bytes = Vec::new();
    let _ = pipe.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn what_is_said_is_kept_and_so_is_how_it_ended() {
        let mut command = shell("echo $NAME; echo no >&2; cat; exit 3");
        let said = run(&Cancel::default(), command.env("NAME", "yes")).unwrap();
        assert_eq!(said, Said { stdout: "yes\n".into(), stderr: "no\n".into(), success: false });
        assert!(run(&Cancel::default(), &shell("true")).unwrap().success);
    }

    #[test]
    fn nothing_is_left_of_a_command() {
        let said = run(&Cancel::default(), &shell("echo $PPID")).unwrap();
        let group: i32 = said.stdout.trim().parse().unwrap();
        assert!(killpg(Pid::from_raw(group), None).is_err(), "the guard is still there");
    }

    #[test]
    fn a_command_ends_with_whoever_started_it() {
        let mut child = guarded(&shell("sleep 60 & wait")).process_group(0).spawn().unwrap();
        // The system closes this pipe when it ends a process.
        drop(child.stdin.take());
        let began = Instant::now();
        assert!(!child.wait().unwrap().success());
        assert!(began.elapsed() < Duration::from_secs(20));
    }

    /// Runs for a minute as this work, unless `end` ends it.
    #[track_caller]
    fn check(work: Work, end: impl FnOnce(&Cancel) + Send, ended: bool) {
        let cancel = Cancel::default();
        let began = Instant::now();
        let under_way = cancel.begin(work);
        thread::scope(|scope| {
            scope.spawn(|| {
                while cancel.state().group.is_none() {
                    thread::sleep(Duration::from_millis(1));
                }
                end(&cancel);
            });
            let seconds = if ended { 60 } else { 0 };
            let success = run(&cancel, &shell(&format!("sleep {seconds} & wait"))).unwrap().success;
            assert_eq!(success, !ended);
        });
        assert!(began.elapsed() < Duration::from_secs(20));
        assert_eq!(cancel.is_stopped(), ended);
        assert_eq!(run(&cancel, &shell("true")).is_err(), ended, "nothing more is started for it");
        drop(under_way);
    }

    #[test]
    fn less_urgent_work_makes_way() {
        check(Work::WarmUp, |cancel| cancel.ask(Work::Build, || ()), true);
        check(Work::Check, |cancel| cancel.ask(Work::Build, || ()), true);
        check(Work::Check, |cancel| cancel.ask(Work::Check, || ()), true);
        check(Work::WarmUp, |cancel| cancel.ask(Work::Check, || ()), false);
        check(Work::Offer, |cancel| cancel.ask(Work::Build, || ()), true);
        check(Work::Offer, |cancel| cancel.ask(Work::GiveUp, || ()), false);
        check(Work::Build, |cancel| cancel.ask(Work::Build, || ()), true);
        check(Work::Build, |cancel| cancel.ask(Work::GiveUp, || ()), true);
        check(Work::Build, |cancel| cancel.ask(Work::Offer, || ()), false);
        check(Work::Build, Cancel::end, true);
    }

    #[test]
    fn work_that_made_way_stops_nothing_that_comes_later() {
        let cancel = Cancel::default();
        let under_way = cancel.begin(Work::Check);
        cancel.ask(Work::Build, || ());
        assert!(run(&cancel, &shell("true")).is_err());
        drop(under_way);
        cancel.ask(Work::Build, || ());
        assert!(run(&cancel, &shell("true")).unwrap().success);
    }
}
