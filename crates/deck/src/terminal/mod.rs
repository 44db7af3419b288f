//! The talk in a terminal: text only, written as it happens. Colours are decided by the stream that it is written to.

mod listing;
mod run;
mod style;

pub use listing::{chapter, code, slide};
pub use run::{RunView, seconds};
pub use style::{DIM, FAILED, GOOD, Painted, TITLE};
