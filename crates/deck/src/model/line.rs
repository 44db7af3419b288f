//! A line of text that knows where it was written.

use super::location::Location;

/// One line, without its line end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The text, which after an include may have lost leading blanks.
    pub text: String,
    /// Where it was written.
    pub place: Location,
}
