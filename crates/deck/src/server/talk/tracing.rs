//! Traces that are asked for on stage: one at a time, each in an interpreter of its own.

use std::{path::PathBuf, sync::Arc, thread};

use super::{actor::Actor, input::Input, refusal::Refusal};
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
/// What a trace on stage may take: the audience waits.
const LIMITS: TraceLimits = TraceLimits { steps: 200_000, seconds: 10, memory: 1024 };

/// The trace that is under way, and where traces come from and go.
pub(super) struct Tracing {
    source: Arc<dyn TraceSource>,
    traces: Traces,
    /// Number of the latest trace.
    last: u32,
    is_busy: bool,
}

impl Tracing {
    pub fn new(source: Arc<dyn TraceSource>, traces: Traces) -> Self {
        Self { source, traces, last: 0, is_busy: false }
    }

    /// Ends what is under way.
    pub fn end(&self) {
        self.source.end();
    }
}

impl Actor {
    /// Traces an X-ray of the deck anew.
    pub fn trace(&mut self, id: &str) -> Result<(), Refusal> {
        let found = self.deck.cell(id).and_then(|cell| Some((cell, cell.xray()?)));
        let (cell, xray) = found.ok_or_else(|| Refusal::NoXray(id.to_owned()))?;
        let request = TraceRequest {
            statement: cell.snippet.statement().to_owned(),
            setup: Some(xray_setup(&self.deck, cell)),
            execution: xray.execution,
            extension: self.traced_extension(xray.build),
            imports: self.sessions.imports.clone(),
            limits: Some(LIMITS),
        };
        self.begin(TraceSubject::Xray { id: id.to_owned() }, request)
    }

    /// Traces what the speaker typed.
    pub fn trace_expression(&mut self, setup: Option<String>, expression: String) -> Result<(), Refusal> {
        if expression.len() + setup.as_ref().map_or(0, String::len) > LONGEST_EXPRESSION {
            return Err(Refusal::ExpressionTooLong(LONGEST_EXPRESSION));
        }
        let request = TraceRequest {
            statement: expression.clone(),
            setup,
            execution: WARM,
            extension: self.traced_extension(TracedBuild::Installed),
            imports: self.sessions.imports.clone(),
            limits: Some(LIMITS),
        };
        self.begin(TraceSubject::Expression { text: expression }, request)
    }

    /// What cells import, or the same code with another profile. A build of the talk is compiled once more: its own has
    /// no debug information, which would make every rebuild slower.
    fn traced_extension(&self, wanted: TracedBuild) -> TracedExtension {
        let Some(live) = self.builds.current.live() else {
            return TracedExtension::of(wanted, &self.project.root);
        };
        let Build { number, profile, edited } = live.build();
        let profile = wanted.profile().unwrap_or(profile).to_owned();
        TracedExtension::Built {
            sources: live.sources(),
            build: Build { number: *number, profile, edited: edited.clone() },
        }
    }

    fn begin(&mut self, subject: TraceSubject, request: TraceRequest) -> Result<(), Refusal> {
        if self.tracing.is_busy {
            return Err(Refusal::AlreadyTracing);
        }
        self.tracing.is_busy = true;
        self.tracing.last += 1;
        let number = self.tracing.last;
        let (source, traces) = (Arc::clone(&self.tracing.source), self.tracing.traces.clone());
        let (inputs, project) = (self.sessions.inputs.clone(), self.project.root.clone());
        let build = request.extension.label();
        let kept = self.builds.current.live().cloned();
        thread::spawn(move || {
            traces.keep(number, &answer(&*source, &request, project));
            // Its sources are needed no more.
            drop(kept);
            // The talk has ended if nobody listens.
            let _ = inputs.blocking_send(Input::Traced { number });
        });
        self.audience.show(Change::Tracing { number, subject, build });
        Ok(())
    }

    /// A trace can be fetched.
    pub fn traced(&mut self, number: u32) {
        self.tracing.is_busy = false;
        self.audience.show(Change::Traced { number });
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
