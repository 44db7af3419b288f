//! Two calls side by side.

use std::fmt::Write;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{
    names::{cut, short},
    outline::{Line, outline},
    palette::look,
    tree::stage_name,
};
use crate::{Stage, Trace};

/// Columns of one side: the count.
const COUNT: usize = 7;
const WIDTH: usize = 80;

/// The trees of two calls, aligned by what they enter in order: a `-` is in the first only, a `+` in the second only,
/// and where both have a function, their instructions. Then the stages.
pub fn diff(left: &Trace, right: &Trace) -> String {
    let mut out = String::new();
    for (sign, trace) in [("-", left), ("+", right)] {
        let _ = writeln!(
            out,
            "{}",
            cut(&format!("{sign} {}   {}", trace.call.statement, trace.origin.python), WIDTH)
        );
    }
    let sides = [Side::of(left), Side::of(right)];
    for operation in capture_diff_slices(Algorithm::Myers, &sides[0].names, &sides[1].names) {
        let (tag, old, new) = operation.as_tag_tuple();
        if tag == DiffTag::Equal {
            for (old, new) in old.zip(new) {
                let (from, to) = (sides[0].totals[old], sides[1].totals[new]);
                let sign = if from == to { ' ' } else { '~' };
                row(&mut out, sign, Some(from), Some(to), &sides[1].names[new]);
            }
            continue;
        }
        for at in old {
            row(&mut out, '-', Some(sides[0].totals[at]), None, &sides[0].names[at]);
        }
        for at in new {
            row(&mut out, '+', None, Some(sides[1].totals[at]), &sides[1].names[at]);
        }
    }
    out.push('\n');
    let (left, right) = (left.figures(), right.figures());
    let stages = left.stages.keys().chain(right.stages.keys());
    let stages: std::collections::BTreeSet<Stage> = stages.copied().collect();
    for stage in stages {
        let counts = (left.stages.get(&stage).copied(), right.stages.get(&stage).copied());
        row(&mut out, sign(counts.0, counts.1), counts.0, counts.1, stage_name(stage));
    }
    for (name, from, to) in [
        ("instructions", left.instructions, right.instructions),
        ("below the interpreter's loop", left.below, right.below),
        ("yours", left.user, right.user),
        ("functions entered", left.functions, right.functions),
    ] {
        row(&mut out, sign(Some(from), Some(to)), Some(from), Some(to), name);
    }
    out
}

/// The lines of one call, without what is folded.
struct Side {
    names: Vec<String>,
    totals: Vec<u32>,
}

impl Side {
    fn of(trace: &Trace) -> Self {
        let totals = trace.total_instructions();
        let shown = outline(trace, false).into_iter().filter_map(|line| match line {
            Line::Shown { node, depth } => Some((node, depth)),
            Line::Folded { .. } => None,
        });
        let (names, totals) = shown
            .map(|(node, depth)| {
                let letters = look(trace.language(node)).letters;
                (
                    format!("{letters} {}{}", "  ".repeat(depth), short(trace.name(node))),
                    totals[node as usize],
                )
            })
            .unzip();
        Self { names, totals }
    }
}

fn sign(from: Option<u32>, to: Option<u32>) -> char {
    match (from, to) {
        (Some(_), None) => '-',
        (None, Some(_)) => '+',
        (from, to) if from == to => ' ',
        _ => '~',
    }
}

fn row(out: &mut String, sign: char, from: Option<u32>, to: Option<u32>, name: &str) {
    let text = |count: Option<u32>| count.map_or(String::new(), |count| count.to_string());
    let line = format!("{sign}{:>COUNT$} {:>COUNT$}  {name}", text(from), text(to));
    let _ = writeln!(out, "{}", cut(&line, WIDTH));
}
