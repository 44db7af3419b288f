//! What a path means: the module, and so the file, that defines it.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use super::module::{Definition, Module, Segments};

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Module(usize),
    /// Something that a module defines, and what of it is meant: a variant, a function.
    Item {
        module: usize,
        name: String,
        rest: Segments,
    },
    /// Something of another crate.
    Outside(Segments),
}

/// The names of a crate.
pub struct Names<'a> {
    /// The crate's own name, by which its binary knows it.
    crate_name: &'a str,
    modules: &'a [Module],
    /// For each type and function of it, the files of the blocks `impl` that hold it.
    functions: BTreeMap<(usize, String, String), BTreeSet<String>>,
    /// Names that are being looked up: an import may bear the name of the module that it leads through.
    under_way: RefCell<Vec<(usize, String)>>,
}

impl<'a> Names<'a> {
    pub fn new(crate_name: &'a str, modules: &'a [Module]) -> Self {
        let mut names =
            Self { crate_name, modules, functions: BTreeMap::new(), under_way: RefCell::default() };
        for (id, module) in modules.iter().enumerate() {
            for (own, functions) in &module.impls {
                for target in names.targets(id, own) {
                    let Target::Item { module: home, name, .. } = target else { continue };
                    for function in functions {
                        let key = (home, name.clone(), function.clone());
                        names.functions.entry(key).or_default().insert(module.file.clone());
                    }
                }
            }
        }
        names
    }

    /// All that a path leads to from a module: a module and a function may share a name.
    pub fn targets(&self, from: usize, path: &[String]) -> Vec<Target> {
        let (first, rest) = path.split_first().expect("a path has a segment");
        let start = match first.as_str() {
            "crate" => vec![Target::Module(0)],
            "self" => vec![Target::Module(from)],
            "super" => self.parent(from),
            name => match self.named(from, name) {
                found if !found.is_empty() => found,
                _ if name == self.crate_name => vec![Target::Module(0)],
                _ => return vec![Target::Outside(path.to_vec())],
            },
        };
        rest.iter().fold(start, |targets, segment| {
            targets.into_iter().flat_map(|target| self.within(target, segment)).collect()
        })
    }

    /// The files that define what a path leads to.
    pub fn files(&self, target: &Target) -> BTreeSet<&str> {
        let Target::Item { module, name, rest } = target else { return BTreeSet::new() };
        let function =
            rest.first().and_then(|function| self.functions.get(&(*module, name.clone(), function.clone())));
        let home = self.modules[*module].file.as_str();
        function.into_iter().flatten().map(String::as_str).chain([home]).collect()
    }

    /// Whether a target lies in a module or below it.
    pub fn is_within(&self, target: &Target, module: usize) -> bool {
        let mut at = match target {
            Target::Module(id) | Target::Item { module: id, .. } => Some(*id),
            Target::Outside(_) => None,
        };
        while at.is_some_and(|id| id != module) {
            at = at.and_then(|id| self.modules[id].parent);
        }
        at.is_some()
    }

    fn parent(&self, module: usize) -> Vec<Target> {
        self.modules[module].parent.map(Target::Module).into_iter().collect()
    }

    fn within(&self, target: Target, segment: &str) -> Vec<Target> {
        match target {
            Target::Module(id) if segment == "super" => self.parent(id),
            Target::Module(id) => self.named(id, segment),
            Target::Item { module, name, mut rest } => match self.modules[module].items[&name] {
                Definition::Type(_) => {
                    rest.push(segment.to_owned());
                    vec![Target::Item { module, name, rest }]
                }
                Definition::Value => Vec::new(),
            },
            Target::Outside(mut path) => {
                path.push(segment.to_owned());
                vec![Target::Outside(path)]
            }
        }
    }

    /// What a name means in a module.
    fn named(&self, id: usize, name: &str) -> Vec<Target> {
        let module = &self.modules[id];
        let children = module.children.get(name).into_iter().flatten().map(|child| Target::Module(*child));
        let item = module.items.contains_key(name).then(|| item(id, name));
        let mut found: Vec<Target> = children.chain(item).collect();
        let key = (id, name.to_owned());
        if self.under_way.borrow().contains(&key) {
            return found;
        }
        self.under_way.borrow_mut().push(key);
        let imports = module.imports.iter().filter(|import| import.name.as_deref() == Some(name));
        found.extend(imports.flat_map(|import| self.targets(id, &import.path.path)));
        if found.is_empty() {
            let globs = module.imports.iter().filter(|import| import.name.is_none());
            found.extend(globs.flat_map(|glob| self.in_glob(id, &glob.path.path, name)));
        }
        self.under_way.borrow_mut().pop();
        found.dedup();
        found
    }

    /// What a glob import gives a name.
    fn in_glob(&self, from: usize, path: &[String], name: &str) -> Vec<Target> {
        let globbed = self.targets(from, path).into_iter();
        globbed
            .flat_map(|target| match target {
                Target::Module(id) => self.named(id, name),
                Target::Item { module, name: of, .. } => match &self.modules[module].items[&of] {
                    Definition::Type(variants) if variants.contains(name) => {
                        vec![Target::Item { module, name: of, rest: vec![name.to_owned()] }]
                    }
                    _ => Vec::new(),
                },
                Target::Outside(_) => Vec::new(),
            })
            .collect()
    }
}

fn item(module: usize, name: &str) -> Target {
    Target::Item { module, name: name.to_owned(), rest: Vec::new() }
}
