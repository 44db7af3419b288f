//! From chapters to pages, without a disk: what an author writes, and what comes out or is refused.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod errors;
mod handout;
mod pages;
mod project;
