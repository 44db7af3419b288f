//! `deck share`.

use std::{path::PathBuf, process::ExitCode};

use super::{FolderArgs, report};
use crate::{
    not_written::not_written,
    publishing::{Revision, SharedSite, shared_site},
};

/// Make the site that is shared: the deck and all that goes with it, as one folder of static files.
///
/// Takes in what other make targets left in dist/: the handout, the PDF, the wheels, the picture for previews of links. What
/// is not there is named, also on the site's page "about this build", and the rest is made without it. The speaker's notes
/// are left out. `make share` makes all of it first.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where the site is written
    ///
    /// [default: dist/site]
    #[arg(long, short, value_name = "FOLDER")]
    out: Option<PathBuf>,

    /// Where the site will be published, e.g. https://example.org/talk/. Previews of links show a picture only with it.
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    address: Option<String>,

    /// Leave the speaker's notes in the page, for everybody to read.
    #[arg(long)]
    with_notes: bool,

    /// The commit of the sources, for the page about the build: what `git describe --always --dirty` says.
    #[arg(long, value_name = "COMMIT")]
    revision: Option<String>,

    /// The day of that commit, e.g. 2026-11-27.
    #[arg(long, value_name = "DATE")]
    date: Option<String>,

    #[command(flatten)]
    project: FolderArgs,
}

/// Makes and writes the site.
///
/// # Errors
/// If the front end is missing, a part cannot be read, or the disk refuses.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let revision = Revision { commit: args.revision.clone(), date: args.date.clone() };
    let project = match args.project.open() {
        Ok(project) => project,
        Err(errors) => return Ok(report(&errors)),
    };
    let shared = match shared_site(&project, args.address.clone(), args.with_notes, &revision)? {
        Ok(shared) => shared,
        Err(errors) => return Ok(report(&errors)),
    };
    let out = project.root.join(args.out.clone().unwrap_or_else(|| project.layout.output.join("site")));
    shared.site.write(&out).map_err(|error| not_written(&out, &error, "deck share"))?;
    say(&shared, &out.join("index.html").display().to_string());
    Ok(ExitCode::SUCCESS)
}

fn say(SharedSite { site, missing }: &SharedSite, index: &str) {
    let bytes: usize = site.files.values().map(Vec::len).sum();
    anstream::println!("Built {index}: {} files, {:.1} MB", site.files.len(), bytes as f64 / 1e6);
    for (name, command) in missing {
        anstream::println!("– without {name}; `{command}` makes it");
    }
}

/// A whole address with a slash at its end.
fn address(text: &str) -> Result<String, String> {
    let fits =
        ["https://", "http://"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
    if !fits || text.contains(['?', '#', '"', ' ']) {
        return Err("a whole address is needed, e.g. https://example.org/talk/".to_owned());
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_whole_and_ends_with_a_slash() {
        assert_eq!(address("https://a.org/talk").unwrap(), "https://a.org/talk/");
        assert_eq!(address("https://a.org/talk/").unwrap(), "https://a.org/talk/");
        for wrong in ["a.org/talk", "https://", "ftp://a.org", "https://a.org/?x", "https://a.org/a b"] {
            assert!(address(wrong).unwrap_err().contains("https://example.org/talk/"), "{wrong}");
        }
    }
}
