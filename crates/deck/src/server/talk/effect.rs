//! Effects: what the owner of a part of the talk wants done that is not its own to do.

use std::path::PathBuf;

use crate::{
    player::Plan,
    protocol::{Change, Problem},
};

/// An effect; those of one answer are applied in order, each with all that follows from it.
#[derive(Debug, PartialEq)]
pub enum Effect {
    /// The stage changes.
    Show(Change),
    /// These are the problems of the sources now.
    ShowProblems(Vec<Problem>),
    /// The next cell that waits runs, if none does.
    RunNext,
    /// The session in use stops what it runs.
    StopRun,
    /// A cell has ended, as far as anybody waits for it.
    Ended(String),
    /// The session in use is replaced by a fresh one.
    Restart,
    /// The compiler looks at a cell of Rust as it stands on the stage.
    Check(String),
    /// A second session imports a new build from this folder and runs this, before anybody relies on it.
    TryOut { packages: PathBuf, plan: Plan },
    /// The second session is not wanted any more.
    GiveUpTrial,
    /// The second session takes the place of the one in use.
    SwitchOver,
}

impl From<Change> for Effect {
    fn from(change: Change) -> Self {
        Self::Show(change)
    }
}
