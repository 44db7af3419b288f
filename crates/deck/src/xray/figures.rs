//! The numbers of a trace that slides quote.

use std::collections::BTreeMap;

use native_trace::{Entry, Language, Stage, StageSpan, Trace};

use crate::model::STAGES;

/// Counts over a whole trace. Instructions are machine instructions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// All of them.
    pub instructions: u64,
    /// Those outside of the interpreter's loop that executes the statement.
    pub below: u64,
    /// By who wrote the code.
    pub languages: BTreeMap<Language, u64>,
    /// By stage.
    pub stages: BTreeMap<Stage, u64>,
    /// Functions entered in a stage.
    pub entered: BTreeMap<Stage, u64>,
    /// Functions entered, compiled-in ones and linkage stubs aside.
    pub functions: u64,
    /// Frames below the loop at the deepest point.
    pub depth: u64,
    /// Bytecodes executed.
    pub opcodes: u64,
}

/// Counts a trace.
pub fn figures(trace: &Trace) -> Figures {
    let mut figures = Figures { opcodes: trace.opcodes.len() as u64, ..Figures::default() };
    let depths = depths(trace);
    for run in &trace.path {
        let count = u64::from(run.instructions);
        figures.instructions += count;
        if depths.get(run.node as usize).is_some_and(|depth| *depth > 0) {
            figures.below += count;
        }
        *figures.languages.entry(language(trace, run.node as usize)).or_default() += count;
    }
    for span in &trace.stages {
        *figures.stages.entry(span.stage).or_default() += u64::from(span.instructions);
    }
    let entered =
        trace.nodes.iter().enumerate().filter(|(_, node)| matches!(node.entry, Entry::Call | Entry::Tail));
    let begins = begins(trace);
    for (index, _) in entered.filter(|(index, _)| language(trace, *index) != Language::Plt) {
        figures.functions += 1;
        let began = |span: &&StageSpan| Some(u64::from(span.at)) <= begins[index];
        if let Some(span) = trace.stages.iter().rev().find(began) {
            *figures.entered.entry(span.stage).or_default() += 1;
        }
    }
    figures.depth = depths.into_iter().max().unwrap_or(0);
    figures
}

/// The numbers by the names that prose gives them, e.g. `user.instructions` or `look-up.instructions`.
pub fn named_figures(trace: &Trace) -> BTreeMap<String, u64> {
    let figures = figures(trace);
    let mut named = BTreeMap::from([
        ("instructions".to_owned(), figures.instructions),
        ("below.instructions".to_owned(), figures.below),
        ("functions".to_owned(), figures.functions),
        ("depth".to_owned(), figures.depth),
        ("opcodes".to_owned(), figures.opcodes),
    ]);
    for (name, language) in LANGUAGES {
        let count = figures.languages.get(&language).copied().unwrap_or(0);
        named.insert(format!("{name}.instructions"), count);
    }
    for (name, stage) in STAGES {
        let count = figures.stages.get(&stage).copied().unwrap_or(0);
        named.insert(format!("{name}.instructions"), count);
        named.insert(format!("{name}.functions"), figures.entered.get(&stage).copied().unwrap_or(0));
    }
    named
}

const LANGUAGES: [(&str, Language); 11] = [
    ("user", Language::User),
    ("macro", Language::Macro),
    ("pyo3", Language::Pyo3),
    ("crate", Language::Crate),
    ("std", Language::Std),
    ("cpython", Language::Cpython),
    ("native", Language::Native),
    ("libc", Language::Libc),
    ("loader", Language::Loader),
    ("plt", Language::Plt),
    ("unknown", Language::Unknown),
];

fn language(trace: &Trace, node: usize) -> Language {
    let function = trace.nodes.get(node).and_then(|node| trace.functions.get(node.function as usize));
    function.map_or(Language::Unknown, |function| function.language)
}

/// The first instruction of each node itself or of what is below it; nothing for a node that executed none.
fn begins(trace: &Trace) -> Vec<Option<u64>> {
    let mut begins: Vec<Option<u64>> = vec![None; trace.nodes.len()];
    let mut at = 0;
    for run in &trace.path {
        let mut node = Some(run.node);
        while let Some(begin) = node.and_then(|node| begins.get_mut(node as usize)).filter(|begin| begin.is_none()) {
            *begin = Some(at);
            node = node.and_then(|node| trace.nodes[node as usize].parent);
        }
        at += u64::from(run.instructions);
    }
    begins
}

/// How many frames lie between each node and the loop: a compiled-in function has none of its own, and one that was
/// jumped to takes its caller's.
fn depths(trace: &Trace) -> Vec<u64> {
    let mut depths: Vec<u64> = Vec::with_capacity(trace.nodes.len());
    for node in &trace.nodes {
        let above = node.parent.and_then(|parent| depths.get(parent as usize)).copied().unwrap_or(0);
        depths.push(match node.entry {
            Entry::Start => 0,
            Entry::Inline => above,
            // The loop itself is never left by a jump that something returns from.
            Entry::Tail => above.max(1),
            Entry::Call | Entry::Signal => above + 1,
        });
    }
    depths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xray::fixture::trace;

    #[test]
    fn a_trace_is_counted() {
        let named = named_figures(&trace());
        let expected = [
            ("instructions", 20),
            ("below.instructions", 12),
            ("functions", 3),
            ("depth", 2),
            ("opcodes", 2),
            ("user.instructions", 2),
            ("cpython.instructions", 13),
            ("pyo3.instructions", 5),
            ("libc.instructions", 0),
            ("unpack.instructions", 3),
            ("look-up.instructions", 2),
        ];
        for (name, count) in expected {
            assert_eq!(named.get(name), Some(&count), "{name}");
        }
    }

    #[test]
    fn every_instruction_has_a_language_and_a_stage() {
        let figures = figures(&trace());
        assert_eq!(figures.languages.values().sum::<u64>(), figures.instructions);
        assert_eq!(figures.stages.values().sum::<u64>(), figures.instructions);
    }
}
