//! Cells against a real Python: `python3`, or what the variable PYTHON names.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "kernel/containment.rs"]
mod containment;
#[path = "kernel/crashes.rs"]
mod crashes;
#[path = "kernel/failures.rs"]
mod failures;
#[path = "kernel/fixture.rs"]
mod fixture;
#[path = "kernel/latency.rs"]
mod latency;
#[path = "kernel/limits.rs"]
mod limits;
#[path = "kernel/output.rs"]
mod output;
#[path = "machine/processes.rs"]
mod processes;
#[path = "kernel/refusals.rs"]
mod refusals;
#[path = "kernel/results.rs"]
mod results;
#[path = "kernel/starting.rs"]
mod starting;
#[path = "kernel/stopping.rs"]
mod stopping;
#[path = "kernel/tampering.rs"]
mod tampering;
