//! From what was stepped through to a trace.

use std::ops::Range;

use crate::{
    Call, Ending, Opcode, Origin, Outcome, PythonFacts, Remapping, SCHEMA, StepLog, Trace,
    doors::doors,
    stages::stages,
    symbols::{SymbolTable, Symbols},
    tree::{Tree, tree},
    window::window,
};

/// Makes a trace of the steps: names from the binaries, the call tree, the bytecodes, the stages, the objects.
///
/// Binaries that cannot be read are modules without names; so nothing can fail. `remapping` replaces the beginnings of
/// source paths; without any, no path leads out of its project, crate, or the interpreter's sources.
pub fn fold(log: &StepLog, call: Call, python: PythonFacts, remapping: &Remapping) -> Trace {
    named(log, call, python, SymbolTable::load(&log.steps[log.statement()], &log.modules, remapping))
}

/// The same without touching a file: all that is asked about addresses is in the table.
pub(crate) fn named(log: &StepLog, call: Call, python: PythonFacts, symbols: SymbolTable) -> Trace {
    let (window, range) = window(log, &symbols);
    let steps = &log.steps[range.clone()];
    let signals: Vec<usize> = log.signals.iter().filter_map(|(at, _)| at.checked_sub(range.start)).collect();
    let tree = tree(steps, &signals, &symbols);
    let opcodes = opcodes(log, &range, &tree, &symbols);
    let objects = doors(log, &range, &tree);
    let stages = stages(steps, &tree, &symbols);
    let SymbolTable { modules, compilers, pyo3, .. } = symbols;
    let PythonFacts { python, build, cpu } = python;
    Trace {
        schema: SCHEMA,
        call,
        origin: Origin { python, build, cpu, compilers, pyo3, modules },
        window,
        outcome: match log.ending {
            Ending::Returned => Outcome::Returned,
            Ending::Raised => Outcome::Raised,
        },
        functions: tree.functions,
        nodes: tree.nodes,
        path: tree.path,
        opcodes,
        stages,
        objects,
    }
}

fn opcodes(log: &StepLog, range: &Range<usize>, tree: &Tree, symbols: &impl Symbols) -> Vec<Opcode> {
    let steps = log.steps[range.clone()].iter().zip(&tree.frames).enumerate();
    let named = steps.filter_map(|(at, (step, node))| {
        let name = symbols.opcode(step.pc)?.to_owned();
        Some(Opcode { name, at: at as u32, node: *node })
    });
    named.collect()
}
