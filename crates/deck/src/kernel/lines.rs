//! Lines of text as they come out of a socket.

use std::collections::VecDeque;

/// Collects bytes into lines, and never holds much more than a bound: a longer line is thrown away as a
/// whole.
#[derive(Debug, Default)]
pub(super) struct Lines {
    complete: VecDeque<Line>,
    pending: Vec<u8>,
    skipping: bool,
}

/// One line, with its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// As it came.
    Whole(Vec<u8>),
    /// It was longer than allowed.
    TooLong,
}

impl Lines {
    /// Takes in what was read; no line may be longer than `longest` bytes.
    pub fn push(&mut self, bytes: &[u8], longest: usize) {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            if !self.skipping {
                self.pending.extend_from_slice(piece);
            }
            if self.pending.len() > longest {
                self.pending = Vec::new();
                self.skipping = true;
            }
            if piece.ends_with(b"\n") {
                let line = std::mem::take(&mut self.pending);
                let skipped = std::mem::take(&mut self.skipping);
                self.complete.push_back(if skipped { Line::TooLong } else { Line::Whole(line) });
            }
        }
    }

    /// The next line, if it is complete.
    pub fn pop(&mut self) -> Option<Line> {
        self.complete.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Lines};

    #[track_caller]
    fn check(pieces: &[&str], longest: usize, expected: &[Line]) {
        let mut lines = Lines::default();
        for piece in pieces {
            lines.push(piece.as_bytes(), longest);
        }
        let found: Vec<_> = std::iter::from_fn(|| lines.pop()).collect();
        assert_eq!(found, expected);
    }

    fn whole(line: &str) -> Line {
        Line::Whole(line.into())
    }

    #[test]
    fn a_line_may_come_in_pieces() {
        check(&["on", "e\ntwo\nth"], 10, &[whole("one\n"), whole("two\n")]);
    }

    #[test]
    fn a_line_that_is_too_long_is_thrown_away_and_the_next_is_whole() {
        check(&["12345", "678\nok\n"], 4, &[Line::TooLong, whole("ok\n")]);
    }
}
