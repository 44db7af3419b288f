//! `deck`: builds, presents, records and verifies a slide deck whose code really runs.

use std::process::ExitCode;

use clap::Parser;
use deck::{cli::Cli, commands};

fn main() -> ExitCode {
    Cli::parse().run().unwrap_or_else(|error| commands::failed(&error))
}
