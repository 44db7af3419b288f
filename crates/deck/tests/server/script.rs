//! An interpreter of a language made for tests: one instruction per line, and no process.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use deck::{
    kernel::{KernelError, Request, Session, Sessions, Stopper},
    protocol::{CellError, CellEvent, Fd, Outcome, Status},
};

/// Starts scripted sessions, and remembers what they were asked to do.
#[derive(Default)]
pub struct Script {
    sessions: AtomicUsize,
    /// `<session> <cell>` for each run, in order.
    pub runs: Arc<Mutex<Vec<String>>>,
    /// What each session was told to import from.
    pub imports: Mutex<Vec<Vec<PathBuf>>>,
}

struct Scripted {
    number: usize,
    names: BTreeSet<String>,
    alive: bool,
    /// How long the session is busy after the end of a run.
    tidies: Duration,
    stop: Arc<AtomicBool>,
    runs: Arc<Mutex<Vec<String>>>,
}

impl Script {
    /// The cells that ran, without their sessions.
    pub fn cells(&self) -> Vec<String> {
        let runs = self.runs.lock().unwrap();
        runs.iter().map(|run| run.split_once(' ').unwrap().1.to_owned()).collect()
    }
}

impl Sessions for Script {
    fn fresh(&self, imports: &[PathBuf]) -> Result<Box<dyn Session>, KernelError> {
        self.imports.lock().unwrap().push(imports.to_owned());
        let number = self.sessions.fetch_add(1, Ordering::SeqCst);
        let runs = Arc::clone(&self.runs);
        let (names, stop, tidies) = (BTreeSet::new(), Arc::default(), Duration::ZERO);
        Ok(Box::new(Scripted { number, names, alive: true, tidies, stop, runs }))
    }
}

impl Session for Scripted {
    fn run(
        &mut self,
        request: &Request<'_>,
        on_event: &mut dyn FnMut(CellEvent),
    ) -> Result<Outcome, KernelError> {
        self.runs.lock().unwrap().push(format!("{} {}", self.number, request.cell));
        self.stop.store(false, Ordering::SeqCst);
        let mut events = Vec::new();
        let mut say = |event: CellEvent| {
            on_event(event.clone());
            events.push(event);
        };
        say(CellEvent::Started);
        let status =
            request.source.lines().find_map(|line| self.instruction(line, &mut say)).unwrap_or(Status::Ok);
        say(CellEvent::Finished { status, seconds: 0.0, limits: Vec::new() });
        thread::sleep(std::mem::take(&mut self.tidies));
        Ok(Outcome { events })
    }

    fn stopper(&self) -> Stopper {
        let stop = Arc::clone(&self.stop);
        Stopper::new(move || stop.store(true, Ordering::SeqCst))
    }

    fn is_alive(&self) -> bool {
        self.alive
    }
}

impl Scripted {
    /// Carries one line out; a status ends the run.
    fn instruction(&mut self, line: &str, say: &mut dyn FnMut(CellEvent)) -> Option<Status> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let mut write = |fd, text: &str| say(CellEvent::Stream { fd, data: text.into() });
        match word {
            "print" => write(Fd::Stdout, &format!("{rest}\n")),
            "warn" => write(Fd::Stderr, &format!("{rest}\n")),
            "flood" => {
                for _ in 0..rest.parse().unwrap() {
                    write(Fd::Stdout, &"x".repeat(1024));
                }
            }
            "set" => drop(self.names.insert(rest.to_owned())),
            "use" if self.names.contains(rest) => {}
            "use" => return Some(raise(&format!("name '{rest}' is not defined"), say)),
            "raise" => return Some(raise(rest, say)),
            "loop" => {
                while !self.stop.load(Ordering::SeqCst) {
                    thread::sleep(Duration::from_millis(1));
                }
                return Some(Status::Stopped);
            }
            "deaf" => thread::sleep(Duration::from_millis(rest.parse().unwrap())),
            "tidy" => self.tidies = Duration::from_millis(rest.parse().unwrap()),
            "crash" => {
                self.alive = false;
                let explanation = "The process is gone.".to_owned();
                let error = CellError::Crash { signal: Some(11), code: None, explanation };
                say(CellEvent::Error { error });
                return Some(Status::Crashed);
            }
            _ => panic!("no such instruction: {line}"),
        }
        None
    }
}

fn raise(message: &str, say: &mut dyn FnMut(CellEvent)) -> Status {
    let (exception, text) = ("NameError".to_owned(), format!("NameError: {message}"));
    say(CellEvent::Error { error: CellError::Traceback { exception, message: message.to_owned(), text } });
    Status::Error
}
