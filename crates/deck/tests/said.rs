//! What the speaker says of recorded traces, where no claim of an X-ray and no number on a slide holds it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{collections::BTreeMap, path::Path};

use deck::xray::{TraceRecordings, named_figures};

type Figures = BTreeMap<String, u32>;

/// The figures of two X-rays, for each interpreter that has recorded both.
fn recorded(one: &str, other: &str) -> Vec<(Figures, Figures)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shelf = TraceRecordings::read(&root).unwrap();
    let others = shelf.takes(other).unwrap();
    let pairs = shelf.takes(one).unwrap().iter().filter_map(|(variant, take)| {
        Some((named_figures(&take.trace), named_figures(&others.get(variant)?.trace)))
    });
    pairs.collect()
}

#[test]
fn the_largest_part_of_an_error_is_cpython_and_the_next_is_the_standard_library() {
    let errors = recorded("error-call", "error-call");
    assert!(!errors.is_empty());
    for (error, _) in errors {
        let part = |language: &str| error[&format!("{language}.instructions")];
        let mut parts =
            ["user", "macro", "pyo3", "crate", "std", "cpython", "native", "libc", "loader", "plt"];
        parts.sort_by_key(|language| std::cmp::Reverse(part(language)));
        assert_eq!(parts[..2], ["cpython", "std"], "{error:?}");
        assert!(part("user") < 10, "{error:?}");
    }
}

#[test]
fn without_a_panic_only_the_assertion_is_paid_for() {
    let calls = recorded("no-panic-call", "warm-call");
    assert!(!calls.is_empty());
    for (no_panic, add_one) in calls {
        assert_eq!(no_panic["functions"], add_one["functions"]);
        let more = no_panic["instructions"] - add_one["instructions"];
        // A comparison and a branch.
        assert_eq!(more, 2);
    }
}
