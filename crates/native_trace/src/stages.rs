//! The stages of the journey, by rules that need no more than exported names, where the extension is entered, and the
//! order of things. So an interpreter without symbols has the same stages as one with all of them.

mod builtin;
mod python;

use crate::{
    Entry, Language, Stage, StageSpan, Step,
    symbols::{Branch, Symbols},
    tree::Tree,
};
use builtin::builtin_call;
use python::longest_call;

/// What functions of an extension, or of the interpreter for it, are there for. The outermost function that a row names
/// decides; a function of the author comes before all rows.
const PURPOSES: [(Name, Stage); 33] = [
    (Name::Part("extract_argument"), Stage::Unpack),
    (Name::Part("FromPyObject"), Stage::Unpack),
    (Name::Part("try_borrow"), Stage::Unpack),
    (Name::Part("argument_loader"), Stage::Unpack),
    (Name::Start("PyArg_"), Stage::Unpack),
    (Name::Start("_PyArg_"), Stage::Unpack),
    (Name::Start("CPyArg_"), Stage::Unpack),
    (Name::Start("PyLong_As"), Stage::Unpack),
    (Name::Start("PyFloat_As"), Stage::Unpack),
    (Name::Start("PyUnicode_As"), Stage::Unpack),
    (Name::Start("PyBytes_As"), Stage::Unpack),
    (Name::Start("PyNumber_Index"), Stage::Unpack),
    (Name::Start("PyNumber_Long"), Stage::Unpack),
    (Name::Start("PyNumber_Float"), Stage::Unpack),
    (Name::Start("PyObject_IsTrue"), Stage::Unpack),
    (Name::Start("__Pyx_PyInt_As"), Stage::Unpack),
    (Name::Start("__Pyx_PyLong_As"), Stage::Unpack),
    (Name::Part("IntoPyObject"), Stage::Wrap),
    (Name::Part("pyo3::impl_::wrap"), Stage::Wrap),
    (Name::Part("PyClassInitializer"), Stage::Wrap),
    (Name::Part("PyErr::restore"), Stage::Wrap),
    (Name::Part("PyErrState::restore"), Stage::Wrap),
    (Name::Part("raise_lazy"), Stage::Wrap),
    (Name::Part("from_panic_payload"), Stage::Wrap),
    (Name::Start("PyLong_From"), Stage::Wrap),
    (Name::Start("_PyLong_From"), Stage::Wrap),
    (Name::Start("PyFloat_From"), Stage::Wrap),
    (Name::Start("PyUnicode_From"), Stage::Wrap),
    (Name::Start("PyBytes_From"), Stage::Wrap),
    (Name::Start("PyBool_From"), Stage::Wrap),
    (Name::Start("PyErr_Set"), Stage::Wrap),
    (Name::Start("PyErr_Restore"), Stage::Wrap),
    (Name::Start("PyErr_Format"), Stage::Wrap),
];

/// CPython 3.11 has two bytecodes for a call; this is the beginning of the first one's names.
const PREPARING: &str = "PRECALL";

/// How a function's name is recognised.
enum Name {
    Start(&'static str),
    Part(&'static str),
}

/// The stages of the steps, without gaps.
pub(crate) fn stages(steps: &[Step], tree: &Tree, symbols: &impl Symbols) -> Vec<StageSpan> {
    let bytecodes = bytecodes(steps, tree, symbols);
    let name = |at: usize| symbols.opcode(steps[at].pc).unwrap_or_default();
    let named: Vec<_> = bytecodes.iter().map(|at| (*at, name(*at))).collect();
    let (python, builtin) = (longest_call(&named, steps.len()), builtin_call(tree, &named));
    let builtin = builtin.filter(|builtin| python.as_ref().is_none_or(|python| python.len() < builtin.steps));
    let mut begins = vec![(0, Stage::LookUp)];
    if let Some(entry) = extension_entry(tree).or(builtin.map(|builtin| builtin.node)) {
        let callee = Callee::of(entry, tree);
        let call = call_before(&named, callee.begin);
        begins.push((call, Stage::Choose));
        begins.push((last_decision(steps, tree, symbols, call..callee.begin), Stage::Jump));
        begins.extend(callee.stages(tree));
    } else if let Some(python) = python {
        begins.push((call_before(&named, python.start.saturating_sub(1)), Stage::Choose));
        begins.extend([(python.start, Stage::Work), (python.end, Stage::Return)]);
    }
    spans(&begins, steps.len())
}

/// Where the bytecode begins, or the first of two, that is being executed at a step.
fn call_before(bytecodes: &[(usize, &str)], step: usize) -> usize {
    match &bytecodes[..bytecodes.partition_point(|(at, _)| *at <= step)] {
        [.., (first, name), _] if name.starts_with(PREPARING) => *first,
        [.., (last, _)] => *last,
        [] => 0,
    }
}

/// The steps at which the first function begins another bytecode.
fn bytecodes(steps: &[Step], tree: &Tree, symbols: &impl Symbols) -> Vec<usize> {
    let in_loop = |at: usize| tree.frames[at] == 0;
    let named = |at: usize| symbols.opcode(steps[at].pc).is_some();
    let all: Vec<usize> = (0..steps.len()).filter(|at| in_loop(*at) && named(*at)).collect();
    if !all.is_empty() {
        return all;
    }
    let dispatched = |at: &usize| symbols.branch(steps[at - 1].pc) == Some(Branch::Dispatch);
    (1..steps.len()).filter(|at| in_loop(*at) && in_loop(at - 1) && dispatched(at)).collect()
}

/// The first function of an extension that the interpreter enters.
fn extension_entry(tree: &Tree) -> Option<u32> {
    let nodes = 0..tree.nodes.len() as u32;
    nodes.into_iter().find(|node| is_frame(tree, *node) && is_extension(tree.language(*node)))
}

/// Where the caller's last straight line of instructions before a call begins, after its last decision.
fn last_decision(
    steps: &[Step],
    tree: &Tree,
    symbols: &impl Symbols,
    before: std::ops::Range<usize>,
) -> usize {
    let Some(last) = before.clone().next_back() else { return before.end };
    let straight =
        |at: &usize| tree.frames[*at] == tree.frames[last] && symbols.branch(steps[*at].pc).is_none();
    before.rev().take_while(straight).last().unwrap_or(last)
}

/// The steps of a called function and everything below it.
struct Callee {
    node: u32,
    begin: usize,
    end: usize,
    /// By node: what it is there for; nothing for nodes outside.
    purposes: Vec<Option<Stage>>,
}

impl Callee {
    fn of(node: u32, tree: &Tree) -> Self {
        let mut inside = vec![false; tree.nodes.len()];
        let mut purposes = vec![None; tree.nodes.len()];
        inside[node as usize] = true;
        for at in node as usize..tree.nodes.len() {
            let above = tree.nodes[at].parent.filter(|_| at != node as usize).map(|parent| parent as usize);
            inside[at] |= above.is_some_and(|parent| inside[parent]);
            if inside[at] {
                purposes[at] = above.and_then(|parent| purposes[parent]).or_else(|| purpose(tree, at as u32));
            }
        }
        let within = |step: &u32| inside[*step as usize];
        let begin = tree.innermost.iter().position(within).unwrap_or(0);
        let end = tree.innermost.iter().rposition(within).map_or(begin, |last| last + 1);
        Self { node, begin, end, purposes }
    }

    /// The stages from its begin on.
    fn stages(&self, tree: &Tree) -> Vec<(usize, Stage)> {
        let first = |stage, from| self.steps(tree, stage).find(|at| *at >= from);
        let last = |stage, to| self.steps(tree, stage).take_while(|at| *at < to).last().map(|at| at + 1);
        let wrapper = self.wrapper(tree);
        let worked = last(Stage::Work, self.end);
        let wrap = first(Stage::Wrap, worked.unwrap_or_else(|| last(Stage::Unpack, self.end).unwrap_or(0)));
        let unpacked = last(Stage::Unpack, worked.or(wrap).unwrap_or(self.end));
        let unpack = wrapper
            .map(|(begin, _)| begin)
            .or_else(|| first(Stage::Unpack, 0))
            .filter(|_| unpacked.is_some());
        let known = first(Stage::Work, unpacked.unwrap_or(0)).or_else(|| first(Stage::Work, 0));
        // A function of the interpreter has no doors; another one without names works between them.
        let builtin = (!is_extension(tree.language(self.node)) && unpacked.is_none()).then_some(self.begin);
        let work = known.or(unpacked).or(builtin);
        let back = wrapper.map_or(self.end, |(_, end)| end).max(last(Stage::Wrap, self.end).unwrap_or(0));
        [
            (Some(self.begin), Stage::Enter),
            (unpack, Stage::Unpack),
            (work, Stage::Work),
            (wrap, Stage::Wrap),
            (Some(back), Stage::Return),
        ]
        .into_iter()
        .filter_map(|(at, stage)| Some((at?, stage)))
        .collect()
    }

    fn steps(&self, tree: &Tree, stage: Stage) -> impl Iterator<Item = usize> {
        let inside = tree.innermost[self.begin..self.end].iter().enumerate();
        inside
            .filter(move |(_, node)| self.purposes[**node as usize] == Some(stage))
            .map(|(at, _)| self.begin + at)
    }

    /// The steps of what PyO3's macros wrote for the function.
    fn wrapper(&self, tree: &Tree) -> Option<(usize, usize)> {
        let mut inside = vec![false; tree.nodes.len()];
        for at in self.node as usize..tree.nodes.len() {
            let above = tree.nodes[at].parent.is_some_and(|parent| inside[parent as usize]);
            inside[at] = above || tree.language(at as u32) == Language::Macro;
        }
        let own = &tree.innermost[self.begin..self.end];
        let begin = own.iter().position(|node| inside[*node as usize])?;
        let length = own[begin..].iter().rposition(|node| inside[*node as usize])? + 1;
        Some((self.begin + begin, self.begin + begin + length))
    }
}

fn purpose(tree: &Tree, node: u32) -> Option<Stage> {
    if tree.language(node) == Language::User {
        return Some(Stage::Work);
    }
    let name = tree.name(node);
    let named = |row: &&(Name, Stage)| match row.0 {
        Name::Start(start) => name.starts_with(start),
        Name::Part(part) => name.contains(part),
    };
    PURPOSES.iter().find(named).map(|(_, stage)| *stage)
}

fn is_frame(tree: &Tree, node: u32) -> bool {
    matches!(tree.nodes[node as usize].entry, Entry::Call | Entry::Tail)
}

fn is_extension(language: Language) -> bool {
    use Language::{Cpython, Libc, Loader, Plt, Unknown};
    !matches!(language, Cpython | Libc | Loader | Plt | Unknown)
}

/// Spans from where each stage begins; one that begins before the one ahead of it, or where the next does, is missing.
fn spans(begins: &[(usize, Stage)], end: usize) -> Vec<StageSpan> {
    let mut spans: Vec<StageSpan> = Vec::new();
    let mut at = end;
    for (begin, stage) in begins.iter().rev() {
        if *begin < at {
            spans.push(StageSpan { stage: *stage, at: *begin as u32, instructions: (at - begin) as u32 });
            at = *begin;
        }
    }
    spans.reverse();
    spans
}

#[cfg(test)]
mod tests;
