//! One Python in a process of node.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::super::crash;
use super::super::messages::End;
use super::super::run::span;
use super::super::transcript::Transcript;
use super::super::{AnySession, Deadline, KernelError, Request};
use super::node::{Node, Silence};
use crate::protocol::{CellError, CellEvent, Limit, Outcome, Status};

/// How long Pyodide may take to start, on a machine that is busy with more than one.
const START_PATIENCE: Duration = Duration::from_secs(120);
/// Between the end of its lines and its own end.
const LAST_WORD: Duration = Duration::from_secs(2);
/// What the process says once it can run cells.
const READY: &[u8] = b"\"ready\"";

/// A Python with its variables. Dropping it ends its process.
pub(super) struct PyodideSession {
    node: Node,
    alive: bool,
}

/// Asks for a run.
#[derive(Serialize)]
struct Run<'a> {
    cell: &'a str,
    source: &'a str,
    output: u64,
}

/// How a run came to its end.
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
                Ok(line) if line == READY => return Ok(Self { node, alive: true }),
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

impl AnySession for PyodideSession {
    fn run(
        &mut self,
        request: &Request<'_>,
        on_event: &mut dyn FnMut(CellEvent),
    ) -> Result<Outcome, KernelError> {
        let began = Instant::now();
        let longest = match request.deadline {
            Deadline::Ends => request.limits.seconds,
            Deadline::Asks => request.limits.longest(),
        };
        let mut transcript = Transcript::new(request.limits.output, on_event);
        let run = Run { cell: request.cell, source: request.source, output: request.limits.output };
        let mut line = serde_json::to_vec(&run).map_err(std::io::Error::from)?;
        line.push(b'\n');
        // To one that is gone nothing can be sent, and its lines have ended: that is what is told.
        let _ = self.node.send(&line);
        let ending = self.attend(began + span(longest), &mut transcript);
        let (error, status, limit) = match ending {
            Ending::Told(status) => {
                // One that broke down ends by itself.
                self.alive = status != Status::Crashed;
                return Ok(Outcome { events: transcript.into_events() });
            }
            Ending::Late => {
                self.node.end();
                let limit = Limit::Time { seconds: longest };
                (crash::ended_by_force(), Status::Stopped, Some(limit))
            }
            Ending::Died => (died(self.node.ended(LAST_WORD)), Status::Crashed, None),
        };
        self.alive = false;
        transcript.add(CellEvent::Error { error });
        let seconds = began.elapsed().as_secs_f64();
        transcript.add(CellEvent::Finished { status, seconds, limits: limit.into_iter().collect() });
        Ok(Outcome { events: transcript.into_events() })
    }

    fn is_alive(&self) -> bool {
        self.alive
    }
}

fn died(status: Option<ExitStatus>) -> CellError {
    let end = status.map(|status| End { signal: status.signal(), code: status.code() });
    crash::crash(end.unwrap_or_default())
}
