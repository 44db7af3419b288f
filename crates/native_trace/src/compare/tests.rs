//! Differences of hand-made traces.

use super::*;
use crate::{
    Entry::{Call, Inline, Start, Tail},
    Language::{Cpython, Libc, Plt, Pyo3, User},
    Opcode, Stage,
    invented::{Row, spans, trace},
};

const ROWS: [Row; 5] = [
    (0, "loop", Cpython, Start, 10),
    (1, "trampoline", Pyo3, Call, 5),
    (2, "author", User, Inline, 2),
    (2, "PyLong_FromLong@plt", Plt, Call, 1),
    (3, "PyLong_FromLong", Cpython, Tail, 4),
];

fn recorded() -> Trace {
    trace(&ROWS, &[(Stage::LookUp, 10), (Stage::Work, 12)])
}

/// Checks the differences to the recording, as they are told.
#[track_caller]
fn check(here: &Trace, expected: &[&str]) {
    let told: Vec<String> = compare(&recorded(), here).iter().map(ToString::to_string).collect();
    assert_eq!(told, expected);
}

#[test]
fn a_trace_does_not_differ_from_itself() {
    check(&recorded(), &[]);
}

#[test]
fn a_function_that_comes_in_between_is_named() {
    let mut rows = ROWS.to_vec();
    rows.insert(1, (1, "PyObject_Vectorcall", Cpython, Call, 3));
    check(
        &trace(&rows, &[(Stage::LookUp, 10), (Stage::Work, 15)]),
        &["functions: only here: PyObject_Vectorcall"],
    );
}

#[test]
fn another_order_is_a_difference() {
    let rows = [ROWS[0], (1, "PyLong_FromLong", Cpython, Call, 4), ROWS[1], ROWS[2], ROWS[3]];
    let functions = "functions: not here: PyLong_FromLong; only here: PyLong_FromLong";
    check(&trace(&rows, &[(Stage::LookUp, 10), (Stage::Work, 12)]), &[functions]);
}

#[test]
fn what_the_compiler_inlines_and_the_system_does_is_none() {
    let mut rows = ROWS.to_vec();
    rows.insert(3, (2, "core::ops::drop", Pyo3, Inline, 1));
    rows.insert(4, (2, "memcpy", Libc, Call, 7));
    check(&trace(&rows, &[(Stage::LookUp, 10), (Stage::Work, 20)]), &[]);
}

#[test]
fn structure_comes_before_counts() {
    let mut rows = ROWS.to_vec();
    rows[1].4 = 9;
    rows.push((1, "_Py_Dealloc", Cpython, Call, 1));
    let mut here = trace(&rows, &[(Stage::LookUp, 10), (Stage::Work, 14), (Stage::Return, 3)]);
    here.outcome = Outcome::Raised;
    here.opcodes = vec![Opcode { name: "POP_TOP".into(), at: 0, node: 0 }];
    check(
        &here,
        &[
            "it Raised here, the recording says Returned",
            "bytecodes: only here: POP_TOP",
            "functions: only here: _Py_Dealloc",
            "the stages are others, or in another order",
            "trampoline: 9 instructions here, 5 in the recording",
        ],
    );
    let structural: Vec<bool> = compare(&recorded(), &here).iter().map(Difference::is_structural).collect();
    assert_eq!(structural, [true, true, true, true, false]);
}

#[test]
fn bytecodes_are_compared_where_both_interpreters_name_them() {
    let mut here = recorded();
    here.opcodes = vec![Opcode { name: "POP_TOP".into(), at: 0, node: 0 }];
    check(&here, &["bytecodes: only here: POP_TOP"]);
    here.window = Window::Markers;
    check(&here, &[]);
}

#[test]
fn longer_stages_are_the_same_stages() {
    let mut here = recorded();
    here.stages = spans(&[(Stage::LookUp, 2), (Stage::Work, 20)]);
    check(&here, &[]);
}

#[test]
fn activations_of_one_function_are_counted_together() {
    let rows = [ROWS[0], (1, "f", User, Call, 3), (1, "f", User, Call, 4)];
    let other = [ROWS[0], (1, "f", User, Call, 4), (1, "f", User, Call, 3)];
    assert_eq!(compare(&trace(&rows, &[]), &trace(&other, &[])), []);
    let longer = [ROWS[0], (1, "f", User, Call, 4), (1, "f", User, Call, 4)];
    let told = compare(&trace(&rows, &[]), &trace(&longer, &[]));
    assert_eq!(told, [Difference::Count { function: "f".into(), recorded: 7, here: 8 }]);
}

#[test]
fn a_message_lists_a_few_names_and_counts_the_others() {
    let names = |count: usize| (0..count).map(|at| format!("f{at}")).collect();
    let five = Changes { missing: names(5), new: Vec::new() };
    assert_eq!(five.to_string(), "not here: f0, f1, f2, f3, f4");
    let more = Changes { missing: names(7), new: names(1) };
    assert_eq!(more.to_string(), "not here: f0, f1, f2, f3, f4 and 2 more; only here: f0");
}
