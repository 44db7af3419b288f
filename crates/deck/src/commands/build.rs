//! `deck build`.

use std::{path::PathBuf, process::ExitCode};

use super::{FolderArgs, report};
use crate::{not_written::not_written, publishing, render::Edition};

/// Build the deck as a folder of static files.
///
/// Reads the chapters that slides/src/SUMMARY.md lists, takes in the code and the recorded outputs that they name, and
/// writes a page that any web server can serve and any browser can open from disk. All errors are reported at once, each
/// with file and line; if there are any, what was built before stays as it is.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where the site is written
    ///
    /// [default: dist/deck]
    #[arg(long, short, value_name = "FOLDER")]
    out: Option<PathBuf>,

    /// Also show the slides that are only planned.
    #[arg(long)]
    planned: bool,

    #[command(flatten)]
    project: FolderArgs,
}

/// Builds and writes the site.
///
/// # Errors
/// If the front end is missing or the disk refuses.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let project = match args.project.open() {
        Ok(project) => project,
        Err(errors) => return Ok(report(&errors)),
    };
    let edition = Edition { planned: args.planned, notes: true, ..Edition::default() };
    match publishing::deck_site(&project, &edition)? {
        Ok((_, site)) => {
            let out =
                project.root.join(args.out.clone().unwrap_or_else(|| project.layout.output.join("deck")));
            site.write(&out).map_err(|error| not_written(&out, &error, "deck build"))?;
            anstream::println!("Built {}", out.join("index.html").display());
            Ok(ExitCode::SUCCESS)
        }
        Err(errors) => Ok(report(&errors)),
    }
}
