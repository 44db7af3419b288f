//! Objects at the doors between languages.

use std::{collections::HashMap, ops::Range};

use crate::{Entry, Language, ObjectSeen, Place, Reading, Role, StepLog, tree::Tree};

/// What was read where a function is entered from, or left to, code in another language.
pub(crate) fn doors(log: &StepLog, window: &Range<usize>, tree: &Tree) -> Vec<ObjectSeen> {
    let left: HashMap<usize, u32> = tree.left.iter().copied().collect();
    let inside = log.readings.iter().filter(|reading| window.contains(&reading.step));
    let seen = inside.filter_map(|reading| {
        let at = reading.step - window.start;
        let (role, index, node) = match reading.place {
            Place::Register(index) | Place::Element(index) => (Role::Argument, index, tree.frames.get(at)?),
            Place::Result => (Role::Result, 0, left.get(&at)?),
        };
        let hidden = matches!(reading.place, Place::Register(_)) && has_elements(log, reading);
        (!hidden && is_door(tree, *node)).then(|| ObjectSeen {
            at: at as u32,
            node: *node,
            role,
            index: u32::from(index),
            type_name: reading.object.type_name.clone(),
            references: reading.object.references,
            value: reading.object.value.clone(),
        })
    });
    seen.collect()
}

/// Where arguments come in an array, they are the arguments, and what is in registers is about them.
fn has_elements(log: &StepLog, reading: &Reading) -> bool {
    let from = log.readings.partition_point(|other| other.step < reading.step);
    let same = log.readings[from..].iter().take_while(|other| other.step == reading.step);
    same.into_iter().any(|other| matches!(other.place, Place::Element(_)))
}

/// Whether the node was entered from code in another language; a linkage table is no language of its own.
fn is_door(tree: &Tree, node: u32) -> bool {
    let mut parent = tree.nodes[node as usize].parent;
    while let Some(above) = parent {
        let passes_on =
            tree.language(above) == Language::Plt || tree.nodes[above as usize].entry == Entry::Inline;
        if !passes_on {
            return tree.language(above) != tree.language(node) && tree.language(node) != Language::Plt;
        }
        parent = tree.nodes[above as usize].parent;
    }
    false
}
