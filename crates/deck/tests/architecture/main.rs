//! The invariants of ARCHITECTURE.md.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod graph;
mod guide;
mod invariants;
mod manifests;
mod sources;
mod table;
