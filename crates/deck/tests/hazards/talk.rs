//! A talk that is on: `deck serve` as a process of its own, and one browser.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
    thread,
    time::{Duration, Instant},
};

use deck::{protocol::Status, server::ServerState, terminal::RunView};
use nix::{
    sys::signal::{Signal, kill, killpg},
    unistd::Pid,
};

use crate::{
    browser::Browser,
    processes::{Life, descendants, eventually, holders, life, load, status},
    server::{Server, project, python},
};

/// Within what time the next cell answers.
const NEXT_CELL: Duration = Duration::from_secs(2);
/// What the next cell costs in changes: queued, a fresh interpreter, started, output, finished.
const NEXT_CHANGES: usize = 5;
/// The server's memory, at its peak, in KiB.
const MOST_MEMORY: u64 = 32 << 10;

/// The processes of a server while nothing runs: the one that forks the sessions, and two sessions, one in use and one ready,
/// each with its keeper, the first process of its namespace and the interpreter.
const IDLE: usize = 1 + 2 * 3;
/// Those without namespaces.
const IDLE_BARE: usize = 1 + 2 * 2;

/// What the server says at its start where namespaces are granted.
const CONTAINED: &str = "Cells are contained: ";

/// The library of `fixtures/hazards`, built when the first test needs it.
pub static LIBRARY: LazyLock<PathBuf> = LazyLock::new(|| {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hazards/Cargo.toml");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hazards");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--release", "--locked", "--offline", "--quiet", "--manifest-path"]).arg(manifest);
    assert!(cargo.arg("--target-dir").arg(&target).status().unwrap().success());
    target.join("release/libhazards.so")
});

/// A server, its project, and a browser that follows it.
pub struct Talk {
    pub browser: Browser,
    pub project: tempfile::TempDir,
    pub port: u16,
    pub cookie: String,
    server: Server,
    /// Every process that was seen to come from the server.
    seen: BTreeSet<Life>,
    /// How many processes there must be while nothing runs.
    idle: usize,
}

impl Talk {
    /// Starts a talk with these cells, each a fence's attributes and its source, and one more cell that prints `hello`.
    pub async fn with(cells: &[(&str, &str)]) -> Self {
        Self::on(project(cells)).await
    }

    /// Starts the talk of a project.
    pub async fn on(project: tempfile::TempDir) -> Self {
        let server = Server::start(project.path(), &python(), CONTAINED);
        Self::join(project, server, IDLE).await
    }

    /// Starts a talk whose Python may not make namespaces; none where the machine cannot take that right away, which is said.
    pub async fn without_namespaces(cells: &[(&str, &str)]) -> Option<Self> {
        let project = project(cells);
        let script = project.path().join("python3");
        let text = format!(
            "#!/bin/sh\nexec setpriv --bounding-set=-all --inh-caps=-all {} \"$@\"\n",
            python().display()
        );
        fs::write(&script, text).unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
        let works = Command::new(&script).args(["-c", ""]).status().is_ok_and(|status| status.success());
        let refused = "Namespaces are not to be had here (unshare: ";
        if !works {
            assert!(std::env::var_os("CI").is_none(), "this needs a system that lets rights be taken away");
            eprintln!("skipped: this machine cannot take the right to make namespaces away");
            return None;
        }
        let server = Server::start(project.path(), &script, refused);
        Some(Self::join(project, server, IDLE_BARE).await)
    }

    async fn join(project: tempfile::TempDir, server: Server, idle: usize) -> Self {
        let state = ServerState::read(&project.path().join(".deck/server.toml")).unwrap();
        let cookie = format!("deck-{}={}", state.port, state.key);
        let browser = Browser::follow(state.port, &cookie).await;
        let (port, seen) = (state.port, BTreeSet::new());
        let mut talk = Self { browser, project, port, cookie, server, seen, idle };
        assert_eq!(talk.browser.run("hello").await, Status::Ok);
        // The next session is made ready in the background.
        eventually("the server never comes to rest", || descendants(talk.pid()).len() == idle);
        talk.look();
        talk
    }

    /// The server's process.
    pub fn pid(&self) -> u32 {
        self.server.child.id()
    }

    /// One more browser with the same cookie.
    pub async fn another_browser(&self) -> Browser {
        Browser::follow(self.port, &self.cookie).await
    }

    /// Waits until a cell has printed this.
    pub async fn until_printed(&mut self, cell: &str, text: &str) {
        while !self.browser.output(cell).contains(text) {
            self.browser.message().await;
        }
        self.look();
    }

    /// What the terminal would show of a cell, which is what the browser shows in other form.
    pub fn shown(&self, cell: &str) -> String {
        let mut text = Vec::new();
        let mut view = RunView::new(&mut text);
        for event in &self.browser.stage.cells[cell].events {
            view.show(event).unwrap();
        }
        String::from_utf8_lossy(&text).into_owned()
    }

    /// Remembers what has come from the server so far.
    pub fn look(&mut self) {
        self.seen.extend(descendants(self.pid()).into_iter().filter_map(life));
    }

    /// Asserts that the talk goes on: the next cell answers, the memory is bounded, and nothing is left.
    pub async fn goes_on(&mut self) {
        self.look();
        let mut took = self.next_cell().await;
        if took >= NEXT_CELL && is_overloaded() {
            // The time says more of the machine than of the server, which is asked once more.
            took = self.next_cell().await;
        }
        assert!(took < NEXT_CELL, "the next cell took {took:?} from Run to its end");
        let peak = status(self.pid(), "VmHWM");
        assert!(peak < MOST_MEMORY, "the server needed {peak} KiB");
        self.left_nothing();
    }

    /// Runs one more cell, and says how long it took.
    async fn next_cell(&mut self) -> Duration {
        let (began, changes) = (Instant::now(), self.browser.changes.len());
        assert_eq!(self.browser.run("hello").await, Status::Ok, "{}", self.shown("hello"));
        assert!(self.browser.output("hello").ends_with("hello\n"), "{}", self.browser.output("hello"));
        let took = began.elapsed();
        let changes = &self.browser.changes[changes..];
        assert!(changes.len() <= NEXT_CHANGES, "the next cell took {changes:?}");
        took
    }

    /// Asserts that there are no processes but those of a talk in which nothing runs.
    fn left_nothing(&mut self) {
        self.look();
        let pid = self.pid();
        let strangers = || {
            let known = descendants(pid);
            let is_left = |(pid, began): &&Life| !known.contains(pid) && life(*pid) == Some((*pid, *began));
            self.seen.iter().filter(is_left).count()
        };
        eventually("processes are left that do not come from the server any more", || strangers() == 0);
        eventually("processes are left", || descendants(pid).len() == self.idle);
    }

    /// Asserts that nobody has a file open but what belongs to the talk.
    pub fn holds_alone(&self, file: &Path) {
        let strays = || &holders(file) - &descendants(self.pid());
        eventually("processes of a cell are left", || strays().is_empty());
    }

    /// Sends a signal to the server alone.
    pub fn signal(&self, signal: Signal) {
        kill(self.group(), signal).unwrap();
    }

    /// Sends a signal to the server and to all that came from it.
    pub fn signal_all(&mut self, signal: Signal) {
        self.look();
        for pid in descendants(self.pid()) {
            // It may have ended by itself since.
            let _ = kill(Pid::from_raw(pid.try_into().unwrap()), signal);
        }
        killpg(self.group(), signal).unwrap();
    }

    fn group(&self) -> Pid {
        Pid::from_raw(self.pid().try_into().unwrap())
    }

    /// Kills the server, asserts that nothing of it is left, and starts it again.
    pub async fn killed_and_started_again(mut self) -> Self {
        self.look();
        self.signal(Signal::SIGKILL);
        self.server.child.wait().unwrap();
        let seen = std::mem::take(&mut self.seen);
        eventually("processes have outlived the server", || {
            !seen.iter().any(|(pid, began)| life(*pid) == Some((*pid, *began)))
        });
        while self.browser.frame().await.is_some() {}
        let Self { project, port, cookie, .. } = self;
        let server = Server::start(project.path(), &python(), CONTAINED);
        let again = Self::join(project, server, IDLE).await;
        assert_eq!((again.port, &again.cookie), (port, &cookie), "an open page would not find its way back");
        again
    }
}

/// Whether the machine has more to do than it can.
fn is_overloaded() -> bool {
    load() > thread::available_parallelism().unwrap().get() as f64
}
