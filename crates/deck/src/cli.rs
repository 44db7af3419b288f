//! The command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::verbs::{build, demo, preprocess, record, serve, share, trace, verify};

/// Builds, presents, records and verifies a slide deck whose code really runs.
///
/// The deck is made of Markdown chapters in slides/. Code on the slides comes from files that are compiled and tested, and
/// what it prints comes from recorded runs that can be repeated at any time.
#[derive(Debug, Parser)]
#[command(name = "deck", version, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
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
        match self.verb {
            Verb::Build(args) => build::run(&args),
            Verb::Share(args) => share::run(&args),
            Verb::Demo(args) => demo::run(&args),
            Verb::Serve(args) => serve::run(&args),
            Verb::Record(args) => record::run(&args),
            Verb::Verify(args) => verify::run(&args),
            Verb::Trace(args) => trace::run(&args),
            Verb::Preprocess(args) => preprocess::run(&args),
        }
    }
}
