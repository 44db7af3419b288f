//! Trees of hand-made steps. A function is a name; its instructions are a page of addresses, one every four bytes.

use super::*;
use crate::symbols::{Branch, Frame as Level};

/// Functions by page: page 1 is the interpreter's loop.
const FUNCTIONS: [(&str, Language); 7] = [
    ("?", Language::Unknown),
    ("loop", Language::Cpython),
    ("outer", Language::Pyo3),
    ("inner", Language::User),
    ("inner@plt", Language::Plt),
    ("handler", Language::Libc),
    ("restorer", Language::Libc),
];

const LOOP: u64 = 0x1000;
const OUTER: u64 = 0x2000;
const INNER: u64 = 0x3000;
const STUB: u64 = 0x4000;
const HANDLER: u64 = 0x5000;
const RESTORER: u64 = 0x6000;
/// The part of `outer` that is seldom executed and lies elsewhere.
const COLD: u64 = 0x7000;
/// `inner`, compiled into `outer` at two lines: from 0x8000 at line 5, from 0x8100 at line 6.
const INLINED: u64 = 0x8000;

struct Invented {
    functions: Vec<Function>,
    places: HashMap<u64, Place>,
}

impl Invented {
    fn new() -> Self {
        let function = |(name, language): &(&str, Language)| Function {
            name: (*name).into(),
            module: 0,
            language: *language,
            file: None,
            line: None,
        };
        let functions = FUNCTIONS.iter().map(function).collect();
        let places = (0..0x9000 / 4).map(|word| (word * 4, place(word * 4))).collect();
        Self { functions, places }
    }
}

fn place(pc: u64) -> Place {
    let page = (pc >> 12) as u32;
    let level = |function, line| Level { function, line };
    let frames = match page {
        7 => vec![level(2, None)],
        8 => vec![level(2, Some(5 + (pc >> 8 & 1) as u32)), level(3, Some(9))],
        page => vec![level(page, None)],
    };
    Place { body: frames[0].function, frames }
}

impl Symbols for Invented {
    fn place(&self, pc: u64) -> &Place {
        &self.places[&pc]
    }
    fn function(&self, index: u32) -> &Function {
        &self.functions[index as usize]
    }
    fn opcode(&self, _: u64) -> Option<&str> {
        None
    }
    fn branch(&self, _: u64) -> Option<Branch> {
        None
    }
}

/// Checks the tree of steps, written as `name how own`, a level deeper by two spaces.
#[track_caller]
fn check(steps: &[(u64, u64)], signals: &[usize], expected: &str) {
    let steps: Vec<Step> = steps.iter().map(|(pc, sp)| Step { pc: *pc, sp: *sp }).collect();
    let tree = tree(&steps, signals, &Invented::new());
    let mut own = vec![0; tree.nodes.len()];
    for run in &tree.path {
        own[run.node as usize] += run.instructions;
    }
    assert_eq!(own.iter().sum::<u32>() as usize, steps.len(), "every step belongs to one node");
    let mut levels: Vec<usize> = Vec::new();
    let mut seen = String::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        let level = node.parent.map_or(0, |parent| levels[parent as usize] + 1);
        levels.push(level);
        let name = tree.name(at as u32);
        seen += &format!("{}{name} {:?} {}\n", "  ".repeat(level), node.entry, own[at]);
    }
    assert_eq!(seen.trim_end(), expected.trim_matches('\n'));
}

#[test]
fn a_call_and_its_return() {
    check(
        &[(LOOP, 0x900), (OUTER, 0x8f8), (OUTER + 4, 0x8e0), (OUTER + 8, 0x8f8), (LOOP + 4, 0x900)],
        &[],
        "
loop Start 2
  outer Call 3",
    );
}

#[test]
fn a_push_is_no_call() {
    check(&[(LOOP, 0x900), (LOOP + 4, 0x8f8), (LOOP + 8, 0x900)], &[], "loop Start 3");
}

#[test]
fn a_function_that_begins_right_after_its_call_is_called_all_the_same() {
    check(
        &[(LOOP, 0x900), (INNER - 8, 0x8f8), (INNER, 0x8f0), (INNER - 4, 0x8f8), (LOOP + 4, 0x900)],
        &[],
        "
loop Start 2
  outer Call 2
    inner Call 1",
    );
}

#[test]
fn recursion_is_as_deep_as_it_is() {
    check(
        &[
            (LOOP, 0x900),
            (OUTER, 0x8f8),
            (OUTER + 0x40, 0x8e0),
            (OUTER, 0x8d8),
            (OUTER + 0x44, 0x8e0),
            (OUTER + 0x48, 0x8f8),
            (LOOP + 4, 0x900),
        ],
        &[],
        "
loop Start 2
  outer Call 4
    outer Call 1",
    );
}

#[test]
fn a_jump_at_entry_takes_over_the_frame() {
    check(
        &[
            (LOOP, 0x900),
            (OUTER, 0x8f8),
            (OUTER + 4, 0x8f0),
            (OUTER + 8, 0x8f8),
            (INNER, 0x8f8),
            (LOOP + 4, 0x900),
        ],
        &[],
        "
loop Start 2
  outer Call 3
    inner Tail 1",
    );
}

#[test]
fn a_stub_and_what_it_leads_to_are_two() {
    check(
        &[(LOOP, 0x900), (STUB, 0x8f8), (INNER, 0x8f8), (LOOP + 4, 0x900)],
        &[],
        "
loop Start 2
  inner@plt Call 1
    inner Tail 1",
    );
}

#[test]
fn what_binds_a_stub_has_put_something_on_the_stack() {
    check(
        &[
            (LOOP, 0x900),
            (STUB, 0x8f8),
            (STUB + 4, 0x8f8),
            (STUB + 8, 0x8f0),
            (HANDLER, 0x8f0),
            (HANDLER + 4, 0x8f8),
            (INNER, 0x8f8),
            (LOOP + 4, 0x900),
        ],
        &[],
        "
loop Start 2
  inner@plt Call 3
    handler Tail 2
      inner Tail 1",
    );
}

#[test]
fn a_cold_part_belongs_to_its_function() {
    check(
        &[(LOOP, 0x900), (OUTER, 0x8f8), (COLD, 0x8f8), (OUTER + 8, 0x8f8), (LOOP + 4, 0x900)],
        &[],
        "
loop Start 2
  outer Call 3",
    );
}

#[test]
fn unwinding_leaves_every_frame_that_it_passes() {
    check(
        &[
            (LOOP, 0x900),
            (OUTER, 0x8f8),
            (OUTER + 0x40, 0x8e0),
            (INNER, 0x8d8),
            (HANDLER, 0x8d0),
            // The unwinder goes on in the landing pad of `outer`, without any return.
            (OUTER + 0x80, 0x8e0),
            (INNER, 0x8d8),
            (OUTER + 0x84, 0x8e0),
            (LOOP + 4, 0x900),
        ],
        &[],
        "
loop Start 2
  outer Call 4
    inner Call 1
      handler Call 1
    inner Call 1",
    );
}

#[test]
fn a_long_jump_goes_back_to_where_it_was_set() {
    check(
        &[(LOOP, 0x900), (OUTER, 0x8f8), (INNER, 0x8f0), (HANDLER, 0x8e8), (LOOP + 8, 0x900), (OUTER, 0x8f8)],
        &[],
        "
loop Start 2
  outer Call 1
    inner Call 1
      handler Call 1
  outer Call 1",
    );
}

#[test]
fn the_jump_of_the_unwinder_is_its_own_though_the_stack_is_the_other_s() {
    check(
        &[
            (LOOP, 0x900),
            (OUTER, 0x8f8),
            (OUTER + 0x40, 0x8e0),
            (INNER, 0x8d8),
            (HANDLER, 0x8d0),
            (HANDLER + 4, 0x8e0),
            (OUTER + 0x80, 0x8e0),
            (LOOP + 4, 0x900),
        ],
        &[],
        "
loop Start 2
  outer Call 3
    inner Call 1
      handler Call 2",
    );
}

#[test]
fn a_signal_comes_between_two_instructions() {
    check(
        &[
            (LOOP, 0x900),
            (OUTER, 0x8f8),
            (HANDLER, 0x400),
            (INNER, 0x3f8),
            (HANDLER + 8, 0x400),
            (RESTORER, 0x408),
            (OUTER + 4, 0x8f8),
            (LOOP + 4, 0x900),
        ],
        &[2],
        "
loop Start 2
  outer Call 2
    handler Signal 2
      inner Call 1
      restorer Tail 1",
    );
}

#[test]
fn what_is_inlined_is_one_node_for_each_place_that_it_is_inlined_at() {
    check(
        &[
            (LOOP, 0x900),
            (OUTER, 0x8f8),
            (INLINED, 0x8e0),
            (OUTER + 4, 0x8e0),
            (INLINED + 4, 0x8e0),
            (INLINED + 0x100, 0x8e0),
            (HANDLER, 0x8d8),
            (OUTER + 8, 0x8f8),
            (LOOP + 4, 0x900),
            (OUTER, 0x8f8),
            (INLINED, 0x8e0),
        ],
        &[],
        "
loop Start 2
  outer Call 3
    inner Inline 2
    inner Inline 1
      handler Call 1
  outer Call 1
    inner Inline 1",
    );
}

#[test]
fn lines_are_told_for_the_author_s_code_only() {
    let steps = [(LOOP, 0x900), (OUTER, 0x8f8), (INLINED, 0x8e0)].map(|(pc, sp)| Step { pc, sp });
    let tree = tree(&steps, &[], &Invented::new());
    let lines: Vec<_> = tree.path.iter().map(|run| run.line).collect();
    assert_eq!(lines, [None, None, Some(9)]);
}

#[test]
fn nothing_stepped_is_no_tree() {
    assert_eq!(tree(&[], &[], &Invented::new()), Tree::default());
}
