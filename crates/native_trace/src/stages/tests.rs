//! Stages of hand-made calls. The tree is given, so that nothing but the rules is tested; every step has its own address.

use std::collections::HashMap;

use super::*;
use crate::{
    Entry::{Call, Inline, Start, Tail},
    Function,
    Language::{Cpython, Macro, Native, Pyo3, User},
    Node,
    Stage::{Choose, Enter, Jump, LookUp, Return, Unpack, Work, Wrap},
    invented::{function, spans},
    symbols::Place,
};

/// Name, language, how it was entered and from which node, which is 0 for the first.
type Row = (&'static str, Language, Entry, u32);

/// What is known about the first step of several in one node.
#[derive(Clone, Copy)]
enum Mark {
    Plain,
    Opcode(&'static str),
    Branch(Branch),
}

use Mark::{Opcode, Plain};
const IF: Mark = Mark::Branch(Branch::Condition);
const DISPATCH: Mark = Mark::Branch(Branch::Dispatch);

#[derive(Default)]
struct Invented {
    opcodes: HashMap<u64, &'static str>,
    branches: HashMap<u64, Branch>,
}

impl Symbols for Invented {
    fn place(&self, _: u64) -> &Place {
        unreachable!("the tree is given")
    }
    fn function(&self, _: u32) -> &Function {
        unreachable!("the tree is given")
    }
    fn opcode(&self, pc: u64) -> Option<&str> {
        self.opcodes.get(&pc).copied()
    }
    fn branch(&self, pc: u64) -> Option<Branch> {
        self.branches.get(&pc).copied()
    }
}

/// Checks the stages of a walk: so many steps in a node.
#[track_caller]
fn check(rows: &[Row], walk: &[(u32, usize, Mark)], expected: &[(Stage, u32)]) {
    let mut tree = Tree::default();
    for (node, (name, language, entry, parent)) in (0..).zip(rows) {
        tree.functions.push(function(name, *language));
        let parent = (node > 0).then_some(*parent);
        tree.nodes.push(Node { function: node, parent, entry: *entry });
    }
    let mut symbols = Invented::default();
    for (node, count, mark) in walk {
        let pc = tree.innermost.len() as u64;
        match *mark {
            Plain => {}
            Opcode(name) => drop(symbols.opcodes.insert(pc, name)),
            Mark::Branch(branch) => drop(symbols.branches.insert(pc, branch)),
        }
        let mut frame = *node;
        while let (Inline, Some(parent)) =
            (tree.nodes[frame as usize].entry, tree.nodes[frame as usize].parent)
        {
            frame = parent;
        }
        tree.innermost.extend(std::iter::repeat_n(*node, *count));
        tree.frames.extend(std::iter::repeat_n(frame, *count));
    }
    let steps: Vec<Step> = (0..tree.innermost.len() as u64).map(|pc| Step { pc, sp: 0 }).collect();
    assert_eq!(stages(&steps, &tree, &symbols), spans(expected));
}

const PYO3: [Row; 7] = [
    ("loop", Cpython, Start, 0),
    ("cfunction_vectorcall_FASTCALL_KEYWORDS", Cpython, Call, 0),
    ("pyo3::impl_::trampoline::fastcall", Pyo3, Call, 1),
    ("rusty::__pyfunction_f", Macro, Call, 2),
    ("pyo3::impl_::extract_argument::extract", Pyo3, Call, 3),
    ("rusty::f", User, Inline, 3),
    ("PyLong_FromLong", Cpython, Call, 3),
];

/// From the trampoline to the interpreter's next bytecode: enter 3, unpack 6, work 1, wrap 4, return 5.
const BELOW: [(u32, usize, Mark); 9] = [
    (2, 3, Plain),
    (3, 2, Plain),
    (4, 4, Plain),
    (5, 1, Plain),
    (6, 3, Plain),
    (3, 1, Plain),
    (2, 2, Plain),
    (1, 1, Plain),
    (0, 2, Plain),
];

#[track_caller]
fn check_pyo3(above: &[(u32, usize, Mark)], expected: [(Stage, u32); 3]) {
    let below = [(Enter, 3), (Unpack, 6), (Work, 1), (Wrap, 4), (Return, 5)];
    check(&PYO3, &[above, &BELOW].concat(), &[&expected[..], &below].concat());
}

#[test]
fn the_eight_stages_follow_one_another() {
    let above = [
        (0, 3, Opcode("LOAD_GLOBAL")),
        (0, 2, Opcode("CALL")),
        (0, 1, IF),
        (1, 2, Plain),
        (1, 1, IF),
        (1, 2, Plain),
    ];
    check_pyo3(&above, [(LookUp, 3), (Choose, 6), (Jump, 2)]);
}

#[test]
fn a_call_of_two_bytecodes_begins_with_the_first() {
    let above = [
        (0, 3, Opcode("LOAD_GLOBAL")),
        (0, 2, Opcode("PRECALL")),
        (0, 2, Opcode("CALL")),
        (0, 1, IF),
        (1, 2, Plain),
    ];
    check_pyo3(&above, [(LookUp, 3), (Choose, 5), (Jump, 2)]);
}

#[test]
fn bytecodes_without_names_begin_where_the_loop_dispatches() {
    let above = [
        (0, 2, Plain),
        (0, 1, DISPATCH),
        (0, 2, Plain),
        (0, 1, DISPATCH),
        (0, 4, Plain),
        (1, 1, IF),
        (1, 3, Plain),
    ];
    check_pyo3(&above, [(LookUp, 6), (Choose, 5), (Jump, 3)]);
}

#[test]
fn a_builtin_works_from_its_first_instruction_on() {
    let rows = [
        ("loop", Cpython, Start, 0),
        ("builtin_abs", Cpython, Call, 0),
        ("PyNumber_Absolute", Cpython, Tail, 1),
        ("PyLong_FromLong", Cpython, Call, 2),
    ];
    let walk = [
        (0, 2, Opcode("LOAD_CONST")),
        (0, 2, Opcode("CALL")),
        (0, 1, IF),
        (0, 1, Plain),
        (1, 3, Plain),
        (2, 4, Plain),
        (3, 2, Plain),
        (2, 1, Plain),
        (0, 1, Opcode("POP_TOP")),
    ];
    check(&rows, &walk, &[(LookUp, 2), (Choose, 3), (Jump, 1), (Work, 7), (Wrap, 3), (Return, 1)]);
}

#[test]
fn a_builtin_is_not_what_only_finds_out_how_to_call() {
    let rows = [
        ("loop", Cpython, Start, 0),
        ("PyObject_Vectorcall", Cpython, Call, 0),
        ("builtin_len", Cpython, Call, 1),
    ];
    let walk = [
        (0, 2, Opcode("LOAD_CONST")),
        (0, 2, Opcode("CALL")),
        (1, 1, IF),
        (1, 2, Plain),
        (2, 5, Plain),
        (1, 1, Plain),
        (0, 1, Plain),
    ];
    check(&rows, &walk, &[(LookUp, 2), (Choose, 3), (Jump, 2), (Work, 5), (Return, 2)]);
}

/// A function of Python runs in the loop; what it does last is to give its frame back.
const PYTHON: [Row; 3] =
    [("loop", Cpython, Start, 0), ("_PyLong_Add", Cpython, Call, 0), ("_PyFrame_Clear", Cpython, Call, 0)];

#[test]
fn a_function_of_python_has_no_door() {
    let walk = [
        (0, 3, Opcode("LOAD_GLOBAL")),
        (0, 2, Opcode("PRECALL_PYFUNC")),
        (0, 4, Opcode("CALL_PY_EXACT_ARGS")),
        (0, 1, Opcode("RESUME_QUICK")),
        (0, 2, Opcode("BINARY_OP_ADD_INT")),
        (1, 7, Plain),
        (0, 2, Opcode("RETURN_VALUE")),
        (2, 9, Plain),
        (0, 1, Opcode("POP_TOP")),
    ];
    check(&PYTHON, &walk, &[(LookUp, 3), (Choose, 6), (Work, 10), (Return, 12)]);
}

#[test]
fn what_finds_a_function_of_python_is_not_what_is_called() {
    let rows = [("loop", Cpython, Start, 0), ("_PyDict_LoadGlobal", Cpython, Call, 0)];
    let walk = [
        (0, 2, Opcode("LOAD_GLOBAL")),
        (1, 90, Plain),
        (0, 2, Opcode("CALL")),
        (1, 70, Plain),
        (0, 1, Opcode("RESUME")),
        (0, 2, Opcode("RETURN_VALUE")),
    ];
    check(&rows, &walk, &[(LookUp, 92), (Choose, 72), (Work, 1), (Return, 2)]);
}

#[test]
fn what_a_function_of_python_calls_is_its_work() {
    let walk = [
        (0, 2, Opcode("CALL")),
        (0, 1, Opcode("MAKE_CELL")),
        (0, 1, Opcode("COPY_FREE_VARS")),
        (0, 1, Opcode("RESUME")),
        (0, 2, Opcode("CALL_PY_EXACT_ARGS")),
        (0, 1, Opcode("RESUME_CHECK")),
        (0, 2, Opcode("RETURN_CONST")),
        (0, 3, Opcode("RETURN_VALUE")),
        (2, 2, Plain),
    ];
    check(&PYTHON, &walk, &[(Choose, 2), (Work, 8), (Return, 5)]);
}

#[test]
fn a_function_of_python_that_raises_never_goes_back() {
    let walk = [(0, 2, Opcode("CALL")), (0, 1, Opcode("RESUME")), (0, 3, Opcode("RAISE_VARARGS"))];
    check(&PYTHON, &walk, &[(Choose, 2), (Work, 4)]);
}

#[test]
fn the_longer_call_is_what_a_statement_is_about() {
    let rows = [("loop", Cpython, Start, 0), ("builtin_print", Cpython, Call, 0)];
    let walk = [
        (0, 2, Opcode("CALL_PY_EXACT_ARGS")),
        (0, 3, Opcode("RESUME")),
        (0, 2, Opcode("RETURN_VALUE")),
        (0, 2, Opcode("CALL")),
        (0, 1, IF),
        (0, 1, Plain),
        (1, 9, Plain),
        (0, 1, Opcode("POP_TOP")),
    ];
    check(&rows, &walk, &[(LookUp, 7), (Choose, 3), (Jump, 1), (Work, 9), (Return, 1)]);
}

#[test]
fn a_bytecode_without_a_name_calls_if_it_chooses_how() {
    let rows = [
        ("loop", Cpython, Start, 0),
        ("python3.11+0x4fee40", Cpython, Call, 0),
        ("PyObject_Vectorcall", Cpython, Call, 0),
        ("python3.11+0x5da8e0", Cpython, Call, 2),
    ];
    let walk = [
        (0, 1, DISPATCH),
        (0, 2, Plain),
        (1, 90, Plain),
        (0, 1, DISPATCH),
        (0, 2, Plain),
        (2, 1, IF),
        (2, 2, Plain),
        (3, 9, Plain),
        (0, 1, Plain),
    ];
    check(&rows, &walk, &[(LookUp, 94), (Choose, 3), (Jump, 2), (Work, 9), (Return, 1)]);
}

#[test]
fn a_statement_that_calls_nothing_only_looks_up() {
    let walk = [(0, 3, Opcode("LOAD_CONST")), (0, 2, Opcode("POP_TOP"))];
    check(&[("loop", Cpython, Start, 0)], &walk, &[(LookUp, 5)]);
}

#[test]
fn what_the_author_calls_is_the_author_s_work() {
    let rows = [
        ("loop", Cpython, Start, 0),
        ("rusty::f", User, Call, 0),
        ("PyLong_AsLong", Cpython, Call, 1),
        ("PyLong_FromLong", Cpython, Call, 1),
    ];
    let walk =
        [(0, 1, Opcode("CALL")), (1, 2, Plain), (2, 3, Plain), (3, 3, Plain), (1, 1, Plain), (0, 1, Plain)];
    check(&rows, &walk, &[(Jump, 1), (Work, 9), (Return, 1)]);
}

#[test]
fn doors_are_enough_for_an_extension_without_names() {
    let rows = [
        ("loop", Cpython, Start, 0),
        ("fast.so+0x1000", Native, Call, 0),
        ("PyLong_AsLong", Cpython, Call, 1),
        ("PyLong_FromLong", Cpython, Call, 1),
    ];
    let walk = [
        (0, 1, Opcode("CALL")),
        (1, 2, Plain),
        (2, 3, Plain),
        (1, 4, Plain),
        (3, 3, Plain),
        (1, 1, Plain),
        (0, 1, Plain),
    ];
    check(&rows, &walk, &[(Jump, 1), (Enter, 2), (Unpack, 3), (Work, 4), (Wrap, 4), (Return, 1)]);
}

#[test]
fn an_exception_is_what_the_result_is_wrapped_in() {
    let mut rows = PYO3;
    rows[6] = ("pyo3::err::PyErr::restore", Pyo3, Call, 2);
    let walk = [&[(0, 2, Opcode("CALL")), (1, 1, IF)][..], &BELOW].concat();
    let below = [(Enter, 3), (Unpack, 6), (Work, 1), (Wrap, 4), (Return, 5)];
    check(&rows, &walk, &[&[(Choose, 2), (Jump, 1)][..], &below].concat());
}
