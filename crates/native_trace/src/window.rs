//! Cuts the steps between two markers down to what the statement did.

use std::ops::Range;

use crate::{Ending, Step, StepLog, Window, symbols::Symbols};

/// How the marker after the statement begins, by the beginning of the bytecodes' names.
const NEXT_MARKER: [&str; 6] = ["PUSH_NULL", "LOAD_FAST", "NOP", "PRECALL", "CALL", "EXTENDED_ARG"];

/// What the first marker leaves to be done after its call.
const AFTER_MARKER: &str = "POP_TOP";

/// Where the handler begins that catches what the statement raises.
const HANDLER: &str = "PUSH_EXC_INFO";

/// The steps that are the statement's own, and whether they begin and end with its bytecodes.
pub(crate) fn window(log: &StepLog, symbols: &impl Symbols) -> (Window, Range<usize>) {
    let between = log.statement();
    match statement_bytecodes(log, &between, symbols) {
        Some(range) => (Window::Opcodes, range),
        None => (Window::Markers, between),
    }
}

fn statement_bytecodes(
    log: &StepLog,
    between: &Range<usize>,
    symbols: &impl Symbols,
) -> Option<Range<usize>> {
    let steps = &log.steps[between.clone()];
    let loop_sp = steps.first()?.sp;
    let in_loop = |(at, step): (usize, &Step)| {
        let name = symbols.opcode(step.pc).filter(|_| step.sp == loop_sp)?;
        Some((between.start + at, name))
    };
    let bytecodes: Vec<_> = steps.iter().enumerate().filter_map(in_loop).collect();
    let (first, own) = bytecodes.split_first()?;
    let end = match log.ending {
        Ending::Returned => own.iter().rposition(|(_, name)| !begins_marker(name)).map_or(0, |last| last + 1),
        Ending::Raised => own.iter().rposition(|(_, name)| *name == HANDLER)?,
    };
    let (start, _) = own.first()?;
    let (after, _) = own.get(end)?;
    (first.1 == AFTER_MARKER).then_some(*start..*after)
}

fn begins_marker(name: &str) -> bool {
    NEXT_MARKER.iter().any(|start| name.starts_with(start))
}
