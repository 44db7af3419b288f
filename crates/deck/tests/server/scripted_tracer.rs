//! A tracer that traces nothing.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use deck::tracer::{TraceRequest, TraceSource};
use native_trace::Trace;

/// Answers with one trace, or with what the statement says.
#[derive(Default)]
pub struct ScriptedTracer {
    pub requests: Mutex<Vec<TraceRequest>>,
    /// Traces are held back as long as this is set.
    pub holds: AtomicBool,
    pub ended: AtomicBool,
}

impl TraceSource for ScriptedTracer {
    fn trace(&self, request: &TraceRequest) -> Result<Trace, String> {
        self.requests.lock().unwrap().push(request.clone());
        while self.holds.load(Ordering::SeqCst) && !self.ended.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(1));
        }
        match request.statement.strip_prefix("fail ") {
            Some(reason) => Err(reason.to_owned()),
            None => Ok(serde_json::from_str(include_str!("../fixtures/trace.json")).unwrap()),
        }
    }

    fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
    }
}
