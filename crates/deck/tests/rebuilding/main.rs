//! Rust that is edited on stage: a small crate is compiled again and again, by cargo and by its recorded call.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod compiling;
mod ending;
mod finding;
mod measured;
mod project;
