//! Traces of real calls: of PYTHON, which has the demo crate installed, and of a distribution's interpreter without
//! symbols.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

#[path = "folding/callgrind.rs"]
mod callgrind;
#[path = "folding/calls.rs"]
mod calls;
#[path = "folding/compressed.rs"]
mod compressed;
mod dev_build;
#[path = "folding/fixture.rs"]
mod fixture;
#[path = "folding/interpreters.rs"]
mod interpreters;
#[path = "folding/opcodes.rs"]
mod opcodes;
#[path = "folding/text.rs"]
mod text;
#[path = "folding/without_symbols.rs"]
mod without_symbols;
