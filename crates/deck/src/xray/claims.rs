//! What an X-ray claims, in words, and whether a trace bears it out.
//!
//! A function is entered if it gets a frame of its own or takes its caller's: one that was compiled into its caller is
//! not.

use native_trace::{Entry, Trace};

use super::glob::matches;
use crate::model::Claims;

/// The claims as sentences for the audience.
pub fn sentences(claims: &Claims) -> Vec<String> {
    let mut sentences = Vec::new();
    if !claims.enters.is_empty() {
        sentences.push(format!(
            "It enters {}.",
            claims.enters.iter().map(|name| plain(name)).collect::<Vec<_>>().join(", then ")
        ));
    }
    sentences.extend(claims.lacks.iter().map(|name| format!("It never enters {}.", plain(name))));
    sentences.extend(claims.opcode.iter().map(|name| format!("It executes {}.", plain(name))));
    sentences
}

/// The claims that a trace does not bear out, with what was found instead.
pub fn broken(claims: &Claims, trace: &Trace) -> Vec<String> {
    let entered = entered(trace);
    let mut broken: Vec<_> = order(&claims.enters, &entered).into_iter().collect();
    for pattern in &claims.lacks {
        if let Some(name) = entered.iter().find(|name| matches(pattern, name)) {
            broken.push(format!("it should never enter {}, but it enters `{name}`", names(pattern)));
        }
    }
    if let Some(pattern) = &claims.opcode
        && !trace.opcodes.iter().any(|opcode| matches(pattern, &opcode.name))
    {
        let executed: Vec<_> = trace.opcodes.iter().map(|opcode| opcode.name.as_str()).collect();
        let found =
            if executed.is_empty() { "the interpreter names none".into() } else { executed.join(", ") };
        broken.push(format!("it should execute {}, but the bytecodes are: {found}", names(pattern)));
    }
    broken
}

/// Names of the functions that are entered, in order.
fn entered(trace: &Trace) -> Vec<&str> {
    let nodes = trace.nodes.iter().filter(|node| matches!(node.entry, Entry::Call | Entry::Tail));
    nodes
        .filter_map(|node| trace.functions.get(node.function as usize))
        .map(|function| function.name.as_str())
        .collect()
}

/// What is missing if the functions are not entered in this order.
fn order(patterns: &[String], entered: &[&str]) -> Option<String> {
    let mut rest = entered;
    for (index, pattern) in patterns.iter().enumerate() {
        match rest.iter().position(|name| matches(pattern, name)) {
            Some(at) => rest = &rest[at + 1..],
            None => {
                let after = match index.checked_sub(1) {
                    Some(before) => format!(" after {}", names(&patterns[before])),
                    None => String::new(),
                };
                let found = if rest.is_empty() { "nothing".to_owned() } else { rest.join(", ") };
                return Some(format!(
                    "it should enter {}{after}, but what it enters there is: {found}",
                    names(pattern)
                ));
            }
        }
    }
    None
}

fn plain(pattern: &str) -> String {
    pattern.split('|').map(str::trim).collect::<Vec<_>>().join(" or ")
}

fn names(pattern: &str) -> String {
    let names: Vec<_> = pattern.split('|').map(|name| format!("`{}`", name.trim())).collect();
    names.join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xray::fixture::trace;

    fn claims(enters: &[&str], lacks: &[&str], opcode: Option<&str>) -> Claims {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Claims {
            enters: owned(enters),
            lacks: owned(lacks),
            opcode: opcode.map(str::to_owned),
            nondeterministic: false,
        }
    }

    #[track_caller]
    fn check(claims: &Claims, expected: &[&str]) {
        assert_eq!(broken(claims, &trace()), expected);
    }

    #[test]
    fn functions_are_entered_in_order_with_others_between() {
        check(&claims(&["*fastcall*", "PyLong_AsLong|PyLong_AsLongLong"], &[], None), &[]);
        check(
            &claims(&["PyLong_AsLong", "*fastcall*"], &[], None),
            &[
                "it should enter `*fastcall*` after `PyLong_AsLong`, but what it enters there is: PyLong_FromLong",
            ],
        );
    }

    #[test]
    fn what_was_compiled_into_its_caller_is_not_entered() {
        check(&claims(&[], &["*add_one"], None), &[]);
        check(
            &claims(&["*add_one"], &["PyLong_From*"], None),
            &[
                "it should enter `*add_one`, but what it enters there is: pyo3::fastcall, PyLong_AsLong, PyLong_FromLong",
                "it should never enter `PyLong_From*`, but it enters `PyLong_FromLong`",
            ],
        );
    }

    #[test]
    fn bytecodes_are_those_that_were_executed() {
        check(&claims(&[], &[], Some("CALL|CALL_BUILTIN_FAST_WITH_KEYWORDS")), &[]);
        check(
            &claims(&[], &[], Some("CALL_KW")),
            &[
                "it should execute `CALL_KW`, but the bytecodes are: LOAD_GLOBAL_MODULE, CALL_BUILTIN_FAST_WITH_KEYWORDS",
            ],
        );
    }

    #[test]
    fn claims_are_sentences() {
        let claims = claims(&["a", "b|c"], &["PyGILState_*"], Some("CALL"));
        let expected = ["It enters a, then b or c.", "It never enters PyGILState_*.", "It executes CALL."];
        assert_eq!(sentences(&claims), expected);
    }
}
