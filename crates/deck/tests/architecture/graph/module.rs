//! A module: what it defines, imports and mentions.

use std::collections::{BTreeMap, BTreeSet};

/// A path as it is written: `crate`, `model`, `Deck`.
pub type Segments = Vec<String>;

/// A module: a file, or a block `mod name { … }` in one.
#[derive(Debug, Default)]
pub struct Module {
    pub file: String,
    pub parent: Option<usize>,
    /// Whether it is compiled for tests alone.
    pub in_test: bool,
    /// By name; each platform may have a file of its own for one name.
    pub children: BTreeMap<String, Vec<usize>>,
    pub items: BTreeMap<String, Definition>,
    pub imports: Vec<Import>,
    pub mentions: Vec<Mention>,
    /// Blocks `impl Type { … }`: the type and the names of the functions.
    pub impls: Vec<(Segments, Vec<String>)>,
}

/// The kind of what a module defines under a name.
#[derive(Debug)]
pub enum Definition {
    /// A type or trait, which a path may lead through, with the variants if it is an enum.
    Type(BTreeSet<String>),
    /// A function, constant or macro, at which a path ends.
    Value,
}

/// One name of a `use`.
#[derive(Debug)]
pub struct Import {
    pub path: Mention,
    /// The name that it gets here; none for a glob.
    pub name: Option<String>,
    /// Whether others can import it from here.
    pub is_shared: bool,
}

/// A path in a file.
#[derive(Debug)]
pub struct Mention {
    pub path: Segments,
    pub line: usize,
    pub in_test: bool,
}

impl Mention {
    /// Whether it leads to something in the crate, by its first word.
    pub fn is_inward(&self) -> bool {
        matches!(self.path[0].as_str(), "crate" | "super" | "self") && self.path.len() > 1
    }
}
