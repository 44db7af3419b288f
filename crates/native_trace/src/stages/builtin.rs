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
    let ends = bytecodes.iter().skip(1).copied().chain([(tree.frames.len(), "")]);
    let all =
        bytecodes.iter().zip(ends).map(|((from, name), (to, next))| (*name, &tree.frames[*from..to], next));
    let only_calls = all.clone().any(|(name, frames, _)| calls(tree, name, frames));
    let own = all
        .filter(|(name, frames, next)| (!only_calls || calls(tree, name, frames)) && !python::begins(next))
        .map(|(_, frames, _)| (frames.iter().filter(|frame| **frame != 0).count(), frames));
    let (steps, frames) = own.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    let called =
        |frame: &&u32| **frame != 0 && tree.language(**frame) == Language::Cpython && !chooses(tree, **frame);
    let node = *frames.iter().find(called)?;
    Some(BuiltinCall { node, steps })
}

/// Whether a bytecode calls something: by its name, and where it has none, by what it enters.
fn calls(tree: &Tree, name: &str, frames: &[u32]) -> bool {
    match name {
        "" => frames.iter().any(|frame| chooses(tree, *frame)),
        name => CALLING.iter().any(|start| name.starts_with(start)),
    }
}

fn chooses(tree: &Tree, node: u32) -> bool {
    CHOOSING.iter().any(|start| tree.name(node).starts_with(start))
}
