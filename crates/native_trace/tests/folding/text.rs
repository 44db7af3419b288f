//! Traces as text.

use native_trace::format::{Options, diff, folded, tree};

use crate::fixture::{cold, warm};

#[test]
fn no_line_is_longer_than_asked_for() {
    let trace = warm("import rusty", "rusty.panics(0)");
    for width in [60, 80, 120] {
        for colour in [false, true] {
            for line in tree(&trace, Options { all: true, width, colour }).lines() {
                let plain: String = line
                    .split('\x1b')
                    .enumerate()
                    .map(|(at, s)| if at == 0 { s } else { s.split_once('m').unwrap().1 })
                    .collect();
                assert!(plain.chars().count() <= width, "{} of {width}: {plain}", plain.chars().count());
            }
        }
    }
}

#[test]
fn the_short_tree_fits_a_terminal_and_the_long_one_has_every_node() {
    let trace = warm("import rusty", "rusty.add_one(41)");
    let short = tree(&trace, Options::default());
    assert!(short.lines().count() <= 32, "{short}");
    for name in
        ["add_one::__pyfunction_add_one", "· add_one::add_one", "PyLong_FromLong", "look up", "return"]
    {
        assert!(short.contains(name), "{name} is missing in\n{short}");
    }
    let long = tree(&trace, Options { all: true, ..Options::default() });
    assert!(long.lines().count() > trace.nodes.len(), "{long}");
}

#[test]
fn stacks_add_up() {
    let trace = warm("import rusty", "rusty.add_one(41)");
    let text = folded(&trace);
    let sum: u32 = text.lines().map(|line| line.rsplit_once(' ').unwrap().1.parse::<u32>().unwrap()).sum();
    assert_eq!(sum, trace.figures().instructions);
    assert!(text.lines().all(|line| line.starts_with("_PyEval_EvalFrameDefault")));
}

#[test]
fn a_difference_names_what_only_one_call_enters() {
    let (first, later) =
        (cold("import rusty", "rusty.add_one(41)"), warm("import rusty", "rusty.add_one(41)"));
    let text = diff(&first, &later);
    let vectorcall = text.lines().find(|line| line.contains("PyObject_Vectorcall")).unwrap();
    assert!(vectorcall.starts_with('-'), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(diff(&later, &later).lines().skip(2).all(|line| line.starts_with(' ') || line.is_empty()));
}
