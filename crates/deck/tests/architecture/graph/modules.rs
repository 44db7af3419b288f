//! The sources of a crate as modules.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Attribute, Expr, Item, ItemMod, Lit, Meta};

use super::collector::collect;

/// The text of each file, by its path below the crate's `src`.
pub type Sources = BTreeMap<String, String>;

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

/// The modules of a crate; the first one is its root. A binary beside a library is a child `main` of the root.
pub fn modules(sources: &Sources) -> Vec<Module> {
    let mut reader = Reader { sources, modules: Vec::new() };
    let root = reader.file("lib.rs", None, false);
    if sources.contains_key("main.rs") {
        let main = reader.file("main.rs", Some(root), false);
        reader.modules[root].children.insert("main".to_owned(), vec![main]);
    }
    reader.modules
}

/// Whether something is compiled for tests alone.
pub fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && matches!(&attribute.meta, Meta::List(list) if list.tokens.to_string() == "test")
    })
}

struct Reader<'a> {
    sources: &'a Sources,
    modules: Vec<Module>,
}

impl Reader<'_> {
    fn file(&mut self, name: &str, parent: Option<usize>, in_test: bool) -> usize {
        let parsed = syn::parse_file(&self.sources[name]).unwrap_or_else(|error| panic!("{name}: {error}"));
        let children = match name.rsplit_once('/').unwrap_or(("", name)) {
            (folder, "lib.rs" | "main.rs" | "mod.rs") => folder,
            _ => name.trim_end_matches(".rs"),
        };
        let module = Module { file: name.to_owned(), parent, in_test, ..Module::default() };
        self.module(module, &parsed.items, children)
    }

    /// Adds a module; the files of its children lie in the folder `children`.
    fn module(&mut self, module: Module, items: &[Item], children: &str) -> usize {
        let id = self.modules.len();
        self.modules.push(module);
        for item in items {
            match item {
                Item::Mod(child) => self.child(id, child, children),
                item => collect(item, &mut self.modules[id]),
            }
        }
        id
    }

    fn child(&mut self, parent: usize, declared: &ItemMod, folder: &str) {
        let name = declared.ident.to_string();
        let below = within(folder, &name);
        let in_test = self.modules[parent].in_test || is_test(&declared.attrs);
        let child = if let Some((_, items)) = &declared.content {
            let file = self.modules[parent].file.clone();
            let module = Module { file, parent: Some(parent), in_test, ..Module::default() };
            self.module(module, items, &below)
        } else {
            let named = named_file(&declared.attrs).map(|file| within(folder, &file));
            let files = named
                .map_or_else(|| vec![format!("{below}.rs"), format!("{below}/mod.rs")], |file| vec![file]);
            match files.iter().find(|file| self.sources.contains_key(*file)) {
                Some(file) => self.file(file, Some(parent), in_test),
                // What tests share may lie outside of `src`.
                None if in_test => return,
                None => panic!("{}: no file for `mod {name}`", self.modules[parent].file),
            }
        };
        self.modules[parent].children.entry(name).or_default().push(child);
    }
}

/// The file of `#[path = "…"]`.
fn named_file(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(file) => Some(file.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    })
}

fn within(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
