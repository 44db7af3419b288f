//! The events of a run so far: hands every event on at once, and keeps it for the outcome.

use super::output::{Budget, Output};
use crate::protocol::{CellEvent, Fd};

/// So much of the end of stderr is looked at for the last words of Rust's runtime.
const LAST_WORDS: usize = 512;

/// The events of one run.
pub(super) struct Transcript<'a> {
    on_event: &'a mut dyn FnMut(CellEvent),
    events: Vec<CellEvent>,
    budget: Budget,
    stdout: Output,
    stderr: Output,
    last_words: Vec<u8>,
}

impl<'a> Transcript<'a> {
    /// Of a run that may show `bytes` of output.
    pub fn new(bytes: u64, on_event: &'a mut dyn FnMut(CellEvent)) -> Self {
        Self {
            on_event,
            events: Vec::new(),
            budget: Budget::new(bytes),
            stdout: Output::default(),
            stderr: Output::default(),
            last_words: Vec::new(),
        }
    }

    /// Adds an event. Pieces of one stream that follow each other become one in the outcome: where they
    /// were cut is chance.
    pub fn add(&mut self, event: CellEvent) {
        (self.on_event)(event.clone());
        match (self.events.last_mut(), event) {
            (Some(CellEvent::Stream { fd: last, data }), CellEvent::Stream { fd, data: more })
                if *last == fd =>
            {
                data.0.extend(more.0);
            }
            (_, event) => self.events.push(event),
        }
    }

    /// Adds what was read of a stream.
    pub fn write(&mut self, fd: Fd, bytes: &[u8]) {
        if fd == Fd::Stderr {
            let kept = bytes.len().min(LAST_WORDS);
            self.last_words.extend_from_slice(&bytes[bytes.len() - kept..]);
            self.last_words.drain(..self.last_words.len().saturating_sub(LAST_WORDS));
        }
        let shown = self.output(fd).push(bytes);
        self.show(fd, shown);
    }

    /// Adds a display, unless it is larger than what may still be shown.
    pub fn display(&mut self, mime: String, data: String) {
        if self.budget.allows(data.len()) {
            self.add(CellEvent::Display { mime, data });
        }
    }

    /// Notes that a report was too large even to be read.
    pub fn dropped_report(&mut self) {
        self.budget.exceeded = true;
    }

    /// Adds what was held back of the streams, as the beginning of a character.
    pub fn flush(&mut self) {
        for fd in [Fd::Stdout, Fd::Stderr] {
            let rest = self.output(fd).rest();
            self.show(fd, rest);
        }
    }

    /// Whether output had to be dropped.
    pub fn exceeded(&self) -> bool {
        self.budget.exceeded
    }

    /// The end of stderr, shown or not.
    pub fn last_words(&self) -> &[u8] {
        &self.last_words
    }

    /// All events, when the run is over.
    pub fn into_events(self) -> Vec<CellEvent> {
        self.events
    }

    fn output(&mut self, fd: Fd) -> &mut Output {
        match fd {
            Fd::Stdout => &mut self.stdout,
            Fd::Stderr => &mut self.stderr,
        }
    }

    fn show(&mut self, fd: Fd, bytes: Vec<u8>) {
        let bytes = self.budget.cut(bytes);
        if !bytes.is_empty() {
            self.add(CellEvent::Stream { fd, data: crate::protocol::Bytes(bytes) });
        }
    }
}
