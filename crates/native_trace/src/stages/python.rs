//! A call of a function that is written in Python: no door is entered, its bytecodes run in the loop that calls it.

use std::ops::Range;

/// The bytecode at which a function begins, by the beginning of its names.
const BEGINS: &str = "RESUME";

/// What a function with cells executes before.
const PREPARES: [&str; 2] = ["COPY_FREE_VARS", "MAKE_CELL"];

/// The bytecodes by which a function goes back to its caller, by the beginning of their names.
const ENDS: [&str; 3] = ["RETURN_VALUE", "RETURN_CONST", "YIELD_VALUE"];

/// Whether this is the first bytecode of a function.
pub(super) fn begins(name: &str) -> bool {
    name.starts_with(BEGINS) || PREPARES.contains(&name)
}

/// The steps of the longest call that the first function's bytecodes make of a function in Python: from the first one of
/// that function to the one that returns; to the end, if none does. `bytecodes` are steps and names.
pub(super) fn longest_call(bytecodes: &[(usize, &str)], end: usize) -> Option<Range<usize>> {
    let mut calls: Vec<Range<usize>> = Vec::new();
    let mut depth = 0_usize;
    for (index, (at, name)) in bytecodes.iter().enumerate() {
        if name.starts_with(BEGINS) {
            if depth == 0 {
                let prepared =
                    bytecodes[..index].iter().rev().take_while(|(_, name)| PREPARES.contains(name));
                calls.push(prepared.last().map_or(*at, |(first, _)| *first)..end);
            }
            depth += 1;
        } else if ENDS.iter().any(|start| name.starts_with(start)) && depth > 0 {
            depth -= 1;
            if let Some(call) = calls.last_mut().filter(|_| depth == 0) {
                call.end = *at;
            }
        }
    }
    // The first of several that are as long.
    calls.into_iter().rev().max_by_key(|call| call.len())
}
