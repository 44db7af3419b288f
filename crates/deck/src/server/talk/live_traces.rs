//! Traces that are asked for on stage: one at a time, each in an interpreter of its own.

use std::{path::PathBuf, sync::Arc, thread};

use tokio::sync::mpsc;

use super::{builds::Builds, effect::Effect, input::Input, refusal::Refusal, slides::Slides};
use crate::{
    model::{TracedBuild, WARM},
    protocol::{Build, Change, TraceAnswer, TraceSubject},
    render::source_lines,
    replay::xray_setup,
    server::traces::Traces,
    source::Disk,
    tracer::{TraceLimits, TraceRequest, TraceSource, TracedExtension},
    xray::origin_label,
};

/// The longest expression, with its set-up, in bytes.
const LONGEST_EXPRESSION: usize = 500;
/// Limits of a trace on stage: the audience waits.
const LIMITS: TraceLimits = TraceLimits { steps: 200_000, seconds: 10, memory: 1024 };

/// Owns the trace that is under way.
pub struct LiveTraces {
    /// Number of the latest trace.
    last: u32,
    is_busy: bool,
    tools: TraceTools,
}

/// The way of a trace.
pub struct TraceTools {
    /// Their source.
    pub source: Arc<dyn TraceSource>,
    /// Their destination.
    pub traces: Traces,
    /// The project's folder.
    pub project: PathBuf,
    /// Folders that the traced interpreter imports from first.
    pub imports: Vec<PathBuf>,
    /// The talk, which is told that one is done.
    pub inputs: mpsc::Sender<Input>,
}

impl LiveTraces {
    /// Nothing is traced yet.
    pub fn new(tools: TraceTools) -> Self {
        Self { last: 0, is_busy: false, tools }
    }

    /// Traces an X-ray of the deck anew.
    pub fn trace(&mut self, id: &str, slides: &Slides, builds: &Builds) -> Result<Vec<Effect>, Refusal> {
        let (cell, xray) = slides.xray(id)?;
        let request = TraceRequest {
            statement: cell.snippet.statement().to_owned(),
            setup: Some(xray_setup(slides.deck(), cell)),
            execution: xray.execution,
            extension: self.extension(xray.build, builds),
            imports: self.tools.imports.clone(),
            limits: Some(LIMITS),
        };
        self.begin(TraceSubject::Xray { id: id.to_owned() }, request, builds)
    }

    /// Traces what the speaker typed.
    pub fn trace_expression(
        &mut self,
        setup: Option<String>,
        expression: String,
        builds: &Builds,
    ) -> Result<Vec<Effect>, Refusal> {
        if expression.len() + setup.as_ref().map_or(0, String::len) > LONGEST_EXPRESSION {
            return Err(Refusal::ExpressionTooLong(LONGEST_EXPRESSION));
        }
        let request = TraceRequest {
            statement: expression.clone(),
            setup,
            execution: WARM,
            extension: self.extension(TracedBuild::Installed, builds),
            imports: self.tools.imports.clone(),
            limits: Some(LIMITS),
        };
        self.begin(TraceSubject::Expression { text: expression }, request, builds)
    }

    /// A trace can be fetched.
    pub fn traced(&mut self, number: u32) -> Vec<Effect> {
        self.is_busy = false;
        vec![Change::Traced { number }.into()]
    }

    /// Ends what is under way.
    pub fn end(self) {
        self.tools.source.end();
    }

    /// The extension that cells import, or the same code with another profile. A build of the talk is compiled once more: its own has
    /// no debug information, which would make every rebuild slower.
    fn extension(&self, wanted: TracedBuild, builds: &Builds) -> TracedExtension {
        let Some(live) = builds.live() else {
            return TracedExtension::of(wanted, &self.tools.project);
        };
        let Build { number, profile, edited } = live.build();
        let profile = wanted.profile().unwrap_or(profile).to_owned();
        TracedExtension::Built {
            sources: live.sources(),
            build: Build { number: *number, profile, edited: edited.clone() },
        }
    }

    fn begin(
        &mut self,
        subject: TraceSubject,
        request: TraceRequest,
        builds: &Builds,
    ) -> Result<Vec<Effect>, Refusal> {
        if self.is_busy {
            return Err(Refusal::AlreadyTracing);
        }
        self.is_busy = true;
        self.last += 1;
        let number = self.last;
        let TraceTools { source, traces, project, inputs, .. } = &self.tools;
        let (source, traces) = (Arc::clone(source), traces.clone());
        let (project, inputs) = (project.clone(), inputs.clone());
        let build = request.extension.label();
        let kept = builds.live().cloned();
        thread::spawn(move || {
            traces.keep(number, &answer(&*source, &request, project));
            // Its sources are needed no more.
            drop(kept);
            // The talk has ended if nobody listens.
            let _ = inputs.blocking_send(Input::Traced { number });
        });
        Ok(vec![Change::Tracing { number, subject, build }.into()])
    }
}

fn answer(source: &dyn TraceSource, request: &TraceRequest, project: PathBuf) -> TraceAnswer {
    let trace = match source.trace(request) {
        Ok(trace) => trace,
        Err(error) => return TraceAnswer::Failed { error },
    };
    let build = request.extension.label().map(|build| format!("{build}, ")).unwrap_or_default();
    let root = match &request.extension {
        TracedExtension::Installed => project,
        TracedExtension::Built { sources, .. } => sources.clone(),
    };
    let note = trace.lacked_memory().then(|| {
        format!("It ran out of memory and raised MemoryError: a trace may take {} MiB here.", LIMITS.memory)
    });
    TraceAnswer::Traced {
        label: format!("Traced here: {build}{}", origin_label(&trace)),
        note,
        sources: source_lines(&trace, &Disk { root }),
        trace: Box::new(trace),
    }
}
