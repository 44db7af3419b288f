//! Stacks as tools for flame graphs read them: names from the outside in, separated by semicolons, and a count.

use std::{collections::BTreeMap, fmt::Write};

use crate::Trace;

/// One line per stack, inlined functions included, in the order of names.
pub fn folded(trace: &Trace) -> String {
    let mut stacks: BTreeMap<String, u32> = BTreeMap::new();
    for (node, own) in trace.own_instructions().into_iter().enumerate().filter(|(_, own)| *own > 0) {
        *stacks.entry(stack(trace, node as u32)).or_default() += own;
    }
    stacks.iter().fold(String::new(), |mut out, (stack, count)| {
        let _ = writeln!(out, "{stack} {count}");
        out
    })
}

fn stack(trace: &Trace, node: u32) -> String {
    let above = std::iter::successors(Some(node), |node| trace.nodes.get(*node as usize)?.parent);
    let mut names: Vec<String> = above.map(|node| trace.name(node).replace(';', ",")).collect();
    names.reverse();
    names.join(";")
}
