//! The server as a process of its own: what survives its end, and what does not.
//!
//! The process is this test binary again, which runs [`present_here`].

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use deck::{
    project::Project,
    protocol::Status,
    server::{Presentation, ServerState, present},
    source::Disk,
};
use nix::{
    sys::{
        resource::{Resource, setrlimit},
        signal::{Signal, kill},
    },
    unistd::Pid,
};

use crate::{
    browser::Browser,
    processes::{descendants, eventually, exists},
    python::python,
    stand::{chapter, load, write},
};

const PROJECT: &str = "DECK_TEST_PROJECT";
const PORT: &str = "DECK_TEST_PORT";
const FILES: &str = "DECK_TEST_FILES";
const CELLS: &[(&str, &str)] = &[
    ("hello", "print('hello')"),
    ("endless", "import subprocess; subprocess.Popen(['sleep', '1000']); print('on')\nwhile True: pass"),
];

/// Not a test by itself.
#[test]
#[ignore = "what the other tests here start"]
fn present_here() {
    let Some(project) = std::env::var_os(PROJECT).map(PathBuf::from) else { return };
    if let Some(files) = std::env::var(FILES).ok().map(|files| files.parse().unwrap()) {
        setrlimit(Resource::RLIMIT_NOFILE, files, files).unwrap();
    }
    let files = Disk { root: project.clone() };
    let result = present(Presentation {
        project: Project::open(&project, &python()).unwrap(),
        profile: "release".to_owned(),
        port: std::env::var(PORT).ok().map(|port| port.parse().unwrap()),
        load: Box::new(move || load(&files)),
        show: Arc::new(|link| println!("link {link}")),
    });
    match result {
        Ok(sources) => assert!(sources.is_ok()),
        Err(error) => println!("error {error:#}"),
    }
}

pub struct Process {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Process {
    fn start(project: &Path, port: Option<u16>) -> Self {
        Self::start_with(project, &[(PORT, port.map(u64::from))])
    }

    /// Starts a server that may have this many files and connections open.
    pub fn start_with_files(project: &Path, files: u64) -> Self {
        Self::start_with(project, &[(FILES, Some(files))])
    }

    fn start_with(project: &Path, settings: &[(&str, Option<u64>)]) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "process::present_here", "--ignored", "--nocapture", "--quiet"]);
        command.env(PROJECT, project).stdin(Stdio::null()).stdout(Stdio::piped());
        for (name, value) in settings {
            command.envs(value.map(|value| (name, value.to_string())));
        }
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    /// The rest of the next line that begins with this word.
    pub fn says(&mut self, word: &str) -> String {
        let mut line = String::new();
        while self.out.read_line(&mut line).unwrap() > 0 {
            // The test harness does not end its line before ours begins.
            if let Some((_, rest)) = line.split_once(&format!("{word} ")) {
                return rest.trim().to_owned();
            }
            line.clear();
        }
        panic!("the server has ended without saying `{word}`");
    }

    fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.child.id().try_into().unwrap()), signal).unwrap();
    }

    fn end(&mut self) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while self.child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < deadline, "the server does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Only of use where a test has failed half-way.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn project() -> tempfile::TempDir {
    let project = tempfile::tempdir().unwrap();
    write(project.path(), &chapter(CELLS));
    project
}

/// The port and the cookie of a running server, from its state file.
pub fn state(project: &Path) -> (u16, String) {
    let state = ServerState::read(&project.join(".deck/server.toml")).unwrap();
    (state.port, format!("deck-{}={}", state.port, state.key))
}

#[tokio::test]
async fn an_open_tab_survives_the_death_of_the_server() {
    let project = project();
    let mut first = Process::start(project.path(), None);
    let link = first.says("link");
    let (port, cookie) = state(project.path());
    assert!(link.starts_with(&format!("http://127.0.0.1:{port}/launch?token=")));
    let mut browser = Browser::follow(port, &cookie).await;
    browser.run("hello").await;
    let started = descendants(first.child.id());
    first.signal(Signal::SIGKILL);
    first.end();
    assert_eq!(browser.frame().await, None);
    eventually("processes are left", || !started.iter().any(|pid| exists(*pid)));

    let mut second = Process::start(project.path(), None);
    second.says("link");
    let mut browser = Browser::follow(port, &cookie).await;
    assert_eq!(browser.run("hello").await, Status::Ok);
}

#[tokio::test]
async fn the_end_of_the_server_is_the_end_of_every_process() {
    for signal in [Signal::SIGINT, Signal::SIGTERM] {
        let project = project();
        let mut server = Process::start(project.path(), None);
        server.says("link");
        let (port, cookie) = state(project.path());
        let mut browser = Browser::follow(port, &cookie).await;
        browser.ask("endless").await;
        browser.until(|stage| stage.cells.get("endless").is_some_and(|state| state.events.len() > 1)).await;
        let started = descendants(server.child.id());
        assert!(started.len() > 3, "{started:?}");
        server.signal(signal);
        server.end();
        let left: Vec<_> = started.into_iter().filter(|pid| exists(*pid)).collect();
        assert!(left.is_empty(), "processes are left: {left:?}");
    }
}

#[test]
fn a_taken_port_is_named_with_the_way_out() {
    let project = project();
    let mut first = Process::start(project.path(), None);
    first.says("link");
    let (port, _) = state(project.path());
    // By name, and because it is the port of the last time.
    for wanted in [Some(port), None] {
        let message = Process::start(project.path(), wanted).says("error");
        assert!(message.contains(&format!("port {port} is taken")), "{message}");
        assert!(message.contains("--port"), "{message}");
    }
    let mut other = Process::start(project.path(), Some(0));
    other.says("link");
}

/// How long it takes from the start of the process to the first byte of the first page.
#[test]
#[ignore = "a measurement"]
fn time_from_start_to_first_byte() {
    use std::{
        io::{Read, Write},
        net::TcpStream,
    };
    let project = project();
    let mut times = Vec::new();
    for _ in 0..20 {
        let began = Instant::now();
        let mut server = Process::start(project.path(), None);
        server.says("link");
        let (port, cookie) = state(project.path());
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        write!(stream, "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n").unwrap();
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200");
        times.push(began.elapsed());
        server.signal(Signal::SIGTERM);
        server.end();
    }
    times.sort();
    println!("start to first byte: median {:?}, p95 {:?}", times[10], times[18]);
}
