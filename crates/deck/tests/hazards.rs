//! Nothing that a cell does ends the talk: a real `deck serve` with a real Python, one test for each hazard.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[allow(dead_code, reason = "the server's own tests need the rest")]
#[path = "server/browser.rs"]
mod browser;
#[path = "hazards/connections.rs"]
mod connections;
#[path = "hazards/crashes.rs"]
mod crashes;
#[path = "hazards/descriptors.rs"]
mod descriptors;
#[path = "hazards/hazard.rs"]
mod hazard;
#[path = "hazards/loops.rs"]
mod loops;
#[path = "hazards/memory.rs"]
mod memory;
#[path = "hazards/output.rs"]
mod output;
#[path = "hazards/processes.rs"]
mod process_hazards;
#[path = "machine/processes.rs"]
mod processes;
#[path = "hazards/rebuilds.rs"]
mod rebuilds;
#[path = "hazards/restarts.rs"]
mod restarts;
#[path = "hazards/server.rs"]
mod server;
#[path = "machine/small_disk.rs"]
mod small_disk;
#[path = "hazards/surroundings.rs"]
mod surroundings;
#[path = "hazards/talk.rs"]
mod talk;
