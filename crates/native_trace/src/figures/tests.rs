//! Counts of hand-made traces.

use super::*;
use crate::{
    Entry::{Call, Inline, Signal, Start, Tail},
    Language::{Cpython, Libc, Loader, Plt, Pyo3, Std, User},
    invented::{Row, trace},
};

/// A call with everything that is counted in a way of its own.
const ROWS: [Row; 8] = [
    (0, "loop", Cpython, Start, 10),
    (1, "trampoline", Pyo3, Call, 5),
    (2, "closure", Std, Inline, 3),
    (3, "author", User, Inline, 2),
    (2, "PyLong_FromLong@plt", Plt, Call, 1),
    (3, "resolve", Loader, Tail, 7),
    (4, "PyLong_FromLong", Cpython, Tail, 4),
    (1, "handler", Libc, Signal, 6),
];

#[test]
fn instructions_are_counted_by_language_and_below_the_loop() {
    let figures = trace(&ROWS, &[]).figures();
    assert_eq!((figures.instructions, figures.below, figures.user), (38, 28, 2));
    let expected = [(User, 2), (Pyo3, 5), (Std, 3), (Cpython, 14), (Libc, 6), (Loader, 7), (Plt, 1)].into();
    assert_eq!(figures.languages, expected);
}

#[test]
fn what_is_inlined_into_the_loop_is_not_below_it() {
    let rows = [(0, "loop", Cpython, Start, 10), (1, "inlined", Cpython, Inline, 4), (2, "f", User, Call, 1)];
    assert_eq!(trace(&rows, &[]).figures().below, 1);
}

#[test]
fn a_stub_and_the_loader_that_fills_it_in_are_no_functions() {
    assert_eq!(trace(&ROWS, &[]).figures().functions, 2, "trampoline and PyLong_FromLong");
}

#[test]
fn a_function_of_the_loader_that_was_called_is_one() {
    let rows = [
        (0, "loop", Cpython, Start, 1),
        (1, "__tls_get_addr@plt", Plt, Call, 1),
        (2, "__tls_get_addr", Loader, Tail, 8),
    ];
    assert_eq!(trace(&rows, &[]).figures().functions, 1);
}

#[test]
fn jumps_and_inlined_functions_are_no_deeper() {
    assert_eq!(trace(&ROWS, &[]).depths(), [0, 1, 1, 1, 2, 2, 2, 1]);
    assert_eq!(trace(&ROWS, &[]).figures().depth, 2);
}

#[test]
fn a_node_has_in_all_what_is_below_it() {
    let trace = trace(&ROWS, &[]);
    assert_eq!(trace.own_instructions(), [10, 5, 3, 2, 1, 7, 4, 6]);
    assert_eq!(trace.total_instructions(), [38, 22, 5, 2, 12, 11, 4, 6]);
}

#[test]
fn functions_are_entered_in_the_stage_of_their_first_instruction() {
    let figures = trace(&ROWS, &[(Stage::LookUp, 10), (Stage::Enter, 11), (Stage::Wrap, 17)]).figures();
    assert_eq!(
        figures.entered,
        [(Stage::Enter, 1), (Stage::Wrap, 1)].into(),
        "nothing is entered by the loop"
    );
    let later = trace(&ROWS, &[(Stage::LookUp, 10), (Stage::Enter, 19), (Stage::Wrap, 9)]).figures();
    assert_eq!(later.entered, [(Stage::Enter, 2)].into(), "PyLong_FromLong begins at 28");
}

#[test]
fn a_function_begins_with_what_is_inlined_into_it() {
    let rows = [
        (0, "loop", Cpython, Start, 4),
        (1, "outer", Pyo3, Call, 0),
        (2, "inlined", Std, Inline, 3),
        (2, "inner", User, Call, 1),
    ];
    let figures = trace(&rows, &[(Stage::LookUp, 4), (Stage::Enter, 3), (Stage::Work, 1)]).figures();
    assert_eq!(figures.entered, [(Stage::Enter, 1), (Stage::Work, 1)].into());
}

#[test]
fn a_stage_that_comes_twice_is_added_up() {
    let figures = trace(&ROWS, &[(Stage::Work, 10), (Stage::Wrap, 12), (Stage::Work, 16)]).figures();
    assert_eq!(figures.stages, [(Stage::Work, 26), (Stage::Wrap, 12)].into());
}
