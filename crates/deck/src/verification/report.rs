//! What `deck record` and `deck verify` say of each cell.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::{diagnostic::Diagnostic, model::Cell};

/// How it went with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// As it should be.
    Good,
    /// Neither good nor bad.
    Open,
    /// Not as it should be.
    Bad,
}

impl Mark {
    fn sign(self) -> (char, Style) {
        match self {
            Self::Good => ('✓', AnsiColor::Green.on_default()),
            Self::Open => ('–', AnsiColor::Yellow.on_default()),
            Self::Bad => ('✗', AnsiColor::Red.on_default()),
        }
    }
}

/// Lines about cells and X-rays, below each other in columns.
pub struct Report<'a> {
    out: &'a mut dyn Write,
    /// Of the column of ids.
    width: usize,
}

impl<'a> Report<'a> {
    /// A report about these cells.
    pub fn new(out: &'a mut dyn Write, cells: &[&Cell]) -> Self {
        Self { out, width: cells.iter().map(|cell| cell.id.len()).max().unwrap_or(0) }
    }

    /// The line of a cell or X-ray: mark, id, duration in seconds if it ran, and a note.
    pub fn line(&mut self, mark: Mark, id: &str, seconds: Option<f64>, note: &str) -> io::Result<()> {
        let (sign, style) = mark.sign();
        let width = self.width;
        let duration = seconds.map(duration).unwrap_or_default();
        let line = format!("{style}{sign}{style:#} {id:width$}  {duration:>7}  {note}");
        writeln!(self.out, "{}", line.trim_end())
    }

    /// What there is to say below the line of a cell.
    pub fn details(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", indented(text))
    }

    /// Errors in files.
    pub fn errors(&mut self, errors: &[Diagnostic]) -> io::Result<()> {
        errors.iter().try_for_each(|error| writeln!(self.out, "{}\n", error.render(true)))
    }

    /// The last line.
    pub fn close(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }
}

/// The errors as a terminal shows them, one below the other.
pub fn rendered(errors: &[Diagnostic]) -> String {
    errors.iter().map(|error| error.render(true) + "\n").collect()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n").collect()
}

fn duration(seconds: f64) -> String {
    match seconds {
        seconds if seconds < 1.0 => format!("{:.0} ms", seconds * 1e3),
        seconds => format!("{seconds:.1} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_short() {
        assert_eq!(
            [0.0004, 0.012, 0.9994, 1.0, 12.34].map(duration),
            ["0 ms", "12 ms", "999 ms", "1.0 s", "12.3 s"]
        );
    }

    #[test]
    fn paragraphs_stand_below_their_line() {
        assert_eq!(indented("a\n\nb\n"), "    a\n\n    b\n");
    }
}
