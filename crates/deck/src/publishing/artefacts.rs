//! What belongs to a shared site besides the deck, and lies there when its make target has run.

use std::{collections::BTreeMap, fs, io, path::PathBuf};

use anyhow::Context;

use super::front_end::contents;
use crate::{project::Project, render::Offer};

/// Something that a site may have.
pub struct Artefact {
    /// A file, or a folder with files, among what is built and on the site.
    pub path: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it is; nothing for what readers are not led to.
    about: Option<&'static str>,
    /// The page of a folder that is shown first.
    entry: Option<&'static str>,
    /// What makes it.
    pub target: &'static str,
}

const ARTEFACTS: [Artefact; 4] = [
    Artefact {
        path: "handout",
        title: "Handout",
        about: Some("the same chapters as text to read"),
        entry: Some("index.html"),
        target: "make book",
    },
    Artefact {
        path: "slides.pdf",
        title: "PDF",
        about: Some("the slides, one on each page"),
        entry: None,
        target: "make pdf",
    },
    Artefact {
        path: "wheels",
        title: "Wheels",
        about: Some("the extension of the demos, for pip"),
        entry: Some("index.html"),
        target: "make wheels",
    },
    Artefact { path: "preview.png", title: "Preview", about: None, entry: None, target: "make preview" },
];

/// What was found of them.
pub struct Artefacts {
    /// Files by their path on the site.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Those that are there.
    pub present: Vec<&'static Artefact>,
    /// Those that are not.
    pub missing: Vec<&'static Artefact>,
}

impl Artefacts {
    /// Reads what is there for the project.
    ///
    /// # Errors
    /// If something is there and cannot be read.
    pub fn read(project: &Project) -> anyhow::Result<Self> {
        let mut found = Self { files: BTreeMap::new(), present: Vec::new(), missing: Vec::new() };
        for artefact in &ARTEFACTS {
            let place = project.root.join(&project.layout.output).join(artefact.path);
            match files(&place) {
                Ok(files) => {
                    found.present.push(artefact);
                    found.files.extend(files.into_iter().map(|(file, bytes)| (artefact.file(&file), bytes)));
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => found.missing.push(artefact),
                Err(error) => {
                    return Err(error).with_context(|| {
                        format!("{} cannot be read; `{}` makes it anew", place.display(), artefact.target)
                    });
                }
            }
        }
        Ok(found)
    }

    /// Whether a file is among them.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// What readers are led to.
    pub fn offers(&self) -> Vec<Offer> {
        self.present.iter().filter_map(|artefact| artefact.offer()).collect()
    }
}

impl Artefact {
    fn file(&self, below: &str) -> String {
        if below.is_empty() { self.path.to_owned() } else { format!("{}/{below}", self.path) }
    }

    fn offer(&self) -> Option<Offer> {
        let address = self.file(self.entry.unwrap_or_default());
        Some(Offer { title: self.title.to_owned(), about: self.about?.to_owned(), address })
    }
}

/// The files of a folder by their path in it, or a single file without one.
fn files(place: &PathBuf) -> io::Result<BTreeMap<String, Vec<u8>>> {
    if place.is_dir() { contents(place) } else { Ok(BTreeMap::from([(String::new(), fs::read(place)?)])) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_artefact_is_there_or_named_with_what_makes_it() {
        let project = tempfile::tempdir().unwrap();
        let dist = project.path().join("dist");
        fs::create_dir_all(dist.join("handout/chapters")).unwrap();
        for file in ["slides.pdf", "handout/index.html", "handout/chapters/one.html"] {
            fs::write(dist.join(file), file).unwrap();
        }
        let artefacts = Artefacts::read(&Project::open(project.path(), "python3".as_ref()).unwrap()).unwrap();
        let files: Vec<_> = artefacts.files.keys().map(String::as_str).collect();
        assert_eq!(files, ["handout/chapters/one.html", "handout/index.html", "slides.pdf"]);
        let offers: Vec<_> = artefacts.offers().into_iter().map(|offer| offer.address).collect();
        assert_eq!(offers, ["handout/index.html", "slides.pdf"]);
        let missing: Vec<_> = artefacts.missing.iter().map(|artefact| artefact.target).collect();
        assert_eq!(missing, ["make wheels", "make preview"]);
    }
}
