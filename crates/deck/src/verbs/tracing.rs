//! Tracing the X-rays of the deck: which interpreter, which build, and what a trace made here is worth.

use std::{env, path::Path};

use native_trace::Trace;

use super::Project;
use crate::{
    model::{Cell, Deck, TracedBuild, Xray},
    recording::{Extension as ExtensionFacts, Fingerprint},
    replay::{source_hash, xray_setup},
    tracer::{TraceRequest, TraceSource, TracedExtension},
    xray::{SCHEMA, TraceRecording, broken},
};

/// A deck, and what is needed to trace its X-rays.
pub struct Tracing<'a> {
    deck: &'a Deck,
    project: &'a Project,
    here: &'a Fingerprint,
    source: &'a dyn TraceSource,
    /// Whether anything can be traced here, once it was tried.
    works: Option<Result<(), String>>,
}

/// Why there is no trace.
#[derive(Debug)]
pub enum Untraced {
    /// Nothing can be traced here: why.
    Nowhere(String),
    /// This statement, or the build for it: why.
    Failed(String),
}

impl<'a> Tracing<'a> {
    /// Tracing in a place whose installed extension is that of the fingerprint.
    pub fn new(
        deck: &'a Deck,
        project: &'a Project,
        here: &'a Fingerprint,
        source: &'a dyn TraceSource,
    ) -> Self {
        Self { deck, project, here, source, works: None }
    }

    /// Traces an X-ray; with what it was traced on.
    ///
    /// # Errors
    /// Why there is no trace.
    pub fn trace(&mut self, cell: &Cell, xray: &Xray) -> Result<(Trace, Fingerprint), Untraced> {
        let works = self.works.get_or_insert_with(|| self.source.try_out());
        works.clone().map_err(Untraced::Nowhere)?;
        let request = TraceRequest {
            statement: cell.snippet.statement().to_owned(),
            setup: Some(xray_setup(self.deck, cell)),
            execution: xray.execution,
            extension: TracedExtension::of(xray.build, &self.project.root),
            imports: self.project.imports(),
            limits: None,
        };
        let trace = self.source.trace(&request).map_err(Untraced::Failed)?;
        Ok((trace, self.fingerprint(xray.build)))
    }

    /// Traces an X-ray for a recording.
    ///
    /// # Errors
    /// Why there is no trace, or what keeps it from being recorded.
    pub fn record(&mut self, cell: &Cell, xray: &Xray) -> Result<TraceRecording, String> {
        let (trace, fingerprint) = self.trace(cell, xray).map_err(|error| match error {
            Untraced::Nowhere(why) => format!("nothing can be traced here: {why}"),
            Untraced::Failed(why) => why,
        })?;
        let broken = broken(&xray.claims, &trace);
        if !broken.is_empty() {
            return Err(broken.join("\n"));
        }
        let source = source_hash(self.deck, cell);
        let recording = TraceRecording { schema: SCHEMA, xray: cell.id.clone(), source, fingerprint, trace };
        match self.private_path(&recording) {
            Some(path) => Err(format!("the trace names {path}, a folder of this machine, and is not kept")),
            None => Ok(recording),
        }
    }

    /// What a trace with this build runs on.
    fn fingerprint(&self, build: TracedBuild) -> Fingerprint {
        let mut fingerprint = self.here.clone();
        if let (Some(profile), Some(ExtensionFacts { profile: own, .. })) =
            (build.profile(), &mut fingerprint.extension)
        {
            *own = profile.to_owned();
        }
        fingerprint
    }

    /// The first folder of this machine that a recording names, if it does. Whoever traces takes them out; this is the
    /// last gate before the public.
    fn private_path(&self, recording: &TraceRecording) -> Option<String> {
        let text = recording.to_json().ok()?;
        let folders = [self.project.folder().ok(), env::home_dir(), env::current_dir().ok()];
        let mut folders = folders
            .into_iter()
            .flatten()
            .filter(|folder| folder.parent() != Some(Path::new("")) && folder != Path::new("/"));
        folders.find_map(|folder| {
            let folder = folder.to_string_lossy().into_owned();
            text.contains(&format!("{folder}/")).then_some(folder)
        })
    }
}
