//! What of a tree is worth a line.

use crate::{Entry, Language, Trace};

/// A line of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// A function.
    Shown { node: u32, depth: usize },
    /// Functions that are not shown, below the one above.
    Folded { depth: usize, functions: u32, instructions: u32 },
}

/// A function whose subtree has more functions than this, none of them the author's, stands for all of them.
const LARGEST_OF_OTHERS: u32 = 12;

/// The lines of the tree in order. All nodes, or else without what is inlined and what is no more than plumbing.
pub(super) fn outline(trace: &Trace, all: bool) -> Vec<Line> {
    let hidden = if all { vec![Hidden::No; trace.nodes.len()] } else { hidden(trace) };
    let own = trace.own_instructions();
    let children = children(trace);
    let mut lines: Vec<Line> = Vec::new();
    // The last is next; recursion would end where the traced program's own does.
    let mut open: Vec<(u32, usize)> = vec![(0, 0)];
    while let Some((node, depth)) = open.pop() {
        let Some(hide) = hidden.get(node as usize) else { break };
        let below = match hide {
            Hidden::No => {
                lines.push(Line::Shown { node, depth });
                depth + 1
            }
            Hidden::Through => depth,
            Hidden::Folded => {
                let entered = u32::from(is_function(trace, node));
                fold_into(&mut lines, depth, entered, own[node as usize]);
                depth
            }
        };
        open.extend(children[node as usize].iter().rev().map(|child| (*child, below)));
    }
    lines
}

/// Why a node has no line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hidden {
    No,
    /// It has none, and what is below may.
    Through,
    /// It is counted with its neighbours.
    Folded,
}

fn hidden(trace: &Trace) -> Vec<Hidden> {
    let count = trace.nodes.len();
    let mut authors = vec![false; count];
    let mut matters = vec![false; count];
    let mut functions = vec![0_u32; count];
    for at in (0..count).rev() {
        let node = at as u32;
        // Whatever another extension is written in, it is what somebody wants to see.
        authors[at] |= matches!(trace.language(node), Language::User | Language::Macro | Language::Native);
        matters[at] |= authors[at] || is_function(trace, node) && !is_plumbing(trace.language(node));
        functions[at] += u32::from(is_function(trace, node));
        if let Some(parent) =
            trace.nodes[at].parent.map(|parent| parent as usize).filter(|parent| *parent < at)
        {
            authors[parent] |= authors[at];
            matters[parent] |= matters[at];
            functions[parent] += functions[at];
        }
    }
    let mut hidden: Vec<Hidden> = Vec::with_capacity(count);
    let mut inside_large = vec![false; count];
    for at in 0..count {
        let node = trace.nodes[at];
        let language = trace.language(at as u32);
        let parent = node.parent.map(|parent| parent as usize).filter(|parent| *parent < at);
        inside_large[at] = parent.is_some_and(|parent| {
            let large = parent != 0 && functions[parent] > LARGEST_OF_OTHERS;
            let heads = hidden[parent] == Hidden::No && !authors[parent] && large;
            inside_large[parent] || heads
        });
        let own_line = match node.entry {
            Entry::Inline => matches!(language, Language::User | Language::Macro),
            _ => !is_plumbing(language) || node.parent.is_none(),
        };
        hidden.push(match (inside_large[at], own_line, matters[at]) {
            (true, ..) => Hidden::Folded,
            (_, true, _) => Hidden::No,
            (_, false, _) if node.entry == Entry::Inline => Hidden::Through,
            (_, false, true) => Hidden::Through,
            _ => Hidden::Folded,
        });
    }
    hidden
}

fn fold_into(lines: &mut Vec<Line>, at: usize, entered: u32, count: u32) {
    match lines.last_mut() {
        Some(Line::Folded { depth, functions, instructions }) if *depth == at => {
            *functions += entered;
            *instructions += count;
        }
        _ => lines.push(Line::Folded { depth: at, functions: entered, instructions: count }),
    }
}

fn is_function(trace: &Trace, node: u32) -> bool {
    trace.nodes[node as usize].entry != Entry::Inline && trace.language(node) != Language::Plt
}

fn is_plumbing(language: Language) -> bool {
    matches!(language, Language::Libc | Language::Loader | Language::Plt | Language::Std | Language::Unknown)
}

fn children(trace: &Trace) -> Vec<Vec<u32>> {
    let mut children = vec![Vec::new(); trace.nodes.len()];
    for (at, node) in trace.nodes.iter().enumerate() {
        if let Some(parent) = node.parent.and_then(|parent| children.get_mut(parent as usize)) {
            parent.push(at as u32);
        }
    }
    children
}
