//! Reports of a session's thread.

use crate::protocol::{CellEvent, Phase};

/// Something happened in a session.
#[derive(Debug)]
pub enum Report {
    /// A part of trying out a new build is done; how long it took, in seconds.
    Tried(Phase, f64),
    /// The new build is imported, and what the next cell builds on has run.
    Ready,
    /// The new build cannot be used: what happened, as the end of a run. The thread has ended.
    Unusable(Vec<CellEvent>),
    /// Something happened in the cell that was asked for.
    Ran(CellEvent),
    /// The plan is through. A session that is not `alive` any more is replaced by a fresh one.
    Ended {
        /// Whether the namespace is still there.
        alive: bool,
    },
}
