//! The server over HTTP and the socket: mostly with a scripted interpreter, at the end with Python.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "server/attacks/mod.rs"]
mod attacks;
#[path = "server/browser.rs"]
mod browser;
#[path = "server/editing.rs"]
mod editing;
#[path = "fixtures/folder.rs"]
mod folder;
#[path = "server/following.rs"]
mod following;
#[path = "server/gate.rs"]
mod gate;
#[path = "server/process.rs"]
mod process;
#[path = "machine/processes.rs"]
mod processes;
#[path = "server/python.rs"]
mod python;
#[path = "server/rebuilding.rs"]
mod rebuilding;
#[path = "server/roles.rs"]
mod roles;
#[path = "server/running.rs"]
mod running;
#[path = "server/saving.rs"]
mod saving;
#[path = "server/script.rs"]
mod script;
#[path = "server/scripted_tracer.rs"]
mod scripted_tracer;
#[path = "server/stand.rs"]
mod stand;
#[path = "server/tracing.rs"]
mod tracing;
#[path = "server/wire.rs"]
mod wire;
