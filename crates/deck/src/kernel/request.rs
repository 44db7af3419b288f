//! A run as it is asked for.

use std::time::Duration;

use crate::model::Limits;

/// A limit beyond it is none.
const FOR_EVER: Duration = Duration::from_secs(365 * 24 * 3600);

/// A cell to be run.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The cell's id; tracebacks show it as the file `<id>`.
    pub cell: &'a str,
    /// Its source.
    pub source: &'a str,
    /// Bounds of the run.
    pub limits: Limits,
    /// The end of its time.
    pub deadline: Deadline,
}

/// The end of a run's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// It is stopped.
    Ends,
    /// It goes on, and [`crate::protocol::CellEvent::Overdue`] asks whether it shall; so again after the same time, until
    /// [`Limits::longest`] is over.
    Asks,
}

impl Request<'_> {
    /// Time that the run may take if nobody stops it.
    pub fn longest(&self) -> Duration {
        span(match self.deadline {
            Deadline::Ends => self.limits.seconds,
            Deadline::Asks => self.limits.longest(),
        })
    }
}

/// A limit in seconds as a time to wait.
pub(super) fn span(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(FOR_EVER).min(FOR_EVER)
}
