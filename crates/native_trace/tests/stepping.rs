//! Statements against a real Python, which has the demo crate installed: `python3`, or what the variable PYTHON names.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

mod dev_build;
#[path = "stepping/failures.rs"]
mod failures;
#[path = "stepping/fixture.rs"]
mod fixture;
#[path = "stepping/gdb.rs"]
mod gdb;
#[path = "stepping/objects.rs"]
mod objects;
#[path = "stepping/refusals.rs"]
mod refusals;
#[path = "stepping/sameness.rs"]
mod sameness;
#[path = "stepping/window.rs"]
mod window;
