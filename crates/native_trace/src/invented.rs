//! Hand-made traces for tests.

use crate::{
    Call, Entry, Function, Language, Node, Origin, Outcome, Run, SCHEMA, Stage, StageSpan, Trace, Window,
};

/// How deep in the tree, the function's name and language, how it was entered, its own instructions.
pub(crate) type Row = (usize, &'static str, Language, Entry, u32);

/// A trace that executes the own instructions of each node before it enters the next; rows of one name share a function.
pub(crate) fn trace(rows: &[Row], stages: &[(Stage, u32)]) -> Trace {
    let mut functions: Vec<Function> = Vec::new();
    let mut nodes = Vec::new();
    let mut path = Vec::new();
    let mut above: Vec<u32> = Vec::new();
    for (node, (depth, name, language, entry, own)) in (0..).zip(rows) {
        let known = functions.iter().position(|function| function.name == *name);
        let function = known.unwrap_or_else(|| {
            functions.push(function(name, *language));
            functions.len() - 1
        });
        above.truncate(*depth);
        nodes.push(Node { function: function as u32, parent: above.last().copied(), entry: *entry });
        above.push(node);
        if *own > 0 {
            path.push(Run { node, instructions: *own, line: None });
        }
    }
    Trace {
        schema: SCHEMA,
        call: Call { statement: "f()".into(), setup: String::new(), execution: 16 },
        origin: Origin {
            python: "CPython 3.13.0".into(),
            build: String::new(),
            cpu: String::new(),
            compilers: Vec::new(),
            pyo3: None,
            modules: Vec::new(),
        },
        window: Window::Opcodes,
        outcome: Outcome::Returned,
        functions,
        nodes,
        path,
        opcodes: Vec::new(),
        stages: spans(stages),
        objects: Vec::new(),
    }
}

pub(crate) fn function(name: &str, language: Language) -> Function {
    Function { name: name.into(), module: 0, language, file: None, line: None }
}

/// One stage after the other, from the first instruction on.
pub(crate) fn spans(stages: &[(Stage, u32)]) -> Vec<StageSpan> {
    let mut at = 0;
    let span = |(stage, instructions): &(Stage, u32)| {
        let span = StageSpan { stage: *stage, at, instructions: *instructions };
        at += instructions;
        span
    };
    stages.iter().map(span).collect()
}
