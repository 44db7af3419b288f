//! Circles of a graph: the largest sets whose members all know each other, some by way of others.

use std::collections::{BTreeMap, BTreeSet};

/// The circles that these edges make, each in the order of its names.
pub fn circles<'a>(edges: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Vec<&'a str>> {
    let mut known = BTreeMap::<&str, BTreeSet<&str>>::new();
    for (from, to) in edges {
        known.entry(from).or_default().insert(to);
    }
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        known.keys().map(|node| (*node, reached(&known, node))).collect();
    let mut circles = BTreeSet::new();
    for (node, others) in &reached {
        let circle: Vec<&str> = others
            .iter()
            .filter(|other| reached.get(*other).is_some_and(|back| back.contains(node)))
            .copied()
            .collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

/// All that can be reached from a node.
fn reached<'a>(known: &BTreeMap<&'a str, BTreeSet<&'a str>>, from: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next = vec![from];
    while let Some(node) = next.pop() {
        for other in known.get(node).into_iter().flatten() {
            if reached.insert(*other) {
                next.push(*other);
            }
        }
    }
    reached
}
