//! Plays cells: what a cell builds on runs before it in the same session, once, and is not shown.
//!
//! [`Plan`] says what that is, for whoever plays. A [`Runner`] carries plans out in sessions of either kind. The stage
//! gives it a thread, which reports; [`Player`] is for those who wait until the cell has ended.

mod blocking;
mod plan;
mod runner;
mod stop;

pub use blocking::Player;
pub use plan::{Plan, StageCells, Step};
pub use runner::{Blocked, Judge, Played, Runner};
pub use stop::{Stop, stopped};
