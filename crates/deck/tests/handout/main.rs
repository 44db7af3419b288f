//! The handout as mdBook really makes it, with the presentation preprocessor and without `deck`: what goes wrong there, and that
//! it does not here.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod book;
mod faults;
mod own;
