//! What is different between a recorded trace and one that was made here.

use std::fmt;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::{Entry, Function, Language, Outcome, Run, Trace, Window};

/// Functions of the interpreter whose work depends on where memory happens to lie, or on how long a path is.
const UNSTEADY: [&str; 3] = ["arena_map_is_used", "arena_map_get", "siphash13"];

/// One difference; structural ones are worth more than counts, and are reported first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The statement ended otherwise.
    Outcome {
        /// How it ended when it was recorded.
        recorded: Outcome,
        /// How it ended here.
        here: Outcome,
    },
    /// Other bytecodes were executed, or in another order.
    Opcodes(Changes),
    /// Other functions were entered, or in another order.
    Functions(Changes),
    /// Other stages, or in another order.
    Stages,
    /// The number of instructions of a function, over all of its activations.
    Count {
        /// Its name.
        function: String,
        /// How many there were when it was recorded.
        recorded: u32,
        /// How many there are here.
        here: u32,
    },
}

/// Names in order of their execution.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Those of the recording that do not come here.
    pub missing: Vec<String>,
    /// Those that come here only.
    pub new: Vec<String>,
}

impl Difference {
    /// Whether it is about what happened, not how many instructions it took.
    pub fn is_structural(&self) -> bool {
        !matches!(self, Self::Count { .. })
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outcome { recorded, here } => {
                write!(f, "it {here:?} here, the recording says {recorded:?}")
            }
            Self::Opcodes(changes) => write!(f, "bytecodes: {changes}"),
            Self::Functions(changes) => write!(f, "functions: {changes}"),
            Self::Stages => write!(f, "the stages are others, or in another order"),
            Self::Count { function, recorded, here } => {
                write!(f, "{function}: {here} instructions here, {recorded} in the recording")
            }
        }
    }
}

impl Trace {
    /// All instructions but those of functions whose work depends on where memory lies, on the processor, or on paths: what
    /// must be equal wherever the statement is traced on equal binaries.
    pub fn steady_instructions(&self) -> u32 {
        let steady = |run: &&Run| self.function(run.node).is_some_and(is_steady);
        self.path.iter().filter(steady).map(|run| run.instructions).sum()
    }
}

/// The differences, structural ones first. Inlining is the compiler's affair and counts as no difference of functions.
pub fn compare(recorded: &Trace, here: &Trace) -> Vec<Difference> {
    let mut differences = Vec::new();
    if recorded.outcome != here.outcome {
        differences.push(Difference::Outcome { recorded: recorded.outcome, here: here.outcome });
    }
    if [recorded, here].iter().all(|trace| trace.window == Window::Opcodes) {
        let names = |trace: &Trace| trace.opcodes.iter().map(|opcode| opcode.name.clone()).collect();
        differences.extend(changes(names(recorded), names(here)).map(Difference::Opcodes));
    }
    differences.extend(changes(entered(recorded), entered(here)).map(Difference::Functions));
    let stages = |trace: &Trace| trace.stages.iter().map(|span| span.stage).collect::<Vec<_>>();
    if stages(recorded) != stages(here) {
        differences.push(Difference::Stages);
    }
    differences.extend(counts(recorded, here));
    differences
}

/// Whether a function executes the same instructions wherever the same statement is traced on equal binaries. The C library
/// chooses its functions by the processor, and the loader's work depends on what else is loaded, and from where.
fn is_steady(function: &Function) -> bool {
    !matches!(function.language, Language::Plt | Language::Loader | Language::Libc)
        && !UNSTEADY.contains(&function.name.as_str())
}

/// Functions that have a frame of their own, in order; linkage tables and what is behind them are the system's.
fn entered(trace: &Trace) -> Vec<String> {
    let own = |node: &u32| {
        let plumbing = matches!(trace.language(*node), Language::Plt | Language::Loader | Language::Libc);
        trace.nodes[*node as usize].entry != Entry::Inline && !plumbing
    };
    (0..trace.nodes.len() as u32).filter(own).map(|node| trace.name(node).to_owned()).collect()
}

/// Nothing if both are the same.
fn changes(recorded: Vec<String>, here: Vec<String>) -> Option<Changes> {
    let mut changes = Changes::default();
    for operation in capture_diff_slices(Algorithm::Myers, &recorded, &here) {
        let (tag, old, new) = operation.as_tag_tuple();
        if tag != DiffTag::Equal {
            changes.missing.extend_from_slice(&recorded[old]);
            changes.new.extend_from_slice(&here[new]);
        }
    }
    (changes != Changes::default()).then_some(changes)
}

/// Functions that both have, in the order of the recording.
fn counts(recorded: &Trace, here: &Trace) -> Vec<Difference> {
    let by_function = |trace: &Trace| {
        let mut counts = vec![0; trace.functions.len()];
        for (node, own) in trace.nodes.iter().zip(trace.own_instructions()) {
            if let Some(count) = counts.get_mut(node.function as usize) {
                *count += own;
            }
        }
        let steady = trace.functions.iter().zip(counts).filter(|(function, _)| is_steady(function));
        // Functions can share a name.
        let mut merged: Vec<(String, u32)> = Vec::new();
        for (name, count) in steady.map(|(function, count)| (function.name.clone(), count)) {
            match merged.iter_mut().find(|(known, _)| *known == name) {
                Some((_, sum)) => *sum += count,
                None => merged.push((name, count)),
            }
        }
        merged
    };
    let here: std::collections::HashMap<String, u32> = by_function(here).into_iter().collect();
    let differences = by_function(recorded).into_iter().filter_map(|(function, recorded)| {
        let here = *here.get(&function)?;
        (here != recorded).then_some(Difference::Count { function, recorded, here })
    });
    differences.collect()
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |what: &str, names: &[String]| match names.len() {
            0 => None,
            1..=LISTED => Some(format!("{what} {}", names.join(", "))),
            more => Some(format!("{what} {} and {} more", names[..LISTED].join(", "), more - LISTED)),
        };
        let sides = [side("not here:", &self.missing), side("only here:", &self.new)];
        write!(f, "{}", sides.into_iter().flatten().collect::<Vec<_>>().join("; "))
    }
}

/// How many names a message lists.
const LISTED: usize = 5;

#[cfg(test)]
mod tests;
