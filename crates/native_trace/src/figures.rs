//! Counts that follow from a trace.

use std::collections::BTreeMap;

use crate::{Entry, Language, Stage, Trace};

/// Counts of a trace. Instructions are counted where they are executed, in the innermost function, inlined ones included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// All instructions.
    pub instructions: u32,
    /// Instructions below the first function, which is the interpreter's loop.
    pub below: u32,
    /// Instructions of the extension's author.
    pub user: u32,
    /// Instructions by language; a language without any is missing.
    pub languages: BTreeMap<Language, u32>,
    /// Instructions by stage; a stage that comes twice is added up.
    pub stages: BTreeMap<Stage, u32>,
    /// Functions entered in each stage, counted as below; a stage without any is missing.
    pub entered: BTreeMap<Stage, u32>,
    /// How often a function was entered by a call or a jump. A linkage table's stub and what the loader does to fill it in
    /// are on the way to a function and no functions of their own.
    pub functions: u32,
    /// Frames on top of the first function's, where there are the most.
    pub depth: u32,
    /// Executed bytecodes.
    pub opcodes: u32,
}

impl Trace {
    /// Counts everything.
    pub fn figures(&self) -> Figures {
        let mut figures = Figures {
            functions: (0..self.nodes.len() as u32).filter(|node| self.is_entered(*node)).count() as u32,
            depth: self.depths().into_iter().max().unwrap_or(0),
            opcodes: self.opcodes.len() as u32,
            ..Figures::default()
        };
        let frames = self.frames();
        for run in &self.path {
            figures.instructions += run.instructions;
            if frames.get(run.node as usize) != Some(&0) {
                figures.below += run.instructions;
            }
            *figures.languages.entry(self.language(run.node)).or_default() += run.instructions;
        }
        for span in &self.stages {
            *figures.stages.entry(span.stage).or_default() += span.instructions;
        }
        for at in self.entries() {
            if let Some(span) = self.stages.iter().rev().find(|span| span.at <= at) {
                *figures.entered.entry(span.stage).or_default() += 1;
            }
        }
        figures.user = figures.languages.get(&Language::User).copied().unwrap_or(0);
        figures
    }

    /// Where each function that is entered begins: the first instruction in it or below it.
    fn entries(&self) -> Vec<u32> {
        let mut begun = vec![false; self.nodes.len()];
        let mut entries = Vec::new();
        let mut at = 0;
        for run in &self.path {
            let mut here = Some(run.node);
            while let Some(node) = here.filter(|node| begun.get(*node as usize) == Some(&false)) {
                begun[node as usize] = true;
                if self.is_entered(node) {
                    entries.push(at);
                }
                here = self.nodes[node as usize].parent;
            }
            at += run.instructions;
        }
        entries
    }

    /// Instructions of each node itself.
    pub fn own_instructions(&self) -> Vec<u32> {
        let mut own = vec![0; self.nodes.len()];
        for run in &self.path {
            if let Some(count) = own.get_mut(run.node as usize) {
                *count += run.instructions;
            }
        }
        own
    }

    /// Instructions of each node and everything below it.
    pub fn total_instructions(&self) -> Vec<u32> {
        let mut total = self.own_instructions();
        for node in (0..self.nodes.len()).rev() {
            // A parent is before its children, so theirs are complete here.
            if let Some(parent) = self.nodes[node].parent.filter(|parent| (*parent as usize) < node) {
                total[parent as usize] += total[node];
            }
        }
        total
    }

    /// The frames on top of the first one, for each node. Inlined functions have their parent's, and a jump takes it over.
    pub fn depths(&self) -> Vec<u32> {
        let mut depths: Vec<u32> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let parent = node.parent.and_then(|parent| depths.get(parent as usize)).copied().unwrap_or(0);
            depths.push(parent + u32::from(matches!(node.entry, Entry::Call | Entry::Signal)));
        }
        depths
    }

    /// The name of a node's function; empty if there is no such node.
    pub fn name(&self, node: u32) -> &str {
        self.function(node).map_or("", |function| &function.name)
    }

    /// The language of a node's function.
    pub fn language(&self, node: u32) -> Language {
        self.function(node).map_or(Language::Unknown, |function| function.language)
    }

    /// The names of the functions that were entered, in order, inlined ones included.
    pub fn entered(&self) -> impl Iterator<Item = &str> {
        (0..self.nodes.len() as u32).map(|node| self.name(node))
    }

    pub(crate) fn function(&self, node: u32) -> Option<&crate::Function> {
        self.functions.get(self.nodes.get(node as usize)?.function as usize)
    }

    fn is_entered(&self, node: u32) -> bool {
        let entry = self.nodes[node as usize].entry;
        let resolver = || {
            let parent = self.nodes[node as usize].parent;
            entry == Entry::Tail
                && self.language(node) == Language::Loader
                && parent.is_some_and(|parent| self.language(parent) == Language::Plt)
                && self.nodes.iter().any(|other| other.parent == Some(node) && other.entry == Entry::Tail)
        };
        matches!(entry, Entry::Call | Entry::Tail) && self.language(node) != Language::Plt && !resolver()
    }

    /// The node that each node has its frame from.
    fn frames(&self) -> Vec<u32> {
        let mut frames: Vec<u32> = Vec::with_capacity(self.nodes.len());
        for (at, node) in self.nodes.iter().enumerate() {
            let inherited = node.parent.filter(|_| node.entry == Entry::Inline);
            let frame = inherited.and_then(|parent| frames.get(parent as usize)).copied();
            frames.push(frame.unwrap_or(at as u32));
        }
        frames
    }
}

#[cfg(test)]
mod tests;
