//! A call of a function that is the interpreter's own.

use super::python;
use crate::{Language, tree::Tree};

/// Functions of the interpreter that find out how to call something and are not what is called.
const CHOOSING: [&str; 12] = [
    "PyObject_Vectorcall",
    "_PyObject_Vectorcall",
    "_PyObject_MakeTpCall",
    "_PyObject_Call",
    "PyObject_Call",
    "PyVectorcall_",
    "_PyVectorcall_",
    "cfunction_",
    "method_vectorcall",
    "vectorcall_",
    "slot_",
    "type_call",
];

/// The bytecodes that call something, by the beginning of their names. Where one is executed, others only serve it, even if
/// they take longer, as a first look-up of a name does.
const CALLING: [&str; 2] = ["CALL", "PRECALL"];

/// A function of the interpreter that a bytecode calls.
pub(super) struct BuiltinCall {
    pub node: u32,
    /// How many steps the bytecode spends outside of the loop.
    pub steps: usize,
}

/// The call of the bytecode that calls the most. `bytecodes` are steps and names.
pub(super) fn builtin_call(tree: &Tree, bytecodes: &[(usize, &str)]) -> Option<BuiltinCall> {
    let calls = |name: &str| CALLING.iter().any(|start| name.starts_with(start));
    let only_calls = bytecodes.iter().any(|(_, name)| calls(name));
    let next = bytecodes.iter().skip(1).copied().chain([(tree.frames.len(), "")]);
    let ranges = bytecodes
        .iter()
        .zip(next)
        .filter(|((_, name), (_, next))| (calls(name) || !only_calls) && !python::begins(next));
    let work = |from: usize, to: usize| tree.frames[from..to].iter().filter(|frame| **frame != 0).count();
    let sizes = ranges.map(|((from, _), (to, _))| (work(*from, to), *from, to));
    let (steps, from, to) = sizes.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    let called = |frame: &&u32| {
        let name = tree.name(**frame);
        let chooses = CHOOSING.iter().any(|start| name.starts_with(start));
        **frame != 0 && tree.language(**frame) == Language::Cpython && !chooses
    };
    let node = *tree.frames[from..to].iter().find(called)?;
    Some(BuiltinCall { node, steps })
}
