//! A trace laid out for a drawing: from left to right the instructions, from top to bottom who had called whom.
//! `web/src/xray/trace/layout.ts` lays out the same drawing for the slides, where one can move in it.

use native_trace::{Entry, Language, Node, Trace};

/// What a drawing tells apart: by a colour, and by a letter or a pattern as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    CPython,
    Glue,
    Rust,
    Other,
}

/// How much of a row an inlined level takes: it has no frame of its own. The user's code has a whole row even then.
const INLINED: f64 = 0.2;

/// A laid out trace.
#[derive(Debug, Default)]
pub struct Profile {
    /// Number of instructions.
    pub total: u32,
    /// Rows down to the deepest point.
    pub rows: f64,
    /// When a function was on the stack, itself or something below it.
    pub waits: Vec<Span>,
    /// When it executed.
    pub runs: Vec<Span>,
}

/// A rectangle of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    pub tone: Tone,
    /// The first instruction, and the one after the last.
    pub at: u32,
    pub end: u32,
    /// Upper edge and height in rows.
    pub top: f64,
    pub thickness: f64,
}

/// Lays out a trace.
pub fn profile(trace: &Trace) -> Profile {
    let levels = levels(trace);
    let rows = levels.iter().map(|level| level.top + level.thickness).fold(1.0, f64::max);
    let mut profile = Profile { rows, ..Profile::default() };
    let mut latest: Vec<Option<usize>> = vec![None; levels.len()];
    for run in &trace.path {
        let (at, end) = (profile.total, profile.total + run.instructions);
        for node in on_stack(&trace.nodes, run.node) {
            let Some(level) = levels.get(node) else { continue };
            match latest[node].and_then(|span| profile.waits.get_mut(span)).filter(|span| span.end == at) {
                Some(span) => span.end = end,
                None => {
                    latest[node] = Some(profile.waits.len());
                    profile.waits.push(Span { at, end, ..*level });
                }
            }
        }
        if let Some(level) = levels.get(run.node as usize) {
            profile.runs.push(Span { at, end, ..*level });
        }
        profile.total = end;
    }
    profile
}

impl Tone {
    /// All of them, in the order in which a call meets them.
    pub const ALL: [Self; 4] = [Self::CPython, Self::Glue, Self::Rust, Self::Other];

    /// Its letter and its name.
    pub fn look(self) -> (&'static str, &'static str) {
        match self {
            Self::CPython => ("C", "CPython"),
            Self::Glue => ("P3", "PyO3 glue"),
            Self::Rust => ("Rs", "your Rust"),
            Self::Other => ("·", "libraries"),
        }
    }

    /// What the style sheet calls it.
    pub fn class(self) -> &'static str {
        match self {
            Self::CPython => "c",
            Self::Glue => "pyo3",
            Self::Rust => "rust",
            Self::Other => "neutral",
        }
    }

    /// The tone of a language.
    pub fn of(language: Language) -> Self {
        match language {
            Language::User => Self::Rust,
            Language::Macro | Language::Pyo3 => Self::Glue,
            Language::Cpython => Self::CPython,
            Language::Crate
            | Language::Std
            | Language::Native
            | Language::Libc
            | Language::Loader
            | Language::Plt
            | Language::Unknown => Self::Other,
        }
    }
}

/// Where each node is drawn. A tail call takes the frame of its caller, so it stands in its row; everything else stands below.
fn levels(trace: &Trace) -> Vec<Span> {
    let mut levels: Vec<Span> = Vec::with_capacity(trace.nodes.len());
    for (index, node) in trace.nodes.iter().enumerate() {
        let language = trace.language(index as u32);
        let is_thin = node.entry == Entry::Inline && language != Language::User;
        let above = node.parent.and_then(|parent| levels.get(parent as usize));
        let top = above.map_or(0.0, |above| match node.entry {
            Entry::Tail => above.top,
            _ => above.top + above.thickness,
        });
        let thickness = if is_thin { INLINED } else { 1.0 };
        levels.push(Span { tone: Tone::of(language), at: 0, end: 0, top, thickness });
    }
    levels
}

/// The nodes that are on the stack while one executes, from it upwards. Who made a tail call is not: its frame is taken.
fn on_stack(nodes: &[Node], from: u32) -> impl Iterator<Item = usize> {
    let node = |index: u32| nodes.get(index as usize).map(|node| (index as usize, node));
    let mut next = node(from);
    let mut is_taken = false;
    std::iter::from_fn(move || {
        loop {
            let (index, found) = next?;
            let was_taken = std::mem::replace(&mut is_taken, found.entry == Entry::Tail);
            next = found.parent.and_then(node);
            if !was_taken {
                return Some(index);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xray::fixture::trace;

    #[test]
    fn every_instruction_is_executed_once_somewhere_below_those_who_wait() {
        let (trace, profile) = (trace(), profile(&trace()));
        let executed: u32 = profile.runs.iter().map(|run| run.end - run.at).sum();
        assert_eq!((profile.total, executed), (trace.figures().instructions, profile.total));
        let loops = profile.waits.iter().find(|span| span.top == 0.0).unwrap();
        assert_eq!((loops.at, loops.end), (0, profile.total));
        for run in &profile.runs {
            let around = |span: &&Span| span.at <= run.at && run.end <= span.end && span.top == run.top;
            assert!(profile.waits.iter().any(|span| around(&span)), "{run:?}");
        }
    }

    #[test]
    fn user_code_has_a_whole_row_although_it_is_inlined() {
        let profile = profile(&trace());
        let own = profile.runs.iter().find(|run| run.tone == Tone::Rust).unwrap();
        assert_eq!(own.thickness, 1.0);
        assert!(profile.rows >= own.top + 1.0);
    }

    #[test]
    fn whoever_made_a_tail_call_waits_for_nothing() {
        let mut trace = trace();
        let last = trace.nodes.len() - 1;
        trace.nodes[last].entry = Entry::Tail;
        let parent = trace.nodes[last].parent.unwrap();
        let stack: Vec<_> = on_stack(&trace.nodes, last as u32).collect();
        assert!(stack.contains(&last) && !stack.contains(&(parent as usize)), "{stack:?}");
        assert_eq!(levels(&trace)[last].top, levels(&trace)[parent as usize].top);
    }
}
