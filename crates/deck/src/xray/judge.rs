//! What a new trace means for its recording: first what happened, then how often.

use native_trace::{Difference, SymbolLevel, Trace, compare};

use super::{TraceRecording, broken};
use crate::{model::Claims, recording::Fingerprint};

/// What came of comparing a trace with a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// It is what was recorded.
    Passed,
    /// It does not bear out what the X-ray claims: why, in sentences.
    Broken(Vec<String>),
    /// Other functions, another order, other bytecodes or stages; numbers of instructions after them.
    Structure(Vec<String>),
    /// The same happened, in other numbers of instructions.
    Counts(Vec<String>),
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
    if claims.nondeterministic {
        return Judgement::Passed;
    }
    if !elsewhere.is_empty() {
        return Judgement::NotComparable(elsewhere.join(", "));
    }
    let differences = compare(&recording.trace, trace);
    let mut sentences: Vec<_> = differences.iter().map(Difference::to_string).collect();
    let [recorded, found] = [&recording.trace, trace].map(Trace::steady_instructions);
    if recorded != found {
        sentences.push(format!("all: {found} instructions here, {recorded} in the recording"));
    }
    match differences.iter().any(Difference::is_structural) {
        true => Judgement::Structure(sentences),
        false if sentences.is_empty() => Judgement::Passed,
        false => Judgement::Counts(sentences),
    }
}

/// Whether the interpreter's functions have names: where they do not, no claim about them can be checked.
fn names_functions(trace: &Trace) -> bool {
    let module = trace.nodes.first().and_then(|node| trace.functions.get(node.function as usize));
    let module = module.and_then(|function| trace.origin.modules.get(function.module as usize));
    module.is_some_and(|module| module.symbols <= SymbolLevel::Full)
}

#[cfg(test)]
mod tests {
    use native_trace::Outcome;

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
    fn of_what_is_never_twice_the_same_the_claims_are_checked() {
        let recording = recording();
        let mut trace = recording.trace.clone();
        trace.path[6].instructions += 1;
        let mut claims = Claims { nondeterministic: true, ..Claims::default() };
        assert_eq!(judge(&claims, &recording, &trace, &recording.fingerprint), Judgement::Passed);
        claims.lacks = vec!["PyLong_FromLong".into()];
        let judgement = judge(&claims, &recording, &trace, &recording.fingerprint);
        assert!(matches!(judgement, Judgement::Broken(_)), "{judgement:?}");
    }

    #[test]
    fn another_function_is_said_before_any_count() {
        let Judgement::Structure(sentences) = judged(|trace| {
            trace.functions[2].name = "PyLong_AsLongLong".into();
            trace.path[6].instructions = 9;
        }) else {
            panic!("passes")
        };
        assert_eq!(sentences[0], "functions: not here: PyLong_AsLong; only here: PyLong_AsLongLong");
        assert_eq!(sentences[1], "PyLong_FromLong: 9 instructions here, 3 in the recording");
        assert!(matches!(judged(|trace| trace.stages.truncate(7)), Judgement::Structure(_)));
        assert!(matches!(judged(|trace| trace.opcodes[1].name = "CALL".into()), Judgement::Structure(_)));
        assert!(matches!(judged(|trace| trace.outcome = Outcome::Raised), Judgement::Structure(_)));
    }

    #[test]
    fn one_instruction_more_is_a_difference() {
        let expected = [
            "PyLong_FromLong: 4 instructions here, 3 in the recording",
            "all: 21 instructions here, 20 in the recording",
        ];
        let judgement = judged(|trace| trace.path[6].instructions += 1);
        assert_eq!(judgement, Judgement::Counts(expected.map(str::to_owned).to_vec()));
    }

    #[test]
    fn a_function_that_was_compiled_in_and_vanishes_changes_the_numbers() {
        let judgement = judged(|trace| trace.path[4].node = 1);
        assert!(matches!(judgement, Judgement::Counts(_)), "{judgement:?}");
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
