//! Runs the cells of a deck for those who wait: to verify what was recorded of them, or to record it.
//!
//! [`Runners`] has a runner for each kind of cell. A [`Baseline`] is what their runs are compared with.

mod baseline;
mod check_result;
mod environment;
mod file_changes;
mod imports;
mod interpreters;
mod kind_runner;
mod pyodide;
mod python;
mod report;
mod runners;
mod runtime;
mod rust;
mod update;
mod walk;
mod xray;

pub use baseline::Baseline;
pub use check_result::CheckResult;
pub use environment::Environment;
pub use file_changes::FileChanges;
pub use imports::Imports;
pub use interpreters::Interpreters;
pub use kind_runner::KindRunner;
pub use report::{Mark, Report};
pub use runners::Runners;
pub use runtime::{PyodideHost, Runtime};
pub use update::Update;
pub use walk::Walk;
