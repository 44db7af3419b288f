//! What a site was made from and with: sources, tool, and the versions that its files name.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

use crate::{project::Project, recording::Recordings, site::Site};

/// What says which Pyodide is installed, among the packages of the front end.
const PYODIDE: &str = "pyodide/package.json";

/// The state of the sources, as version control tells it.
#[derive(Debug, Clone, Default)]
pub struct Revision {
    /// What `git describe --always --dirty` says.
    pub commit: Option<String>,
    /// The day of that commit, e.g. 2026-11-27.
    pub date: Option<String>,
}

/// Names and versions, in the order in which they are shown.
pub fn build_info(project: &Project, revision: &Revision, site: &Site) -> Vec<(String, String)> {
    let recorded = recorded(&project.root);
    let facts = [
        ("Sources", Some(sources(revision))),
        ("Tool", Some(concat!("deck ", env!("CARGO_PKG_VERSION")).to_owned())),
        ("Outputs recorded with", recorded),
        ("Browser's Python", pyodide(project, site)),
        ("Slides shown by", bundled(site, "reveal.js")),
    ];
    facts.into_iter().filter_map(|(name, fact)| Some((name.to_owned(), fact?))).collect()
}

fn sources(Revision { commit, date }: &Revision) -> String {
    let commit = match commit.as_deref().map(|text| (text, text.strip_suffix("-dirty"))) {
        None => "of no known commit".to_owned(),
        Some((commit, None)) => format!("commit {commit}"),
        Some((_, Some(commit))) => format!("commit {commit}, with changes that are not committed"),
    };
    date.iter().fold(commit, |commit, date| format!("{commit}, {date}"))
}

/// Interpreters, compilers and days of the recordings that the slides show.
fn recorded(root: &Path) -> Option<String> {
    let recordings = Recordings::read(root).ok()?;
    let prints: Vec<_> = recordings.bases().map(|recording| &recording.fingerprint).collect();
    let distinct = |texts: Vec<String>| {
        texts.into_iter().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" and ")
    };
    let extensions = || prints.iter().filter_map(|print| print.extension.as_ref());
    let parts = [
        distinct(prints.iter().map(|print| format!("{} {}", print.implementation, print.version)).collect()),
        distinct(extensions().map(|extension| format!("rustc {}", extension.rustc)).collect()),
        distinct(extensions().map(|extension| format!("PyO3 {}", extension.pyo3)).collect()),
        distinct(prints.iter().map(|print| print.machine.clone()).collect()),
    ];
    let days: BTreeSet<_> = prints.iter().map(|print| print.date.as_str()).collect();
    let days = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => format!("from {first} to {last}"),
        (Some(day), _) => format!("on {day}"),
        _ => return None,
    };
    let versions: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Some(format!("{}, {days}", versions.join(", ")))
}

/// What Pyodide says of itself, where the site has it.
fn pyodide(project: &Project, site: &Site) -> Option<String> {
    let manifest: Value = serde_json::from_slice(site.files.get("python/manifest.json")?).ok()?;
    let package: Value = serde_json::from_slice(
        &fs::read(project.root.join(project.layout.front_end_packages()).join(PYODIDE)).ok()?,
    )
    .ok()?;
    Some(format!("Pyodide {}, CPython {}", package["version"].as_str()?, manifest["python"].as_str()?))
}

/// A package of the front end with its version, as the notices of the bundle name it.
fn bundled(site: &Site, name: &str) -> Option<String> {
    let notices = String::from_utf8_lossy(site.files.get("assets/third-party-notices.txt")?).into_owned();
    let line = notices.lines().find(|line| line.starts_with(&format!("{name} ")))?;
    Some(line.split(" (").next()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(path: &str, text: &str) -> Site {
        let mut site = Site::default();
        site.files.insert(path.to_owned(), text.into());
        site
    }

    #[test]
    fn the_sources_say_their_commit_and_whether_they_differ_from_it() {
        let said = |revision: Option<&str>| {
            sources(&Revision { commit: revision.map(str::to_owned), date: Some("2026-11-27".to_owned()) })
        };
        assert_eq!(said(None), "of no known commit, 2026-11-27");
        assert_eq!(said(Some("35fd7d0")), "commit 35fd7d0, 2026-11-27");
        assert_eq!(
            said(Some("35fd7d0-dirty")),
            "commit 35fd7d0, with changes that are not committed, 2026-11-27"
        );
    }

    #[test]
    fn versions_are_those_that_the_sites_files_name() {
        let project = tempfile::tempdir().unwrap();
        let open = || Project::open(project.path(), "python3".as_ref()).unwrap();
        let package = project.path().join("web/node_modules").join(PYODIDE);
        fs::create_dir_all(package.parent().unwrap()).unwrap();
        fs::write(package, r#"{"name": "pyodide", "version": "314.0.7"}"#).unwrap();
        let found = pyodide(&open(), &site("python/manifest.json", r#"{"python": "3.14.2"}"#));
        assert_eq!(found.as_deref(), Some("Pyodide 314.0.7, CPython 3.14.2"));
        assert_eq!(pyodide(&open(), &Site::default()), None);
        let notices = site("assets/third-party-notices.txt", "Notices\n---\nreveal.js 6.0.2 (MIT)\n\nText\n");
        assert_eq!(bundled(&notices, "reveal.js").as_deref(), Some("reveal.js 6.0.2"));
        assert_eq!(bundled(&notices, "other"), None);
    }
}
