//! What `deck record` and `deck verify` say of each cell.

use anstyle::{AnsiColor, Style};

use crate::model::Cell;

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

/// Prints the line of a cell: mark, id in a column of `width`, duration in seconds if it ran, and a note.
pub fn print_line(mark: Mark, id: &str, width: usize, seconds: Option<f64>, note: &str) {
    let (sign, style) = mark.sign();
    let duration = seconds.map(duration).unwrap_or_default();
    let line = format!("{style}{sign}{style:#} {id:width$}  {duration:>7}  {note}");
    anstream::println!("{}", line.trim_end());
}

/// The width of the column of ids.
pub fn width(cells: &[&Cell]) -> usize {
    cells.iter().map(|cell| cell.id.len()).max().unwrap_or(0)
}

/// A paragraph below a line, indented.
pub fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n").collect()
}

/// The errors as a terminal shows them, one below the other.
pub fn rendered(errors: &[crate::diagnostic::Diagnostic]) -> String {
    errors.iter().map(|error| error.render(true) + "\n").collect()
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
        assert_eq!([0.0004, 0.012, 0.9994, 1.0, 12.34].map(duration), ["0 ms", "12 ms", "999 ms", "1.0 s", "12.3 s"]);
    }

    #[test]
    fn paragraphs_stand_below_their_line() {
        assert_eq!(indented("a\n\nb\n"), "    a\n\n    b\n");
    }
}
