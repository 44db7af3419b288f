//! One Python in a process of node.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;

use super::node::{Node, Silence};
use crate::kernel::crash;
use crate::kernel::error::KernelError;
use crate::kernel::messages::End;
use crate::kernel::request::Request;
use crate::kernel::session::Session;
use crate::kernel::stopper::Stopper;
use crate::kernel::transcript::Transcript;
use crate::protocol::{CellError, CellEvent, Limit, Outcome, Status};

/// Time that Pyodide may take to start, on a machine that is busy with more than one.
const START_PATIENCE: Duration = Duration::from_secs(120);
/// Between the end of its lines and its own end.
const LAST_WORD: Duration = Duration::from_secs(2);
/// The word of a process that can run cells.
const READY: &[u8] = b"\"ready\"";

/// A Python with its variables. Dropping it ends its process.
pub(super) struct PyodideSession {
    node: Node,
    alive: bool,
    course: Arc<Mutex<Course>>,
}

/// Whether a run is under way, so that a wish to stop that comes too late ends no process.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Course {
    #[default]
    Idle,
    Running,
    Stopped,
}

/// Asks for a run.
#[derive(Serialize)]
struct Run<'a> {
    cell: &'a str,
    source: &'a str,
    output: u64,
}

/// The end of a run.
enum Ending {
    /// It said so itself, in its last event.
    Told(Status),
    /// Its process is gone.
    Died,
    /// It took longer than it may.
    Late,
}

impl PyodideSession {
    /// Waits until the process can run cells.
    pub fn new(mut node: Node) -> Result<Self, KernelError> {
        let until = Instant::now() + START_PATIENCE;
        loop {
            let reason = match node.line(until.saturating_duration_since(Instant::now())) {
                Ok(line) if line == READY => return Ok(Self { node, alive: true, course: Arc::default() }),
                Ok(_) => continue,
                Err(Silence::Late) => format!("it said nothing within {} s", START_PATIENCE.as_secs()),
                Err(Silence::Ended) => {
                    let status = node.ended(LAST_WORD);
                    status.map_or_else(|| "it is gone".into(), |status| status.to_string())
                }
            };
            return Err(KernelError::PyodideNotReady { reason, stderr: node.complaints() });
        }
    }

    /// Returns what it was before.
    fn go_on_to(&self, next: Course) -> Course {
        std::mem::replace(&mut *self.course.lock().unwrap_or_else(PoisonError::into_inner), next)
    }

    /// Hands on the events of a run until it ends.
    fn attend(&mut self, until: Instant, transcript: &mut Transcript<'_>) -> Ending {
        loop {
            let line = match self.node.line(until.saturating_duration_since(Instant::now())) {
                Ok(line) => line,
                Err(Silence::Late) => return Ending::Late,
                Err(Silence::Ended) => return Ending::Died,
            };
            // A cell can write here, too; what it wrote is nobody's.
            let Ok(event) = serde_json::from_slice::<CellEvent>(&line) else { continue };
            let status = match &event {
                CellEvent::Finished { status, .. } => Some(*status),
                _ => None,
            };
            transcript.add(event);
            if let Some(status) = status {
                return Ending::Told(status);
            }
        }
    }
}

impl Session for PyodideSession {
    fn run(
        &mut self,
        request: &Request<'_>,
        on_event: &mut dyn FnMut(CellEvent),
    ) -> Result<Outcome, KernelError> {
        let began = Instant::now();
        let mut transcript = Transcript::new(request.limits.output, on_event);
        let run = Run { cell: request.cell, source: request.source, output: request.limits.output };
        let mut line = serde_json::to_vec(&run).map_err(std::io::Error::from)?;
        line.push(b'\n');
        self.go_on_to(Course::Running);
        // To one that is gone nothing can be sent, and its lines have ended: that is what is told.
        let _ = self.node.send(&line);
        let ending = self.attend(began + request.longest(), &mut transcript);
        let stopped = self.go_on_to(Course::Idle) == Course::Stopped;
        let (error, status, limit) = match ending {
            Ending::Told(status) => {
                // One that broke down ends by itself.
                self.alive = status != Status::Crashed && !stopped;
                return Ok(Outcome { events: transcript.into_events() });
            }
            Ending::Late => {
                self.node.end();
                let limit = Limit::Time { seconds: request.longest().as_secs_f64() };
                (crash::ended_by_force(), Status::Stopped, Some(limit))
            }
            Ending::Died if stopped => (crash::ended_by_force(), Status::Stopped, None),
            Ending::Died => (died(self.node.ended(LAST_WORD)), Status::Crashed, None),
        };
        self.alive = false;
        transcript.add(CellEvent::Error { error });
        let seconds = began.elapsed().as_secs_f64();
        transcript.add(CellEvent::Finished { status, seconds, limits: limit.into_iter().collect() });
        Ok(Outcome { events: transcript.into_events() })
    }

    /// Nothing can be interrupted here, so the process ends.
    fn stopper(&self) -> Stopper {
        let (course, process) = (Arc::clone(&self.course), self.node.process());
        Stopper::new(move || {
            let mut course = course.lock().unwrap_or_else(PoisonError::into_inner);
            if *course == Course::Running {
                *course = Course::Stopped;
                process.kill();
            }
        })
    }

    fn is_alive(&self) -> bool {
        self.alive
    }
}

fn died(status: Option<ExitStatus>) -> CellError {
    let end = status.map(|status| End { signal: status.signal(), code: status.code() });
    crash::crash(end.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::node::Start;
    use super::*;
    use crate::kernel::request::Deadline;
    use crate::model::Limits;

    /// Gets ready, says of every run that it has begun, and of none that it has ended.
    const ENDLESS: &str = "process.stdout.write('\"ready\"\\n');
        process.stdin.once('data', () => process.stdin.on('data', () =>
            process.stdout.write(JSON.stringify({ event: 'started' }) + '\\n')));";

    #[test]
    fn a_stop_ends_the_run_and_between_runs_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("endless.js");
        std::fs::write(&script, ENDLESS).unwrap();
        let node = Node::spawn(&Start { script, parts: b"{}\n".to_vec() }).unwrap();
        let mut session = PyodideSession::new(node).unwrap();
        let stopper = session.stopper();
        stopper.stop();
        std::thread::sleep(Duration::from_millis(50));
        // Past this limit the run would be stopped, too, and say so.
        let limits = Limits { seconds: 5.0, ..Limits::default() };
        let request = Request { cell: "endless", source: "", limits, deadline: Deadline::Ends };
        let outcome = session
            .run(&request, &mut |event| {
                if event == CellEvent::Started {
                    stopper.stop();
                }
            })
            .unwrap();
        assert_eq!(outcome.events.first(), Some(&CellEvent::Started));
        let Some(CellEvent::Finished { status, limits, .. }) = outcome.events.last() else {
            panic!("{outcome:?}")
        };
        assert_eq!((*status, limits.as_slice()), (Status::Stopped, [].as_slice()));
        assert!(!session.is_alive());
    }
}
