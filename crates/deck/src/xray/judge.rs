//! What a new trace means for its recording: first what happened, then how often.

use std::{collections::BTreeMap, fmt::Write};

use native_trace::{Entry, Outcome, SymbolLevel, Trace};

use super::{TraceRecording, broken, figures};
use crate::{
    model::{Claims, STAGES},
    recording::{Difference, Fingerprint},
};

/// What came of comparing a trace with a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// It is what was recorded.
    Passed,
    /// It does not bear out what the X-ray claims: why, in sentences.
    Broken(Vec<String>),
    /// Other functions, another order, other bytecodes or stages.
    Structure(Difference),
    /// The same happened, in other numbers of instructions.
    Counts(Difference),
    /// It was traced in another place, and bears the claims out: what is different here.
    NotComparable(String),
}

/// Compares a trace with the recording that holds for its interpreter. `here` is where it was made.
pub fn judge(claims: &Claims, recording: &TraceRecording, trace: &Trace, here: &Fingerprint) -> Judgement {
    let elsewhere = recording.fingerprint.differences(here);
    if !names_functions(trace) {
        let elsewhere =
            if elsewhere.is_empty() { String::new() } else { format!(", and {}", elsewhere.join(", ")) };
        return Judgement::NotComparable(format!("this interpreter names only what it exports{elsewhere}"));
    }
    let broken = broken(claims, trace);
    if !broken.is_empty() {
        return Judgement::Broken(broken);
    }
    if !elsewhere.is_empty() {
        return Judgement::NotComparable(elsewhere.join(", "));
    }
    let [structure, counts] = differences(&recording.trace, trace);
    match (structure, counts) {
        (Some(structure), _) => Judgement::Structure(structure),
        (None, Some(counts)) => Judgement::Counts(counts),
        (None, None) => Judgement::Passed,
    }
}

/// How two traces differ: in what happened, and in how many instructions it took.
pub fn differences(recorded: &Trace, here: &Trace) -> [Option<Difference>; 2] {
    [structure, counts].map(|text| {
        let (recorded, found) = (text(recorded), text(here));
        (recorded != found).then_some(Difference { recorded, found })
    })
}

/// Whether the interpreter's functions have names: where they do not, no claim about them can be checked.
fn names_functions(trace: &Trace) -> bool {
    let module = trace.nodes.first().and_then(|node| trace.functions.get(node.function as usize));
    let module = module.and_then(|function| trace.origin.modules.get(function.module as usize));
    module.is_some_and(|module| module.symbols <= SymbolLevel::Full)
}

/// What happened, as text: how it ended, the functions by depth, the bytecodes, the stages.
fn structure(trace: &Trace) -> String {
    let mut text = String::new();
    let ending = match trace.outcome {
        Outcome::Returned => "returned",
        Outcome::Raised => "raised",
    };
    let mut line = |depth: usize, words: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:1$}{words}", "", 2 * depth);
    };
    line(0, ending);
    let mut depths: Vec<usize> = Vec::with_capacity(trace.nodes.len());
    for node in &trace.nodes {
        let above = node.parent.and_then(|parent| depths.get(parent as usize));
        let depth = above.map_or(0, |depth| depth + 1);
        depths.push(depth);
        line(depth, &format!("{}{}", name(trace, node.function), manner(node.entry)));
    }
    trace.opcodes.iter().for_each(|opcode| line(0, &opcode.name));
    for span in &trace.stages {
        let name = STAGES.iter().find(|(_, stage)| *stage == span.stage).map_or("", |(name, _)| name);
        line(0, &format!("stage: {name}"));
    }
    text
}

/// How many instructions it took: all, by stage, by function.
fn counts(trace: &Trace) -> String {
    let figures = figures(trace);
    let mut text = format!("all: {}\n", figures.instructions);
    for (name, stage) in STAGES {
        if let Some(count) = figures.stages.get(&stage) {
            let _ = writeln!(text, "stage {name}: {count}");
        }
    }
    let mut functions: BTreeMap<&str, u64> = BTreeMap::new();
    for run in &trace.path {
        let function = trace.nodes.get(run.node as usize).map_or(u32::MAX, |node| node.function);
        *functions.entry(name(trace, function)).or_default() += u64::from(run.instructions);
    }
    for (name, count) in functions {
        let _ = writeln!(text, "{name}: {count}");
    }
    text
}

fn name(trace: &Trace, function: u32) -> &str {
    trace.functions.get(function as usize).map_or("?", |function| function.name.as_str())
}

fn manner(entry: Entry) -> &'static str {
    match entry {
        Entry::Start | Entry::Call => "",
        Entry::Tail => " (jumped to)",
        Entry::Inline => " (compiled in)",
        Entry::Signal => " (on a signal)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xray::fixture::recording;

    /// Judges the fixture's trace after a change, in the place of the recording.
    fn judged(change: impl FnOnce(&mut Trace)) -> Judgement {
        let recording = recording();
        let mut trace = recording.trace.clone();
        change(&mut trace);
        let claims = Claims { lacks: vec!["malloc".into()], ..Claims::default() };
        judge(&claims, &recording, &trace, &recording.fingerprint)
    }

    #[test]
    fn the_same_trace_passes() {
        assert_eq!(judged(|_| {}), Judgement::Passed);
        assert_eq!(judged(|trace| trace.origin.cpu = "another".into()), Judgement::Passed);
    }

    #[test]
    fn another_function_is_said_before_any_count() {
        let Judgement::Structure(difference) = judged(|trace| {
            trace.functions[2].name = "PyLong_AsLongLong".into();
            trace.path[0].instructions = 9;
        }) else {
            panic!("passes")
        };
        let diff = difference.unified("a");
        assert!(diff.contains("-    PyLong_AsLong\n+    PyLong_AsLongLong\n"), "{diff}");
        assert!(matches!(
            judged(|trace| {
                trace.stages.pop();
            }),
            Judgement::Structure(_)
        ));
        assert!(matches!(judged(|trace| trace.nodes[4].entry = Entry::Tail), Judgement::Structure(_)));
        assert!(matches!(judged(|trace| trace.outcome = Outcome::Raised), Judgement::Structure(_)));
    }

    #[test]
    fn one_instruction_more_is_a_difference() {
        let Judgement::Counts(difference) = judged(|trace| trace.path[6].instructions += 1) else {
            panic!("passes")
        };
        let diff = difference.unified("a");
        assert!(diff.contains("-all: 20\n+all: 21\n"), "{diff}");
        assert!(diff.contains("-PyLong_FromLong: 3\n+PyLong_FromLong: 4\n"), "{diff}");
    }

    #[test]
    fn a_broken_claim_comes_first() {
        let judgement = judged(|trace| trace.functions[4].name = "malloc".into());
        assert_eq!(
            judgement,
            Judgement::Broken(vec!["it should never enter `malloc`, but it enters `malloc`".into()])
        );
    }

    #[test]
    fn elsewhere_only_claims_count_and_only_where_functions_have_names() {
        let recording = recording();
        let here = Fingerprint { version: "3.11.7".into(), ..recording.fingerprint.clone() };
        let claims = Claims { opcode: Some("CALL_KW".into()), ..Claims::default() };
        let why = "the interpreter was CPython 3.13.0 and is CPython 3.11.7";
        let judged = judge(&Claims::default(), &recording, &recording.trace, &here);
        assert_eq!(judged, Judgement::NotComparable(why.into()));
        assert!(matches!(judge(&claims, &recording, &recording.trace, &here), Judgement::Broken(_)));
        let mut stripped = recording.trace.clone();
        stripped.origin.modules[0].symbols = SymbolLevel::Exported;
        let why = format!("this interpreter names only what it exports, and {why}");
        assert_eq!(judge(&claims, &recording, &stripped, &here), Judgement::NotComparable(why));
    }
}
