//! The command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::commands::{build, demo, preprocess, record, serve, share, trace, verify};

/// Builds, presents, records and verifies a slide deck whose code really runs.
///
/// The deck is made of Markdown chapters in slides/. Code on the slides comes from files that are compiled and tested, and
/// what it prints comes from recorded runs that can be repeated at any time.
#[derive(Debug, Parser)]
#[command(name = "deck", version, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Share(share::Args),
    Demo(demo::Args),
    Serve(serve::Args),
    Record(record::Args),
    Verify(verify::Args),
    Trace(trace::Args),
    Preprocess(preprocess::Args),
}

impl Cli {
    /// Does what was asked for.
    ///
    /// # Errors
    /// What kept it from being done, with the next step.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Build(args) => build::run(&args),
            Command::Share(args) => share::run(&args),
            Command::Demo(args) => demo::run(&args),
            Command::Serve(args) => serve::run(&args),
            Command::Record(args) => record::run(&args),
            Command::Verify(args) => verify::run(&args),
            Command::Trace(args) => trace::run(&args),
            Command::Preprocess(args) => preprocess::run(&args),
        }
    }
}
