//! Traces the X-rays of a deck: which interpreter, which build, and what a trace made here is worth.

use std::{env, path::Path, time::Instant};

use anyhow::{Context, anyhow, bail, ensure};
use native_trace::Trace;

use super::{
    baseline::Baseline, check_result::CheckResult, file_changes::FileChanges, kind_runner::KindRunner,
    report::Mark, update::Update,
};
use crate::{
    model::{Cell, Deck, TracedBuild, Xray},
    project::Project,
    recording::{Extension, Fingerprint},
    replay::{source_hash, xray_setup},
    tracer::{TraceRequest, TraceSource, TracedExtension},
    xray::{SCHEMA, TraceRecording, broken, judge},
};

/// Traces the statements of a deck's X-rays.
pub struct XrayRunner<'a> {
    deck: &'a Deck,
    project: &'a Project,
    source: &'a dyn TraceSource,
    /// Whether anything can be traced here, once it was tried.
    works: Option<Result<(), String>>,
}

/// Why there is no trace.
#[derive(Debug)]
enum Untraced {
    /// Nothing can be traced here: why.
    Nowhere(String),
    /// This statement, or the build for it: why.
    Failed(String),
}

impl<'a> XrayRunner<'a> {
    /// Takes traces from `source`.
    pub fn new(deck: &'a Deck, project: &'a Project, source: &'a dyn TraceSource) -> Self {
        Self { deck, project, source, works: None }
    }

    /// Traces an X-ray.
    fn trace(&mut self, cell: &Cell, xray: &Xray) -> Result<Trace, Untraced> {
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
        self.source.trace(&request).map_err(Untraced::Failed)
    }

    /// Traces an X-ray for a recording.
    fn recording(&mut self, cell: &Cell, xray: &Xray, here: &Fingerprint) -> anyhow::Result<TraceRecording> {
        let trace = self.trace(cell, xray).map_err(|error| match error {
            Untraced::Nowhere(why) => anyhow!("nothing can be traced here: {why}"),
            Untraced::Failed(why) => anyhow!(why),
        })?;
        let broken = broken(&xray.claims, &trace);
        ensure!(broken.is_empty(), broken.join("\n"));
        let (source, fingerprint) = (source_hash(self.deck, cell), traced_on(here, xray.build));
        let recording = TraceRecording { schema: SCHEMA, xray: cell.id.clone(), source, fingerprint, trace };
        match self.private_path(&recording) {
            Some(path) => bail!("the trace names {path}, a folder of this machine, and is not kept"),
            None => Ok(recording),
        }
    }

    /// Traces an X-ray and judges the trace.
    fn checked(&mut self, cell: &Cell, xray: &Xray, baseline: &Baseline) -> CheckResult {
        let here = traced_on(&baseline.environment.fingerprint, xray.build);
        let recordings = &baseline.recordings.traces;
        match self.trace(cell, xray) {
            Err(Untraced::Nowhere(why)) if !baseline.must_trace => {
                CheckResult::new(Mark::Open, "NOT TRACED: nothing can be traced here", why)
            }
            Err(Untraced::Nowhere(why)) => CheckResult::new(Mark::Bad, "nothing can be traced here", why),
            Err(Untraced::Failed(why)) => CheckResult::new(Mark::Bad, cell.snippet.place.label(), why),
            Ok(trace) => match recordings.expected(&cell.id, &here.variant()) {
                None => CheckResult::unrecorded(&[]),
                Some((path, recording)) => {
                    CheckResult::of_trace(judge(&xray.claims, recording, &trace, &here), cell, &path)
                }
            },
        }
    }

    /// The first folder of this machine that a recording names, if it does. Whoever traces takes them out; this is the
    /// last gate before the public.
    fn private_path(&self, recording: &TraceRecording) -> Option<String> {
        let text = recording.to_json().ok()?;
        let folders = [
            self.project.absolute().ok().map(|project| project.root),
            env::home_dir(),
            env::current_dir().ok(),
        ];
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

impl KindRunner for XrayRunner<'_> {
    fn verify(&mut self, cell: &Cell, baseline: &Baseline) -> CheckResult {
        let Some(xray) = cell.xray() else { return CheckResult::unrecorded(&[]) };
        let faults = baseline.recordings.traces.check_xray(baseline.deck, cell, xray);
        if !faults.is_empty() {
            return CheckResult::unrecorded(&faults);
        }
        let began = Instant::now();
        let result = self.checked(cell, xray, baseline);
        CheckResult { seconds: Some(began.elapsed().as_secs_f64()), ..result }
    }

    fn record(&mut self, cell: &Cell, baseline: &Baseline) -> anyhow::Result<Update> {
        let xray = cell.xray().context("it is no X-ray")?;
        let began = Instant::now();
        let recording = self.recording(cell, xray, &baseline.environment.fingerprint)?;
        let plan = baseline.recordings.traces.plan(&xray.claims, recording);
        let seconds = Some(began.elapsed().as_secs_f64());
        Ok(Update { changes: FileChanges::of(plan)?, seconds, refusal: None })
    }
}

/// What a trace with this build runs on, in an environment whose installed extension is another one.
fn traced_on(here: &Fingerprint, build: TracedBuild) -> Fingerprint {
    let mut fingerprint = here.clone();
    if let (Some(profile), Some(Extension { profile: own, .. })) =
        (build.profile(), &mut fingerprint.extension)
    {
        *own = profile.to_owned();
    }
    fingerprint
}
