//! A run as it happens.

use std::io::{self, Write};

use serde::Deserialize;

use super::style::{DIM, FAILED, GOOD, Painted};
use crate::protocol::{CellEvent, Limit, Status};

/// Writes the events of one run, line by line, indented below the code.
pub struct RunView<'a> {
    out: &'a mut dyn Write,
    /// The cursor stands at the beginning of a line.
    fresh_line: bool,
}

/// The message by which a cell asserts something about its own numbers.
#[derive(Deserialize)]
struct Relation {
    text: String,
    holds: bool,
}

impl<'a> RunView<'a> {
    /// A view that writes to `out`.
    pub fn new(out: &'a mut dyn Write) -> Self {
        Self { out, fresh_line: true }
    }

    /// Writes one event.
    ///
    /// # Errors
    /// That of writing.
    pub fn show(&mut self, event: &CellEvent) -> io::Result<()> {
        match event {
            CellEvent::Started | CellEvent::Phase { .. } | CellEvent::Overdue { .. } => Ok(()),
            CellEvent::Stream { data, .. } => self.text(&data.lossy()),
            CellEvent::Display { mime, data } => self.display(mime, data),
            CellEvent::Error { error } => {
                self.lines(&error.text(), |line| Painted(FAILED, line.to_owned()).to_string())
            }
            CellEvent::Finished { status, seconds, limits } => self.finished(*status, *seconds, limits),
        }
    }

    fn display(&mut self, mime: &str, data: &str) -> io::Result<()> {
        match mime {
            "application/vnd.deck.relation+json" => match serde_json::from_str::<Relation>(data) {
                Ok(relation) if relation.holds => self.mark(Painted(GOOD, "✓"), &relation.text),
                Ok(relation) => self.mark(Painted(FAILED, "✗"), &relation.text),
                Err(_) => Ok(()),
            },
            "application/vnd.deck.value+json" => Ok(()),
            "text/plain" => self.text(data),
            _ => self.mark(Painted(DIM, "▣"), &format!("a result of type {mime}, shown on the slide")),
        }
    }

    fn mark(&mut self, mark: Painted<&str>, text: &str) -> io::Result<()> {
        self.end_line()?;
        writeln!(self.out, "  {mark} {}", Painted(DIM, visible(text)))
    }

    fn finished(&mut self, status: Status, seconds: f64, limits: &[Limit]) -> io::Result<()> {
        self.end_line()?;
        for limit in limits {
            writeln!(self.out, "  {}", Painted(FAILED, limit))?;
        }
        let (style, word) = match status {
            Status::Ok => (GOOD, "done"),
            Status::Error => (FAILED, "ended with an error"),
            Status::Stopped => (FAILED, "stopped"),
            Status::Crashed => (FAILED, "crashed"),
        };
        let time = self::seconds(seconds);
        writeln!(self.out, "\n  {} {}\n", Painted(style, word), Painted(DIM, format!("in {time}")))?;
        self.out.flush()
    }

    fn lines(&mut self, text: &str, paint: impl Fn(&str) -> String) -> io::Result<()> {
        self.end_line()?;
        for line in text.lines() {
            writeln!(self.out, "  {}", paint(&visible(line)))?;
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        for part in text.split_inclusive('\n') {
            if self.fresh_line {
                write!(self.out, "  ")?;
            }
            write!(self.out, "{}", visible(part))?;
            self.fresh_line = part.ends_with('\n');
        }
        self.out.flush()
    }

    fn end_line(&mut self) -> io::Result<()> {
        if !self.fresh_line {
            writeln!(self.out)?;
            self.fresh_line = true;
        }
        Ok(())
    }
}

/// A duration for people, e.g. `0.4 ms` or `2.1 s`.
pub fn seconds(seconds: f64) -> String {
    match seconds {
        s if s < 1e-3 => format!("{:.0} µs", s * 1e6),
        s if s < 1.0 => format!("{:.1} ms", s * 1e3),
        s => format!("{s:.1} s"),
    }
}

/// A cell's text may not steer the terminal: control characters are shown, not obeyed.
fn visible(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\n' | '\t' => character,
            '\u{7f}' => '\u{2421}',
            c if (c as u32) < 0x20 => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
            c if ('\u{80}'..='\u{9f}').contains(&c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Fd;

    fn stream(text: &str) -> CellEvent {
        CellEvent::Stream { fd: Fd::Stdout, data: text.into() }
    }

    #[track_caller]
    fn check(events: &[CellEvent], expected: &str) {
        let mut written = Vec::new();
        let mut out = anstream::StripStream::new(&mut written);
        let mut view = RunView::new(&mut out);
        for event in events {
            view.show(event).unwrap();
        }
        assert_eq!(String::from_utf8(written).unwrap(), expected);
    }

    #[test]
    fn output_is_indented_line_by_line_however_it_is_cut() {
        check(&[stream("a\nb"), stream("c\n"), stream("d")], "  a\n  bc\n  d");
    }

    #[test]
    fn the_last_line_is_ended_before_the_result() {
        let finished = CellEvent::Finished { status: Status::Ok, seconds: 0.0021, limits: vec![] };
        check(&[stream("a"), finished], "  a\n\n  done in 2.1 ms\n\n");
    }

    #[test]
    fn output_cannot_steer_the_terminal() {
        check(&[stream("\u{1b}[2J\r\0")], "  ␛[2J␍␀");
    }
}
