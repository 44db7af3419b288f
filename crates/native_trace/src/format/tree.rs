//! A call as a tree: stages in the margin, then the instructions of each function with and without what it calls.

use std::fmt::Write;

use super::{
    Options,
    names::{cut, short},
    outline::{Line, outline},
    palette::look,
};
use crate::{Entry, Language, Node, Stage, StageSpan, Trace, Window};

/// Width of the columns before a name: a stage with its count, instructions with and without what is called, letters.
const MARGIN: usize = 17;
const COLUMNS: usize = MARGIN + 9 + 8 + 5;

/// The trace as lines of text, each ending with a line break.
pub fn tree(trace: &Trace, options: Options) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}",
        cut(&format!("{}   ({})", trace.call.statement, execution(trace)), options.width)
    );
    let _ = writeln!(out, "{:MARGIN$}{:>9}{:>8}", "stage", "in all", "own");
    let (total, own) = (trace.total_instructions(), trace.own_instructions());
    let first = first_instructions(trace);
    let mut stages = trace.stages.iter().peekable();
    for line in outline(trace, options.all) {
        let begin = match line {
            Line::Shown { node, .. } => first[node as usize],
            Line::Folded { .. } => None,
        };
        let mut margin = String::new();
        while let Some(stage) = stages.next_if(|stage| begin.is_some_and(|at| stage.at <= at)) {
            if !margin.is_empty() {
                let _ = writeln!(out, "{margin}");
            }
            margin = heading(stage);
        }
        let room = options.width.saturating_sub(COLUMNS);
        let row = match line {
            Line::Shown { node, depth } => {
                let (all, own) = (total[node as usize], own[node as usize]);
                format!(
                    "{margin:MARGIN$}{all:>9}{own:>8}  {}",
                    function(trace, node, depth, room, options.colour)
                )
            }
            Line::Folded { depth, functions, instructions } => {
                let inset = inset(depth, room);
                let text = cut(&folded_text(functions, instructions), room.saturating_sub(inset.len()));
                format!("{margin:MARGIN$}{:>9}{:>8}     {inset}{text}", "", "")
            }
        };
        let _ = writeln!(out, "{}", row.trim_end());
    }
    for stage in stages {
        let _ = writeln!(out, "{}", heading(stage));
    }
    out.push('\n');
    out.push_str(&summary(trace, options));
    out
}

/// However deep a function is, so much of its name is seen.
const SHORTEST: usize = 12;

/// How far a function is set in.
fn inset(depth: usize, room: usize) -> String {
    "  ".repeat(depth.min(room.saturating_sub(SHORTEST) / 2))
}

fn function(trace: &Trace, node: u32, depth: usize, room: usize, colour: bool) -> String {
    let look = look(trace.language(node));
    let Node { entry, parent, .. } = trace.nodes[node as usize];
    let by_stub = parent.is_some_and(|parent| trace.language(parent) == Language::Plt);
    let sign = match entry {
        Entry::Start | Entry::Call => "",
        Entry::Tail if by_stub => "",
        Entry::Tail => "↷ ",
        Entry::Inline => "· ",
        Entry::Signal => "⚡ ",
    };
    let inset = inset(depth, room);
    let name = cut(&format!("{sign}{}", short(trace.name(node))), room.saturating_sub(inset.len()));
    format!("{} {inset}{}", look.letters, look.paint(&name, colour))
}

fn heading(stage: &StageSpan) -> String {
    format!("{:<8} {:>7}", stage_name(stage.stage), stage.instructions)
}

pub(super) fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::LookUp => "look up",
        Stage::Choose => "choose",
        Stage::Jump => "jump",
        Stage::Enter => "enter",
        Stage::Unpack => "unpack",
        Stage::Work => "work",
        Stage::Wrap => "wrap",
        Stage::Return => "return",
    }
}

fn folded_text(functions: u32, instructions: u32) -> String {
    let s = |count| if count == 1 { "" } else { "s" };
    format!("… {functions} function{}, {instructions} instruction{}", s(functions), s(instructions))
}

fn execution(trace: &Trace) -> String {
    match trace.call.execution {
        1 => "first execution".to_owned(),
        number => format!("execution {number}, warm"),
    }
}

/// The figures, the bytecodes, and what it was measured on.
fn summary(trace: &Trace, options: Options) -> String {
    let figures = trace.figures();
    let mut languages: Vec<(Language, u32)> = figures.languages.iter().map(|(l, n)| (*l, *n)).collect();
    languages.sort_by_key(|(language, count)| (std::cmp::Reverse(*count), *language));
    let parts = languages.iter().map(|(language, count)| {
        let look = look(*language);
        format!(
            "{} {count}",
            look.paint(&format!("{} {}", look.letters.trim_end(), look.name), options.colour)
        )
    });
    let sentence = format!(
        "{} instructions, {} below the interpreter's loop, {} yours; {} functions, {} deep",
        figures.instructions, figures.below, figures.user, figures.functions, figures.depth,
    );
    let mut out = wrapped(sentence.split(' ').map(str::to_owned).collect(), " ", options);
    out.push_str(&wrapped(parts.collect(), ", ", options));
    let bytecodes = trace.opcodes.iter().filter(|opcode| opcode.node == 0).map(|opcode| opcode.name.clone());
    out.push_str(&wrapped(bytecodes.collect(), " ", options));
    if trace.lacked_memory() {
        out.push_str(&wrapped(NO_MEMORY.split(' ').map(str::to_owned).collect(), " ", options));
    }
    if trace.window == Window::Markers {
        out.push_str(&wrapped(MARKERS.split(' ').map(str::to_owned).collect(), " ", options));
    }
    let origin = &trace.origin;
    let pyo3 = origin.pyo3.iter().map(|version| format!("PyO3 {version}"));
    let badge = [origin.python.clone()].into_iter().chain(origin.compilers.iter().cloned()).chain(pyo3);
    out.push_str(&wrapped(badge.chain([origin.cpu.clone()]).collect(), ", ", options));
    out
}

const NO_MEMORY: &str =
    "It ran out of memory and raised MemoryError: a traced process has a limit, see --memory.";
const MARKERS: &str = "This interpreter does not say where its bytecodes begin: the counts of look up and return \
                       include the markers around the statement.";

/// Parts in lines that are no longer than the width, as far as that is possible.
fn wrapped(parts: Vec<String>, separator: &str, options: Options) -> String {
    let mut lines: Vec<String> = Vec::new();
    let count = parts.len();
    for (at, part) in parts.into_iter().enumerate() {
        let part = if at + 1 < count { part + separator } else { part };
        match lines.last_mut() {
            Some(line) if visible(line) + visible(part.trim_end()) <= options.width => line.push_str(&part),
            _ => lines.push(part),
        }
    }
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// How many characters are seen: codes for colours are not.
fn visible(text: &str) -> usize {
    let mut codes = text.split('\x1b');
    let plain = codes.next().map_or(0, |text| text.chars().count());
    plain + codes.map(|code| code.split_once('m').map_or(0, |(_, text)| text.chars().count())).sum::<usize>()
}

/// By node: the index of the first instruction of it and all below it.
fn first_instructions(trace: &Trace) -> Vec<Option<u32>> {
    let mut first = vec![None; trace.nodes.len()];
    let mut at = 0;
    for run in &trace.path {
        if let Some(first) = first.get_mut(run.node as usize) {
            first.get_or_insert(at);
        }
        at += run.instructions;
    }
    for node in (0..trace.nodes.len()).rev() {
        if let Some(parent) = trace.nodes[node].parent.map(|parent| parent as usize) {
            first[parent] = [first[parent], first[node]].into_iter().flatten().min();
        }
    }
    first
}
