//! The bytes of one stream: cut at character boundaries, and at the limit.

/// One stream of one run.
#[derive(Debug, Default)]
pub(super) struct Output {
    /// The beginning of a character whose rest has not come yet: at most three bytes.
    tail: Vec<u8>,
}

/// Output that may still be shown of a run, over both streams and the displays.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    left: usize,
    /// Something had to be dropped.
    pub exceeded: bool,
}

impl Output {
    /// Takes in `bytes` and returns what can be shown now.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut shown = std::mem::take(&mut self.tail);
        shown.extend_from_slice(bytes);
        self.tail = shown.split_off(shown.len() - incomplete(&shown));
        shown
    }

    /// The rest at the end of a run.
    pub fn rest(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.tail)
    }
}

impl Budget {
    /// For a run that may show so many bytes.
    pub fn new(bytes: u64) -> Self {
        Self { left: usize::try_from(bytes).unwrap_or(usize::MAX), exceeded: false }
    }

    /// Cuts `bytes` down to what is left; once something was cut, nothing more is shown.
    pub fn cut(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        if bytes.len() > self.left {
            bytes.truncate(self.left);
            bytes.truncate(bytes.len() - incomplete(&bytes));
            self.exceeded = true;
            self.left = 0;
        } else {
            self.left -= bytes.len();
        }
        bytes
    }

    /// Whether a whole of so many bytes may be shown; it is taken off if so.
    pub fn allows(&mut self, bytes: usize) -> bool {
        let allowed = bytes <= self.left;
        if allowed {
            self.left -= bytes;
        } else {
            self.exceeded = true;
        }
        allowed
    }
}

/// Number of bytes at the end that begin a character of UTF-8 without finishing it.
fn incomplete(bytes: &[u8]) -> usize {
    let from = bytes.len().saturating_sub(3);
    let Some(lead) = (from..bytes.len()).rev().find(|index| bytes[*index] & 0xC0 != 0x80) else {
        return 0;
    };
    let length = match bytes[lead] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => 1,
    };
    let present = bytes.len() - lead;
    if present < length { present } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{Budget, Output};

    #[test]
    fn a_character_that_comes_in_pieces_is_shown_whole() {
        let mut output = Output::default();
        let pieces: Vec<_> =
            "aé€🦀".bytes().map(|byte| output.push(&[byte])).filter(|piece| !piece.is_empty()).collect();
        assert_eq!(pieces, ["a", "é", "€", "🦀"].map(|text| text.as_bytes().to_vec()));
    }

    #[test]
    fn bytes_that_are_no_character_are_not_held_back() {
        let mut output = Output::default();
        assert_eq!(output.push(b"\xFF\x80\x80"), b"\xFF\x80\x80");
        assert_eq!(output.push(b"a\xC3"), b"a");
        assert_eq!(output.rest(), b"\xC3");
    }

    #[test]
    fn the_limit_cuts_before_a_character_and_then_shows_nothing() {
        let mut budget = Budget::new(4);
        assert_eq!(budget.cut("aé".into()), "aé".as_bytes());
        assert!(!budget.exceeded);
        assert_eq!(budget.cut("é".into()), b"");
        assert!(budget.exceeded);
        assert_eq!(budget.cut("b".into()), b"");
    }
}
