//! The environment that cells run in: the fingerprint of recordings, and the paths that must not get into them.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::bail;
use serde::Deserialize;

use crate::{
    kernel::{Deadline, Interpreter, Request, Session},
    model::{Compare, Limits},
    project::Project,
    protocol::{Bytes, CellEvent, Fd, Outcome},
    recording::{Extension, Fingerprint, Redaction, transcript},
};

const QUESTIONS: &str = include_str!("environment.py");

/// The interpreter, the extension and the machine that cells run on.
#[derive(Debug)]
pub struct Environment {
    /// What a recording made here says of it.
    pub fingerprint: Fingerprint,
    /// What a recording made here must not say.
    pub redaction: Redaction,
}

/// What the interpreter answers.
#[derive(Deserialize)]
struct Answer {
    folders: BTreeMap<PathBuf, String>,
    date: String,
    extension: Option<Extension>,
}

impl Environment {
    /// Asks the interpreter about itself and the project's extension, in a session of its own.
    ///
    /// # Errors
    /// Where no session can be had, or importing the extension ends in anything but an ImportError.
    pub fn find(
        session: &mut dyn Session,
        interpreter: Interpreter,
        project: &Project,
    ) -> anyhow::Result<Self> {
        let module =
            project.layout.module.as_ref().map_or_else(|| "None".to_owned(), |name| format!("{name:?}"));
        let source = format!("{QUESTIONS}\nprint(answer({module}))\n");
        let (limits, deadline) = (Limits::default(), Deadline::Ends);
        let request = Request { cell: "place", source: &source, limits, deadline };
        let outcome = session.run(&request, &mut |_| {})?;
        let printed = printed(&outcome);
        let Ok(answer) = serde_json::from_slice::<Answer>(&printed) else {
            let answer = transcript(&outcome.events, Compare::Text);
            bail!("the interpreter cannot say what it and the extension are; it answered:\n{answer}");
        };
        Ok(Self {
            fingerprint: fingerprint(interpreter, answer.date, answer.extension),
            redaction: Redaction::new(folders(&project.root).into_iter().chain(answer.folders)),
        })
    }
}

fn fingerprint(python: Interpreter, date: String, extension: Option<Extension>) -> Fingerprint {
    let build = [
        Some(python.compiler),
        Some(if python.shared_library { "shared" } else { "static" }.to_owned()),
        python.optimised.then(|| "optimised".to_owned()),
        python.debug.then(|| "debug".to_owned()),
        python.free_threaded.then(|| "free-threaded".to_owned()),
    ];
    Fingerprint {
        implementation: python.implementation,
        version: python.version,
        build: build.into_iter().flatten().collect::<Vec<_>>().join(", "),
        machine: python.machine,
        system: python.system,
        date,
        extension,
    }
}

/// Folders that the interpreter does not know.
fn folders(root: &Path) -> Vec<(PathBuf, String)> {
    let home = env::home_dir();
    let cargo = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(home.as_ref()?.join(".cargo")));
    let named = [(Some(root.to_owned()), "[project]"), (home, "~"), (cargo.clone(), "[cargo]")];
    let mut folders: Vec<_> =
        named.into_iter().filter_map(|(path, name)| Some((path?, name.to_owned()))).collect();
    // The folders of downloaded crates are named for where they came from.
    let sources = cargo.and_then(|cargo| fs::read_dir(cargo.join("registry/src")).ok());
    let sources = sources.into_iter().flatten().flatten();
    folders.extend(sources.map(|source| (source.path(), "[crates]".to_owned())));
    folders
}

fn printed(outcome: &Outcome) -> Vec<u8> {
    let mut printed = Vec::new();
    for event in &outcome.events {
        if let CellEvent::Stream { fd: Fd::Stdout, data: Bytes(bytes) } = event {
            printed.extend_from_slice(bytes);
        }
    }
    printed
}
