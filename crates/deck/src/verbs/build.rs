//! `deck build`.

use std::{path::PathBuf, process::ExitCode};

use super::{Folder, folder::assets, refused::not_written, report, shelves::Shelves};
use crate::{
    diagnostic::Diagnostic,
    model::Deck,
    project,
    render::{self, Edition, Ingredients},
    site::Site,
};

/// Build the deck as a folder of static files.
///
/// Reads the chapters that slides/src/SUMMARY.md lists, takes in the code and the recorded outputs that they name, and
/// writes a page that any web server can serve and any browser can open from disk. All errors are reported at once, each
/// with file and line; if there are any, what was built before stays as it is.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where the site is written.
    #[arg(long, short, default_value = "dist/deck", value_name = "FOLDER")]
    out: PathBuf,

    /// Also show the slides that are only planned.
    #[arg(long)]
    planned: bool,

    #[command(flatten)]
    project: Folder,
}

/// Builds and writes the site.
///
/// # Errors
/// If the front end is missing or the disk refuses.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let edition = Edition { planned: args.planned, notes: true, ..Edition::default() };
    match site(&args.project, &edition)? {
        Ok((_, site)) => {
            let out = args.project.root.join(&args.out);
            site.write(&out).map_err(|error| not_written(&out, &error, "deck build"))?;
            anstream::println!("Built {}", out.join("index.html").display());
            Ok(ExitCode::SUCCESS)
        }
        Err(errors) => Ok(report(&errors)),
    }
}

/// The project's deck and its site in memory. The inner error is what is wrong with the sources.
///
/// # Errors
/// If the front end has not been built.
pub fn site(folder: &Folder, edition: &Edition) -> anyhow::Result<Result<(Deck, Site), Vec<Diagnostic>>> {
    let files = folder.files();
    let assets = assets(&folder.root)?;
    Ok(Shelves::read(&folder.root).and_then(|shelves| {
        let deck = project::load(&files, Some(&shelves))?;
        let faults = shelves.check(&deck);
        if !faults.is_empty() && !edition.live {
            return Err(faults);
        }
        let recorded = |cell: &str| shelves.recorded(&deck, cell);
        let traced = |xray: &str| shelves.traced(&deck, xray);
        let (recorded, traced) = (&recorded, &traced);
        let ingredients = Ingredients { files: &files, recorded, traced, assets: &assets, edition };
        let site = render::site(&deck, &ingredients)?;
        Ok((deck, site))
    }))
}
