//! One run of one cell: attends to the worker's lines until the cell is through or its process is gone.

use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use super::channels::PIPE_CAPACITY;
use super::crash;
use super::error::KernelError;
use super::lines::Line;
use super::messages::{self, End, Report};
use super::request::{Request, span};
use super::session::Session;
use super::stopper::Stopper;
use super::transcript::Transcript;
use super::worker::Worker;
use crate::model::Limits;
use crate::protocol::{CellError, CellEvent, Fd, Limit, Outcome, Status};

/// Between SIGINT and SIGKILL, and again between SIGKILL and taking the process for dead.
const GRACE: Duration = Duration::from_secs(1);
/// Between one SIGINT and the next: one that arrives just before the process begins to wait does not wake it.
const REMINDER: Duration = Duration::from_millis(100);
/// Between the end of the control line and the keeper's word on how the process ended.
const LAST_WORD: Duration = Duration::from_millis(300);
/// Room for a traceback, or for the form of a report around what it displays.
const REPORT_FORM: usize = 1 << 20;

/// A run under way.
struct Run<'a> {
    worker: &'a mut Worker,
    request: Request<'a>,
    transcript: Transcript<'a>,
    began: Instant,
    /// Number of times that somebody was asked whether it shall go on.
    asked: u32,
    phase: Phase,
    stopped: bool,
    out_of_time: bool,
    error: Option<CellError>,
}

/// Progress of its end; each phase but the first has begun at an instant.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Phase {
    Running,
    /// SIGINT was sent, and again so many times.
    Interrupted(Instant, u32),
    /// The control line has ended, so the end of the cell cannot be heard of any more.
    Severed(Instant),
    /// SIGKILL was sent.
    Killed(Instant),
}

/// The end of a run.
enum Ending {
    /// The cell is through.
    Finished { failed: bool, memory: bool, processes: bool },
    /// The process is gone.
    Died(End),
}

impl Session for Worker {
    /// Output that threads and child processes of an earlier cell have written since it ended belongs to no cell: it is dropped,
    /// and a line on stderr says how much it was.
    fn run(
        &mut self,
        request: &Request<'_>,
        on_event: &mut dyn FnMut(CellEvent),
    ) -> Result<Outcome, KernelError> {
        Ok(Run::new(self, *request, on_event).perform()?)
    }

    /// SIGINT to the process group, and SIGKILL a second later.
    fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }

    fn is_alive(&self) -> bool {
        !self.has_ended()
    }
}

impl<'a> Run<'a> {
    /// The run that is asked for, about to begin.
    fn new(worker: &'a mut Worker, request: Request<'a>, on_event: &'a mut dyn FnMut(CellEvent)) -> Self {
        Self {
            worker,
            request,
            transcript: Transcript::new(request.limits.output, on_event),
            began: Instant::now(),
            asked: 0,
            phase: Phase::Running,
            stopped: false,
            out_of_time: false,
            error: None,
        }
    }

    /// Runs the cell to its end.
    fn perform(mut self) -> std::io::Result<Outcome> {
        let drained = self.worker.drain()?;
        self.transcript.add(CellEvent::Started);
        if drained > 0 {
            let note = format!("[dropped {drained} bytes that were written after the last cell had ended]\n");
            self.transcript.write(Fd::Stderr, note.as_bytes());
        }
        let Request { cell, source, limits: Limits { memory, processes, .. }, .. } = self.request;
        let message = messages::Run { cell, source, memory, processes };
        let mut line = serde_json::to_vec(&message)?;
        line.push(b'\n');
        if self.worker.channels.send(&line).is_err() {
            self.phase = Phase::Severed(Instant::now());
        }
        let ending = self.attend()?;
        self.finish(ending)
    }

    /// Hands on what comes until the run ends.
    fn attend(&mut self) -> std::io::Result<Ending> {
        loop {
            let patience = self.next_deadline().saturating_duration_since(Instant::now());
            let ready = self.worker.channels.wait(&self.worker.wake, patience)?;
            if ready.output || ready.control {
                self.hand_on_output()?;
            }
            if ready.control
                && let Some(ending) = self.hand_on_reports()
            {
                return Ok(ending);
            }
            if ready.lease
                && let Some(end) = self.worker.end_within(Duration::ZERO)?
            {
                return Ok(self.last_reports()?.unwrap_or(Ending::Died(end)));
            }
            if ready.wake {
                self.stop();
            }
            if let Some(end) = self.keep_time() {
                return Ok(Ending::Died(end));
            }
        }
    }

    /// Reads what the streams hold now. Each gets its turn, and a stream that never ends does not hold up
    /// the rest.
    fn hand_on_output(&mut self) -> std::io::Result<()> {
        for fd in [Fd::Stdout, Fd::Stderr] {
            let mut count = 0;
            while count < PIPE_CAPACITY && self.worker.channels.ready(fd)? {
                let bytes = self.worker.channels.read(fd)?;
                if bytes.is_empty() {
                    break;
                }
                count += bytes.len();
                self.transcript.write(fd, bytes);
            }
        }
        Ok(())
    }

    /// Reads from the control line and hands on its reports.
    fn hand_on_reports(&mut self) -> Option<Ending> {
        let longest =
            usize::try_from(self.request.limits.output).unwrap_or(usize::MAX).saturating_add(REPORT_FORM);
        self.worker.read_reports(longest);
        while let Some(line) = self.worker.reports.pop() {
            let Line::Whole(line) = line else {
                self.transcript.dropped_report();
                continue;
            };
            match serde_json::from_slice(&line).ok() {
                Some(Report::Display { mime, data }) => self.transcript.display(mime, data),
                Some(Report::Error { error }) => self.error = Some(error),
                Some(Report::Finished { failed, memory, processes }) => {
                    return Some(Ending::Finished { failed, memory, processes });
                }
                // The cell itself wrote to this line; what it wrote is nobody's.
                None => {}
            }
        }
        if !self.worker.channels.control_open() && self.phase == Phase::Running {
            self.phase = Phase::Severed(Instant::now());
        }
        None
    }

    /// The last reports of a process before its end.
    fn last_reports(&mut self) -> std::io::Result<Option<Ending>> {
        while self.worker.channels.control_ready()? {
            if let Some(ending) = self.hand_on_reports() {
                return Ok(Some(ending));
            }
        }
        Ok(None)
    }

    fn next_deadline(&self) -> Instant {
        match self.phase {
            Phase::Running => self.began + span(self.request.limits.seconds * f64::from(self.asked + 1)),
            Phase::Interrupted(since, reminders) => since + (REMINDER * (reminders + 1)).min(GRACE),
            Phase::Killed(since) => since + GRACE,
            Phase::Severed(since) => since + LAST_WORD,
        }
    }

    /// Goes on to the next phase when the time of this one is over. Returns the end of a process that is past
    /// waiting for.
    fn keep_time(&mut self) -> Option<End> {
        if Instant::now() < self.next_deadline() {
            return None;
        }
        match self.phase {
            Phase::Running if self.began.elapsed() < self.request.longest() => {
                self.asked += 1;
                let seconds = self.request.limits.seconds * f64::from(self.asked);
                self.transcript.add(CellEvent::Overdue { seconds });
            }
            Phase::Running => {
                self.out_of_time = true;
                self.stop();
            }
            Phase::Interrupted(since, reminders) if since.elapsed() < GRACE => {
                self.worker.remind(Signal::SIGINT);
                self.phase = Phase::Interrupted(since, reminders + 1);
            }
            Phase::Interrupted(..) | Phase::Severed(_) => {
                self.worker.signal(Signal::SIGKILL);
                self.phase = Phase::Killed(Instant::now());
            }
            Phase::Killed(_) => return Some(self.worker.give_up()),
        }
        None
    }

    fn stop(&mut self) {
        self.stopped = true;
        if self.phase == Phase::Running {
            self.worker.signal(Signal::SIGINT);
            self.phase = Phase::Interrupted(Instant::now(), 0);
        }
        self.worker.drain_wishes();
    }

    fn finish(mut self, ending: Ending) -> std::io::Result<Outcome> {
        self.hand_on_output()?;
        self.transcript.flush();
        let (status, out_of_memory, out_of_processes) = match &ending {
            Ending::Finished { failed, memory, processes } => {
                (if *failed { Status::Error } else { Status::Ok }, *memory, *processes)
            }
            Ending::Died(end) => {
                self.error = Some(self.crash(*end));
                (Status::Crashed, crash::out_of_memory(*end, self.transcript.last_words()), false)
            }
        };
        if let Some(error) = self.error.take() {
            self.transcript.add(CellEvent::Error { error });
        }
        let limits = [
            self.out_of_time.then_some(Limit::Time { seconds: self.request.longest().as_secs_f64() }),
            self.transcript.exceeded().then_some(Limit::Output { bytes: self.request.limits.output }),
            out_of_memory.then_some(Limit::Memory { bytes: self.request.limits.memory }),
            out_of_processes.then_some(Limit::Processes { count: self.request.limits.processes }),
        ];
        self.transcript.add(CellEvent::Finished {
            status: if self.stopped { Status::Stopped } else { status },
            seconds: self.began.elapsed().as_secs_f64(),
            limits: limits.into_iter().flatten().collect(),
        });
        Ok(Outcome { events: self.transcript.into_events() })
    }

    fn crash(&self, end: End) -> CellError {
        match self.phase {
            Phase::Killed(_) if self.stopped => crash::killed_after_stop(),
            Phase::Killed(_) => crash::severed(end),
            _ => crash::crash(end),
        }
    }
}
