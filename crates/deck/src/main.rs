//! The command line: one verb per file in `verbs/`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use deck::verbs::{self, build, demo};

/// Builds, presents, records and verifies a slide deck whose code really runs.
#[derive(Parser)]
#[command(version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Build(build::Args),
    Demo(demo::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().verb {
        Verb::Build(args) => build::run(&args),
        Verb::Demo(args) => demo::run(&args),
    };
    result.unwrap_or_else(|error| verbs::failed(&error))
}
