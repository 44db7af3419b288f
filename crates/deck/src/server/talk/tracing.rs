//! Traces that are asked for on stage: one at a time, each in an interpreter of its own.

use std::{sync::Arc, thread};

use super::{
    Input,
    actor::Actor,
    commands::{Refusal, short},
};
use crate::{
    model::TracedBuild,
    protocol::{Change, TraceAnswer, TraceSubject},
    replay::xray_setup,
    server::Traces,
    tracer::{TraceLimits, TraceRequest, TraceSource},
    xray::{WARM, temperature},
};

/// The longest expression, with its set-up, in bytes.
const LONGEST_EXPRESSION: usize = 500;
/// What a trace on stage may take: the audience waits.
const LIMITS: TraceLimits = TraceLimits { steps: 200_000, seconds: 10 };

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
        let xray = self.deck.xrays().find(|xray| xray.id == id);
        let xray = xray.ok_or_else(|| format!("There is no X-ray `{}`.", short(id)))?;
        if xray.build != TracedBuild::Installed {
            return Err(format!("The X-ray `{id}` shows another build than the one that is installed here."));
        }
        let request = TraceRequest {
            statement: xray.statement().to_owned(),
            setup: Some(xray_setup(&self.deck, xray)),
            execution: xray.execution,
            imports: self.sessions.imports.clone(),
            limits: Some(LIMITS),
        };
        self.begin(TraceSubject::Xray { id: id.to_owned() }, request)
    }

    /// Traces what the speaker typed.
    pub fn trace_expression(&mut self, setup: Option<String>, expression: String) -> Result<(), Refusal> {
        if expression.len() + setup.as_ref().map_or(0, String::len) > LONGEST_EXPRESSION {
            return Err(format!("The expression is too long: {LONGEST_EXPRESSION} bytes are the limit."));
        }
        let request = TraceRequest {
            statement: expression.clone(),
            setup,
            execution: WARM,
            imports: self.sessions.imports.clone(),
            limits: Some(LIMITS),
        };
        self.begin(TraceSubject::Expression { text: expression }, request)
    }

    fn begin(&mut self, subject: TraceSubject, request: TraceRequest) -> Result<(), Refusal> {
        if self.tracing.is_busy {
            return Err("Another trace is under way.".to_owned());
        }
        self.tracing.is_busy = true;
        self.tracing.last += 1;
        let number = self.tracing.last;
        let (source, traces) = (Arc::clone(&self.tracing.source), self.tracing.traces.clone());
        let inputs = self.sessions.inputs.clone();
        thread::spawn(move || {
            traces.keep(number, &answer(source.trace(&request)));
            // The talk has ended if nobody listens.
            let _ = inputs.blocking_send(Input::Traced { number });
        });
        self.change(Change::Tracing { number, subject });
        Ok(())
    }

    /// A trace can be fetched.
    pub fn traced(&mut self, number: u32) {
        self.tracing.is_busy = false;
        self.change(Change::Traced { number });
    }
}

fn answer(traced: Result<native_trace::Trace, String>) -> TraceAnswer {
    match traced {
        Ok(trace) => {
            let origin = &trace.origin;
            let mut parts = vec![origin.python.clone()];
            parts.extend(origin.compilers.iter().cloned());
            parts.extend(origin.pyo3.iter().map(|version| format!("PyO3 {version}")));
            parts.extend([origin.cpu.clone(), temperature(&trace).to_owned()]);
            TraceAnswer::Traced {
                label: format!("Traced here: {}", parts.join(", ")),
                trace: Box::new(trace),
            }
        }
        Err(error) => TraceAnswer::Failed { error },
    }
}
