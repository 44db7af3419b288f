//! `deck share`.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::ExitCode,
};

use super::{
    Folder, build,
    folder::assets,
    made_from::{Revision, made_from},
    parts::Parts,
    python_files::{WHEELS, python_files},
    refused::not_written,
    report,
    site_checks::{REPORT, checked, digest},
};
use crate::{
    model::Deck,
    render::{self, About, Download, Edition, Offer},
    site::Site,
    source::Files,
};

/// Make the site that is shared: the deck and all that goes with it, as one folder of static files.
///
/// Takes in what other make targets left in dist/: the handout, the PDF, the wheels, the picture for previews of links. What
/// is not there is named, also on the site's page "about this build", and the rest is made without it. The speaker's notes
/// are left out. `make share` makes all of it first.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where the site is written.
    #[arg(long, short, default_value = "dist/site", value_name = "FOLDER")]
    out: PathBuf,

    /// Where the site will be published, e.g. https://example.org/talk/. Previews of links show a picture only with it.
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    address: Option<String>,

    /// Leave the speaker's notes in the page, for everybody to read.
    #[arg(long)]
    with_notes: bool,

    #[command(flatten)]
    revision: Revision,

    #[command(flatten)]
    project: Folder,
}

/// Makes and writes the site.
///
/// # Errors
/// If the front end is missing, a part cannot be read, or the disk refuses.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let parts = Parts::read(&args.project.root)?;
    let edition = Edition {
        notes: args.with_notes,
        handout: parts.has("handout/index.html"),
        address: args.address.clone(),
        picture: parts.has("preview.png"),
        python: python(&args.project.root)?,
        offers: [parts.offers(), vec![about()]].concat(),
        ..Edition::default()
    };
    let (deck, mut site) = match build::site(&args.project, &edition)? {
        Ok(made) => made,
        Err(errors) => return Ok(report(&errors)),
    };
    complete(&deck, &mut site, &parts, &edition, args)?;
    let out = args.project.root.join(&args.out);
    site.write(&out).map_err(|error| not_written(&out, &error, "deck share"))?;
    say(&site, &parts, &edition, &out.join("index.html").display().to_string());
    Ok(ExitCode::SUCCESS)
}

/// Adds what is no part of the deck itself.
fn complete(
    deck: &Deck,
    site: &mut Site,
    parts: &Parts,
    edition: &Edition,
    args: &Args,
) -> anyhow::Result<()> {
    let root = &args.project.root;
    let lost = render::not_found(deck, args.address.as_deref(), &assets(root)?);
    let lost = lost.map_err(|name| anyhow::anyhow!("web/dist/{name} is missing; run `make web` first"))?;
    site.files.insert("404.html".to_owned(), lost.into_bytes());
    site.files.extend(parts.files.clone());
    if let Some(page) = wheels(deck, parts, edition) {
        site.files.insert("wheels/index.html".to_owned(), page.into_bytes());
    }
    let licences = licences(site, &args.project)?;
    let about = About {
        made_from: made_from(root, &args.revision, site),
        offers: parts.offers(),
        missing: missing(parts, edition),
        checked: checked(root, &digest(&site.files))?,
        licences,
        address: args.address.clone(),
    };
    site.files.insert(REPORT.to_owned(), render::about(deck, &about).into_bytes());
    Ok(())
}

/// What cells need to run in the reader's browser; nothing where the demo crate has not been built for it.
fn python(root: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    if root.join(WHEELS).is_dir() { python_files(root) } else { Ok(BTreeMap::new()) }
}

fn about() -> Offer {
    let (title, about) = ("About this build", "versions, contents and checks of this site");
    Offer { title: title.to_owned(), about: about.to_owned(), address: REPORT.to_owned() }
}

/// The page where pip finds what it installs, if there is anything.
fn wheels(deck: &Deck, parts: &Parts, edition: &Edition) -> Option<String> {
    let files = parts.files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("wheels/")?, bytes)));
    let downloads: Vec<_> = files.map(|(name, bytes)| Download::new(name, bytes)).collect();
    (!downloads.is_empty()).then(|| render::wheels(deck, &downloads, edition.address.as_deref()))
}

/// The texts of licences, those of the project put into the site.
fn licences(site: &mut Site, project: &Folder) -> anyhow::Result<Vec<(String, String)>> {
    for (name, file) in [("LICENSE-MIT", "licences/MIT.txt"), ("LICENSE-APACHE", "licences/Apache-2.0.txt")] {
        match project.files().bytes(name.as_ref()) {
            Ok(text) => drop(site.files.insert(file.to_owned(), text)),
            Err(error) => {
                anyhow::bail!("{name} cannot be read: {error}; a site that is shared carries its licence")
            }
        }
    }
    let texts = [
        ("The MIT licence", "licences/MIT.txt"),
        ("The Apache licence 2.0", "licences/Apache-2.0.txt"),
        ("Notices of third parties' work in the deck", "assets/third-party-notices.txt"),
        ("Notices of third parties' work in the browser's Python", "python/third-party-notices.txt"),
    ];
    let there = texts.into_iter().filter(|(_, file)| site.files.contains_key(*file));
    Ok(there.map(|(title, file)| (title.to_owned(), file.to_owned())).collect())
}

/// What the site could have: a name, and the command that makes it.
fn missing(parts: &Parts, edition: &Edition) -> Vec<(&'static str, &'static str)> {
    let parts = parts.missing.iter().map(|part| (part.title, part.target));
    let python = edition.python.is_empty().then_some(("Python in the browser", "make pyodide-wheel"));
    parts.chain(python).collect()
}

fn say(site: &Site, parts: &Parts, edition: &Edition, index: &str) {
    let bytes: usize = site.files.values().map(Vec::len).sum();
    anstream::println!("Built {index}: {} files, {:.1} MB", site.files.len(), bytes as f64 / 1e6);
    for (name, command) in missing(parts, edition) {
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
