//! The site that is shared: the deck, and what other make targets left for it.

use std::collections::BTreeMap;

use super::{
    artefacts::Artefacts,
    build_info::{Revision, build_info},
    deck_site::deck_site,
    front_end::front_end,
    python_files::{PYODIDE_WHEELS, python_files},
    site_checks::{REPORT, checked, digest},
};
use crate::{
    diagnostic::Diagnostic,
    layout::LICENCES,
    model::Deck,
    project::Project,
    render::{self, About, Download, Edition, Offer},
    site::Site,
    source::Files,
};

/// A site, and what it could have besides: a name, and the command that makes it.
pub struct SharedSite {
    /// The site.
    pub site: Site,
    /// What it is without.
    pub missing: Vec<(&'static str, &'static str)>,
}

/// Makes the site in memory. The inner error is what is wrong with the sources.
///
/// # Errors
/// If the front end is missing, or an artefact cannot be read.
pub fn shared_site(
    project: &Project,
    address: Option<String>,
    notes: bool,
    revision: &Revision,
) -> anyhow::Result<Result<SharedSite, Vec<Diagnostic>>> {
    let artefacts = Artefacts::read(project)?;
    let edition = Edition {
        notes,
        handout: artefacts.has("handout/index.html"),
        address,
        picture: artefacts.has("preview.png"),
        python: python(project)?,
        offers: [artefacts.offers(), vec![about()]].concat(),
        ..Edition::default()
    };
    let (deck, mut site) = match deck_site(project, &edition)? {
        Ok(made) => made,
        Err(errors) => return Ok(Err(errors)),
    };
    complete(&deck, &mut site, &artefacts, &edition, project, revision)?;
    Ok(Ok(SharedSite { site, missing: missing(&artefacts, &edition) }))
}

/// Adds what is no part of the deck itself.
fn complete(
    deck: &Deck,
    site: &mut Site,
    artefacts: &Artefacts,
    edition: &Edition,
    project: &Project,
    revision: &Revision,
) -> anyhow::Result<()> {
    let lost = render::not_found(deck, edition.address.as_deref(), &front_end(project)?);
    let built = project.layout.front_end.display();
    let lost = lost.map_err(|name| anyhow::anyhow!("{built}/{name} is missing; run `make web` first"))?;
    site.files.insert("404.html".to_owned(), lost.into_bytes());
    site.files.extend(artefacts.files.clone());
    if let Some(page) = wheels(deck, artefacts, edition, project) {
        site.files.insert("wheels/index.html".to_owned(), page.into_bytes());
    }
    let licences = licences(site, project)?;
    let about = About {
        made_from: build_info(project, revision, site),
        offers: artefacts.offers(),
        missing: missing(artefacts, edition),
        checked: checked(project, &digest(&site.files))?,
        licences,
        address: edition.address.clone(),
    };
    site.files.insert(REPORT.to_owned(), render::about(deck, &about).into_bytes());
    Ok(())
}

/// What cells need to run in the reader's browser; nothing where the demo crate has not been built for it.
fn python(project: &Project) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    if project.root.join(PYODIDE_WHEELS).is_dir() { python_files(project) } else { Ok(BTreeMap::new()) }
}

fn about() -> Offer {
    let (title, about) = ("About this build", "versions, contents and checks of this site");
    Offer { title: title.to_owned(), about: about.to_owned(), address: REPORT.to_owned() }
}

/// The page where pip finds what it installs, if there is anything.
fn wheels(deck: &Deck, artefacts: &Artefacts, edition: &Edition, project: &Project) -> Option<String> {
    let files =
        artefacts.files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("wheels/")?, bytes)));
    let downloads: Vec<_> = files.map(|(name, bytes)| Download::new(name, bytes)).collect();
    let module = project.layout.module.as_deref()?;
    let example = project.layout.example.as_deref();
    let trial = ["import ", module].into_iter().chain(example.iter().flat_map(|example| ["; ", example]));
    let trial: String = trial.collect();
    let address = edition.address.as_deref();
    (!downloads.is_empty()).then(|| render::wheels(deck, &downloads, address, module, &trial))
}

/// The texts of licences, those of the project put into the site.
fn licences(site: &mut Site, project: &Project) -> anyhow::Result<Vec<(String, String)>> {
    for (name, address, _) in LICENCES {
        match project.files().bytes(name.as_ref()) {
            Ok(text) => drop(site.files.insert(address.to_owned(), text)),
            Err(error) => {
                anyhow::bail!("{name} cannot be read: {error}; a site that is shared carries its licence")
            }
        }
    }
    let own = LICENCES.map(|(_, address, title)| (title, address));
    let notices = [
        ("Notices of third parties' work in the deck", "assets/third-party-notices.txt"),
        ("Notices of third parties' work in the browser's Python", "python/third-party-notices.txt"),
    ];
    let there = own.into_iter().chain(notices).filter(|(_, file)| site.files.contains_key(*file));
    Ok(there.map(|(title, file)| (title.to_owned(), file.to_owned())).collect())
}

fn missing(artefacts: &Artefacts, edition: &Edition) -> Vec<(&'static str, &'static str)> {
    let missing = artefacts.missing.iter().map(|artefact| (artefact.title, artefact.target));
    let python = edition.python.is_empty().then_some(("Python in the browser", "make pyodide-wheel"));
    missing.chain(python).collect()
}
