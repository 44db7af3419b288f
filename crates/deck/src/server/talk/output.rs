//! Keeps output within bounds, on its way to the stage and to every follower.
//!
//! The *beginning* of a run's output is kept and the rest dropped, as the kernel does with its own, larger limit; the
//! run's last event then names the limit that was met. What is dropped here never becomes a change, so that the stage and
//! its copies stay equal.

use crate::protocol::{Bytes, CellError, CellEvent, Fd, Limit};

/// Bytes of streams that one run may leave on the stage.
pub const STREAMS: usize = 256 << 10;
/// Bytes of displayed results that one run may leave on the stage.
pub const DISPLAYS: usize = 1 << 20;
/// Bytes of a traceback or of a message of an exception.
pub const ERROR: usize = 32 << 10;
/// Cost of an event besides its text: many tiny ones are as dear as one large one.
const EVENT: usize = 64;
/// Pieces of output that wait; from then on a piece joins the last one of its stream.
const PIECES: usize = 16;

/// Output that waits to become changes.
#[derive(Debug, Default)]
pub struct Pending(Vec<(Fd, Vec<u8>)>);

/// Output that one run may still leave on the stage.
#[derive(Debug)]
pub struct Allowance {
    streams: usize,
    displays: usize,
    met: Option<usize>,
}

impl Pending {
    /// Adds output. Memory is bounded because a run's [`Allowance`] is taken off before.
    pub fn add(&mut self, fd: Fd, data: Bytes) {
        let full = self.0.len() >= PIECES;
        let last = match full {
            true => self.0.iter_mut().rfind(|(other, _)| *other == fd),
            false => self.0.last_mut().filter(|(other, _)| *other == fd),
        };
        match last {
            Some((_, bytes)) => bytes.extend(data.0),
            None => self.0.push((fd, data.0)),
        }
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes out what waits, as events.
    pub fn take(&mut self) -> Vec<CellEvent> {
        let pieces = std::mem::take(&mut self.0);
        pieces.into_iter().map(|(fd, bytes)| CellEvent::Stream { fd, data: Bytes(bytes) }).collect()
    }
}

impl Default for Allowance {
    fn default() -> Self {
        Self { streams: STREAMS, displays: DISPLAYS, met: None }
    }
}

impl Allowance {
    /// The event as it may go on, cut if need be; nothing if no part of it may.
    pub fn admit(&mut self, event: CellEvent) -> Option<CellEvent> {
        match event {
            CellEvent::Stream { fd, data } => {
                let room = self.streams.saturating_sub(EVENT);
                if data.0.len() > room {
                    self.met = Some(STREAMS);
                }
                let data = beginning(data.0, room);
                self.streams = self.streams.saturating_sub(data.len() + EVENT);
                (!data.is_empty()).then_some(CellEvent::Stream { fd, data: Bytes(data) })
            }
            CellEvent::Display { mime, data } => {
                let cost = mime.len() + data.len() + EVENT;
                match self.displays.checked_sub(cost) {
                    Some(rest) => self.displays = rest,
                    // Half a picture is none.
                    None => {
                        self.met = Some(DISPLAYS);
                        return None;
                    }
                }
                Some(CellEvent::Display { mime, data })
            }
            CellEvent::Error { error } => Some(CellEvent::Error { error: shortened(error) }),
            CellEvent::Finished { status, seconds, mut limits } => {
                if let Some(bytes) = self.met {
                    limits.retain(|limit| !matches!(limit, Limit::Output { .. }));
                    limits.push(Limit::Output { bytes: bytes as u64 });
                }
                Some(CellEvent::Finished { status, seconds, limits })
            }
            event @ (CellEvent::Started | CellEvent::Phase { .. } | CellEvent::Overdue { .. }) => Some(event),
        }
    }
}

/// Joins the last two events if they are pieces of one stream: the stage keeps text, not the way it arrived.
pub fn join_last(events: &mut Vec<CellEvent>) {
    if let [.., CellEvent::Stream { fd: one, data }, CellEvent::Stream { fd: other, data: more }] =
        &mut events[..]
        && one == other
    {
        data.0.append(&mut more.0);
        events.pop();
    }
}

/// At most so many bytes from the beginning, whole characters where it is text.
fn beginning(mut bytes: Vec<u8>, room: usize) -> Vec<u8> {
    if bytes.len() > room {
        let is_inside = |at: &usize| bytes.get(*at).is_some_and(|byte| byte & 0xC0 == 0x80);
        let cut = (room.saturating_sub(3)..=room).rev().find(|at| !is_inside(at)).unwrap_or(room);
        bytes.truncate(cut);
    }
    bytes
}

fn shortened(error: CellError) -> CellError {
    match error {
        CellError::Traceback { exception, message, text } => {
            CellError::Traceback { exception: short(exception), message: short(message), text: short(text) }
        }
        CellError::Crash { signal, code, explanation } => {
            CellError::Crash { signal, code, explanation: short(explanation) }
        }
        // Whoever builds keeps its own bounds.
        CellError::Compile { findings } => CellError::Compile { findings },
    }
}

/// The beginning and the end: a traceback says where it comes from in the one and what went wrong in the other.
fn short(text: String) -> String {
    if text.len() <= ERROR {
        return text;
    }
    let head = text.floor_char_boundary(ERROR / 2);
    let tail = text.ceil_char_boundary(text.len() - ERROR / 2);
    format!("{}\n[{} bytes left out]\n{}", &text[..head], tail - head, &text[tail..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Status;

    fn stream(fd: Fd, text: &str) -> CellEvent {
        CellEvent::Stream { fd, data: text.into() }
    }

    fn end() -> CellEvent {
        CellEvent::Finished {
            status: Status::Ok,
            seconds: 0.0,
            limits: vec![Limit::Output { bytes: 1 << 30 }],
        }
    }

    #[test]
    fn pieces_of_one_stream_become_one_and_streams_keep_their_turns() {
        let mut pending = Pending::default();
        for (fd, text) in [(Fd::Stdout, "a"), (Fd::Stdout, "b"), (Fd::Stderr, "c"), (Fd::Stdout, "d")] {
            pending.add(fd, text.into());
        }
        assert_eq!(
            pending.take(),
            [stream(Fd::Stdout, "ab"), stream(Fd::Stderr, "c"), stream(Fd::Stdout, "d")]
        );
        assert!(pending.is_empty());
    }

    #[test]
    fn streams_that_alternate_do_not_become_endless_pieces() {
        let mut pending = Pending::default();
        for _ in 0..1000 {
            pending.add(Fd::Stdout, "o".into());
            pending.add(Fd::Stderr, "e".into());
        }
        assert_eq!(pending.take().len(), PIECES);
    }

    #[test]
    fn the_beginning_is_kept_and_the_end_of_the_run_says_so() {
        let mut allowance = Allowance::default();
        let text = "é".repeat(STREAMS);
        let Some(CellEvent::Stream { data, .. }) = allowance.admit(stream(Fd::Stdout, &text)) else {
            panic!()
        };
        assert!(data.0.len() <= STREAMS && data.0.len() > STREAMS - 2 * EVENT);
        assert!(std::str::from_utf8(&data.0).is_ok());
        assert_eq!(allowance.admit(stream(Fd::Stderr, &text)), None);
        let Some(CellEvent::Finished { limits, .. }) = allowance.admit(end()) else { panic!() };
        assert_eq!(limits, [Limit::Output { bytes: STREAMS as u64 }]);
    }

    #[test]
    fn what_fits_is_untouched() {
        let mut allowance = Allowance::default();
        for event in [CellEvent::Started, stream(Fd::Stdout, "a"), end()] {
            assert_eq!(allowance.admit(event.clone()), Some(event));
        }
    }

    #[test]
    fn many_tiny_writes_are_bounded_too() {
        let mut allowance = Allowance::default();
        let admitted = (0..STREAMS).filter(|_| allowance.admit(stream(Fd::Stdout, "x")).is_some()).count();
        assert!(admitted <= STREAMS / EVENT);
    }

    #[test]
    fn a_display_is_shown_whole_or_not_at_all() {
        let mut allowance = Allowance::default();
        let display = |length| CellEvent::Display { mime: "text/html".to_owned(), data: "x".repeat(length) };
        assert_eq!(allowance.admit(display(DISPLAYS)), None);
        assert_eq!(allowance.admit(display(10)), Some(display(10)));
    }

    #[test]
    fn of_a_long_traceback_both_ends_stay() {
        let text = format!("first\n{}\nlast", "x".repeat(1 << 20));
        let kept = short(text);
        assert!(kept.starts_with("first") && kept.ends_with("last") && kept.len() < ERROR + 100);
    }

    #[test]
    fn the_stage_joins_neighbours_of_one_stream() {
        let mut events = vec![CellEvent::Started];
        for (fd, text) in [(Fd::Stdout, "a"), (Fd::Stdout, "b"), (Fd::Stderr, "c")] {
            events.push(stream(fd, text));
            join_last(&mut events);
        }
        assert_eq!(events, [CellEvent::Started, stream(Fd::Stdout, "ab"), stream(Fd::Stderr, "c")]);
    }
}
