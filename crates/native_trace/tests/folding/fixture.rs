//! Traces as the tests ask for them.

use std::path::{Path, PathBuf};

use native_trace::{Call, Entry, Language, Remapping, Request, Stage, Trace, fold, step};

/// The interpreter under test; the demo crate must be installed for it.
pub fn python() -> PathBuf {
    std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into()).into()
}

/// A warm execution.
#[track_caller]
pub fn warm(setup: &str, statement: &str) -> Trace {
    trace(&Request { setup: setup.into(), ..Request::warm(python(), statement) })
}

/// The first execution.
#[track_caller]
pub fn cold(setup: &str, statement: &str) -> Trace {
    trace(&Request { setup: setup.into(), execution: 1, ..Request::warm(python(), statement) })
}

#[track_caller]
pub fn trace(request: &Request) -> Trace {
    let (log, python) = step(request).unwrap_or_else(|error| panic!("{error}"));
    let call = Call {
        statement: request.statement.clone(),
        setup: request.setup.clone(),
        execution: request.execution,
    };
    fold(&log, call, python, &Remapping::default())
}

pub fn stages(trace: &Trace) -> Vec<Stage> {
    trace.stages.iter().map(|span| span.stage).collect()
}

/// Checks that functions are entered in this order, with any others between them. A name is the end of a path.
#[track_caller]
pub fn check_entered(trace: &Trace, names: &[&str]) {
    let mut entered = trace.entered();
    for name in names {
        let found = entered.any(|entered| entered.rsplit("::").next() == Some(*name) || entered == *name);
        assert!(found, "{name} is not entered in order; entered: {:#?}", trace.entered().collect::<Vec<_>>());
    }
}

/// Whether a function was entered with a frame of its own.
pub fn has_frame(trace: &Trace, name: &str) -> bool {
    let nodes = trace.nodes.iter().enumerate();
    nodes.filter(|(_, node)| node.entry != Entry::Inline).any(|(at, _)| trace.name(at as u32) == name)
}

/// What must hold for every trace.
#[track_caller]
pub fn check_sound(trace: &Trace) {
    let count: u32 = trace.path.iter().map(|run| run.instructions).sum();
    let mut at = 0;
    for span in &trace.stages {
        assert_eq!(span.at, at, "stages have no gaps");
        at += span.instructions;
    }
    assert_eq!(at, count, "stages cover every instruction");
    for (at, node) in trace.nodes.iter().enumerate() {
        assert!(
            node.parent.map_or(at == 0, |parent| (parent as usize) < at),
            "a parent is before its children"
        );
    }
    for function in &trace.functions {
        let path = function.file.as_deref().unwrap_or_default();
        assert!(!Path::new(path).is_absolute(), "{path} tells where somebody's files are");
        assert!(!path.contains(".cargo") && !path.contains("/home/") && !path.contains("/root/"), "{path}");
        assert!((function.module as usize) < trace.origin.modules.len());
    }
    assert!(trace.total_instructions().first() == Some(&count), "everything is below the first node");
}

pub fn user_instructions(trace: &Trace) -> u32 {
    trace.figures().languages.get(&Language::User).copied().unwrap_or(0)
}
