//! The invariants of ARCHITECTURE.md.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod graph;
mod invariants;
mod layout;
mod manifests;
mod sources;
mod table;
