//! Who knows whom in a crate: an edge leads from a file to each file that defines something which it mentions.
//!
//! Paths are followed through imports, renames and re-exports. A file that declares a child or re-exports what a child
//! defines does not know it for that; it does where it uses it itself, or re-exports what lies elsewhere. What only tests
//! mention makes no edge.

mod circles;
mod collector;
mod module;
mod names;
mod reader;
mod tests;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};

pub use self::{circles::circles, reader::Sources};
use self::{
    module::{Mention, Module},
    names::{Names, Target},
    reader::modules,
};

/// The edges of a crate, and what it uses of other crates.
#[derive(Debug, Default)]
pub struct Graph {
    /// The files that were read.
    pub files: BTreeSet<String>,
    /// Those of them that are not compiled for tests alone.
    pub built: BTreeSet<String>,
    /// From a file to a file, with the paths that make it.
    pub edges: BTreeMap<(String, String), BTreeSet<Cause>>,
    pub outside: Vec<Outside>,
    /// Paths into the crate that lead nowhere: the graph would lack their edges.
    pub unresolved: Vec<String>,
}

/// A path that makes an edge.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    pub line: usize,
    pub text: String,
}

/// A path that leads to another crate, be it in a test.
#[derive(Debug)]
pub struct Outside {
    pub file: String,
    pub line: usize,
    pub path: String,
}

/// A path that stands in a module.
struct Reference<'a> {
    module: usize,
    file: &'a str,
    mention: &'a Mention,
    text: String,
    is_shared: bool,
}

impl Graph {
    /// The graph of the crate whose root is a file of these.
    pub fn new(crate_name: &str, root: &str, sources: &Sources) -> Self {
        let modules = modules(root, sources);
        let names = Names::new(crate_name, &modules);
        let mut graph = Self::default();
        for (id, module) in modules.iter().enumerate() {
            graph.files.insert(module.file.clone());
            if !module.in_test {
                graph.built.insert(module.file.clone());
            }
            references(id, module).for_each(|reference| graph.add(&names, &reference));
        }
        graph
    }

    /// The edges between the modules at the top, with the files and paths that make them.
    pub fn between_modules(&self) -> BTreeMap<(String, String), Vec<String>> {
        let mut edges = BTreeMap::<_, Vec<String>>::new();
        for ((from, to), causes) in &self.edges {
            let (one, other) = (top(from).to_owned(), top(to).to_owned());
            if one != other {
                let causes = causes.iter().map(|Cause { line, text }| format!("{from}:{line}: {text}"));
                edges.entry((one, other)).or_default().extend(causes);
            }
        }
        edges
    }

    fn add(&mut self, names: &Names, reference: &Reference) {
        let &Reference { module, file, mention, ref text, is_shared } = reference;
        let targets = names.targets(module, &mention.path);
        if targets.is_empty() && mention.is_inward() {
            self.unresolved.push(format!("{file}:{}: {text}", mention.line));
        }
        for target in targets {
            if let Target::Outside(path) = &target {
                let (file, path) = (file.to_owned(), path.join("::"));
                self.outside.push(Outside { file, line: mention.line, path });
            }
            if mention.in_test || is_shared && names.is_within(&target, module) {
                continue;
            }
            for other in names.files(&target).into_iter().filter(|other| *other != file) {
                let cause = Cause { line: mention.line, text: text.clone() };
                self.edges.entry((file.to_owned(), other.to_owned())).or_default().insert(cause);
            }
        }
    }
}

fn references(id: usize, module: &Module) -> impl Iterator<Item = Reference<'_>> {
    let reference = move |mention, text, is_shared| Reference {
        module: id,
        file: &module.file,
        mention,
        text,
        is_shared,
    };
    let imports = module.imports.iter().map(move |import| {
        let glob = if import.name.is_none() { "::*" } else { "" };
        let text = format!("use {}{glob}", import.path.path.join("::"));
        reference(&import.path, text, import.is_shared)
    });
    let mentions = module.mentions.iter();
    imports.chain(mentions.map(move |mention| reference(mention, mention.path.join("::"), false)))
}

/// The module at the top of the crate that a file belongs to.
pub fn top(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or(file)
}
