//! From steps to a call tree: a shadow stack keyed by the stack pointer at entry.
//!
//! Returns are not counted. A frame is left when the stack pointer rises above the one it was entered with, which is so
//! for `ret`, for unwinding past any number of frames, and for `longjmp`.

use std::collections::HashMap;

use crate::{
    Entry, Function, Language, Node, Run, Step,
    symbols::{Place, Symbols},
};

/// The call tree of consecutive steps and the path through it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tree {
    pub nodes: Vec<Node>,
    pub functions: Vec<Function>,
    pub path: Vec<Run>,
    /// By step: the innermost node, inlined ones included.
    pub innermost: Vec<u32>,
    /// By step: the node whose frame the instruction runs in.
    pub frames: Vec<u32>,
    /// Nodes that were left, with the step after it.
    pub left: Vec<(usize, u32)>,
}

impl Tree {
    pub(crate) fn language(&self, node: u32) -> Language {
        self.function(node).language
    }

    pub(crate) fn name(&self, node: u32) -> &str {
        &self.function(node).name
    }

    fn function(&self, node: u32) -> &Function {
        &self.functions[self.nodes[node as usize].function as usize]
    }
}

/// Builds the tree. The first step is in the function that stays below everything else.
///
/// `signals` names the steps before which a signal was delivered.
pub(crate) fn tree(steps: &[Step], signals: &[usize], symbols: &impl Symbols) -> Tree {
    let Some(first) = steps.first() else { return Tree::default() };
    let mut growing = Growing {
        symbols,
        tree: Tree::default(),
        stack: Vec::new(),
        inlined: HashMap::new(),
        functions: HashMap::new(),
    };
    // Nothing is above the first function: it is left by the end of the steps only.
    growing.push(None, Entry::Start, first.pc, u64::MAX);
    growing.walk(0, first);
    for (at, pair) in steps.windows(2).enumerate() {
        growing.step(at + 1, &pair[0], &pair[1], signals.contains(&(at + 1)));
    }
    growing.tree
}

struct Growing<'a, S> {
    symbols: &'a S,
    tree: Tree,
    stack: Vec<Frame>,
    /// The node of an inlined function, by the node it is inlined into, the function, and the line of its call.
    inlined: HashMap<(u32, u32, Option<u32>), u32>,
    functions: HashMap<u32, u32>,
}

/// A frame of the shadow stack.
struct Frame {
    node: u32,
    body: u32,
    /// The stack pointer at the first instruction.
    entry: u64,
    /// Whether it is in a linkage table, from where every jump leads elsewhere.
    stub: bool,
}

impl<S: Symbols> Growing<'_, S> {
    fn step(&mut self, at: usize, before: &Step, now: &Step, signal: bool) {
        if signal {
            // The handler returns to a stub of the C library, which is one word higher and still the signal's.
            self.push(Some(at), Entry::Signal, now.pc, now.sp.saturating_add(8));
        } else if self.called(before, now) {
            self.push(Some(at), Entry::Call, now.pc, now.sp);
        } else if !self.leave(at, now) {
            self.tail(at, now);
        }
        self.walk(at, now);
    }

    /// Leaves the frames that are below the stack pointer; says whether there were any.
    fn leave(&mut self, at: usize, now: &Step) -> bool {
        if self.is_about_to_land(now) {
            return false;
        }
        let mut left = None;
        while let Some(frame) = self.stack.pop_if(|frame| now.sp > frame.entry) {
            left = Some(frame.node);
        }
        self.tree.left.extend(left.map(|node| (at, node)));
        left.is_some()
    }

    /// Whether the stack pointer is already where the function goes on that is jumped to: the unwinder and `longjmp` move it
    /// first, and their last instruction is still theirs.
    fn is_about_to_land(&self, now: &Step) -> bool {
        let body = self.symbols.place(now.pc).body;
        let lands = self.stack.iter().rfind(|frame| now.sp <= frame.entry);
        let [.., frame] = &self.stack[..] else { return false };
        frame.body == body && lands.is_some_and(|lands| lands.body != body)
    }

    /// Whether the instruction before was a call: it put the return address on the stack and went elsewhere. A `push` goes
    /// on with the next instruction, which is at most 15 bytes away and, other than a small function that happens to begin
    /// there, in the same body.
    fn called(&self, before: &Step, now: &Step) -> bool {
        let next = before.pc + 1..=before.pc + 15;
        let same = || self.symbols.place(before.pc).body == self.symbols.place(now.pc).body;
        now.sp.checked_add(8) == Some(before.sp) && !(next.contains(&now.pc) && same())
    }

    /// Goes into another function that takes over the frame.
    fn tail(&mut self, at: usize, now: &Step) {
        let body = self.symbols.place(now.pc).body;
        let Some(frame) = self.stack.last() else { return };
        if body == frame.body || !(frame.stub || now.sp == frame.entry) {
            return;
        }
        let entry = frame.entry;
        self.push(Some(at), Entry::Tail, now.pc, entry);
        let above = self.stack.len() - 2;
        self.stack.remove(above);
    }

    fn push(&mut self, at: Option<usize>, how: Entry, pc: u64, entry: u64) {
        let parent = at.and_then(|at| self.tree.innermost.get(at - 1)).copied();
        // A jump is the act of the function that has the frame, wherever in it the jump was inlined from.
        let parent = if how == Entry::Tail { self.stack.last().map(|frame| frame.node) } else { parent };
        let symbols = self.symbols;
        let place = symbols.place(pc);
        let outermost = place.frames[0].function;
        let node = self.node(outermost, parent, how);
        let stub = symbols.function(outermost).language == Language::Plt;
        self.stack.push(Frame { node, body: place.body, entry, stub });
    }

    /// Writes down where the step is.
    fn walk(&mut self, at: usize, now: &Step) {
        debug_assert_eq!(at, self.tree.innermost.len());
        let symbols = self.symbols;
        let place = symbols.place(now.pc);
        let Some((frame, body)) = self.stack.last().map(|frame| (frame.node, frame.body)) else { return };
        let (node, line) = if place.body == body { self.inner(frame, place) } else { (frame, None) };
        self.tree.innermost.push(node);
        self.tree.frames.push(frame);
        match self.tree.path.last_mut() {
            Some(run) if run.node == node && run.line == line => run.instructions += 1,
            _ => self.tree.path.push(Run { node, instructions: 1, line }),
        }
    }

    /// The innermost inlined node and the line in it, if it is the author's.
    fn inner(&mut self, frame: u32, place: &Place) -> (u32, Option<u32>) {
        let mut node = frame;
        for pair in place.frames.windows(2) {
            let key = (node, pair[1].function, pair[0].line);
            node = match self.inlined.get(&key) {
                Some(known) => *known,
                None => {
                    let new = self.node(pair[1].function, Some(node), Entry::Inline);
                    self.inlined.insert(key, new);
                    new
                }
            };
        }
        let innermost = &place.frames[place.frames.len() - 1];
        let own = self.symbols.function(innermost.function).language == Language::User;
        (node, innermost.line.filter(|_| own))
    }

    fn node(&mut self, function: u32, parent: Option<u32>, entry: Entry) -> u32 {
        let functions = &mut self.tree.functions;
        let function = *self.functions.entry(function).or_insert_with(|| {
            functions.push(self.symbols.function(function).clone());
            functions.len() as u32 - 1
        });
        self.tree.nodes.push(Node { function, parent, entry });
        self.tree.nodes.len() as u32 - 1
    }
}

#[cfg(test)]
mod tests;
