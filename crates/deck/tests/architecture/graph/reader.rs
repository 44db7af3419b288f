//! The sources of a crate as modules.

use std::collections::BTreeMap;

use syn::{Attribute, Expr, Item, ItemMod, Lit, Meta, MetaNameValue};

use super::{
    collector::{collect, is_test},
    module::Module,
};

/// The text of each file, by its path below the crate's `src`.
pub type Sources = BTreeMap<String, String>;

/// The modules of the crate whose root is a file of these; the first one is that of the root. A binary beside a library
/// is a child `main` of the root.
pub fn modules(root: &str, sources: &Sources) -> Vec<Module> {
    let mut reader = Reader { sources, modules: Vec::new() };
    let (folder, _) = root.rsplit_once('/').unwrap_or_default();
    let root = reader.file(root, folder, None, false);
    if reader.modules[root].file == "lib.rs" && sources.contains_key("main.rs") {
        let main = reader.file("main.rs", "", Some(root), false);
        reader.modules[root].children.insert("main".to_owned(), vec![main]);
    }
    reader.modules
}

struct Reader<'a> {
    sources: &'a Sources,
    modules: Vec<Module>,
}

impl Reader<'_> {
    /// Adds the module of a file; the files of its children lie in the folder `children`.
    fn file(&mut self, name: &str, children: &str, parent: Option<usize>, in_test: bool) -> usize {
        let parsed = syn::parse_file(&self.sources[name]).unwrap_or_else(|error| panic!("{name}: {error}"));
        let module = Module { file: name.to_owned(), parent, in_test, ..Module::default() };
        self.module(module, &parsed.items, children)
    }

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
        let Module { file, in_test, .. } = &self.modules[parent];
        let (file, in_test) = (file.clone(), *in_test || is_test(&declared.attrs));
        let child = if let Some((_, items)) = &declared.content {
            let module = Module { file, parent: Some(parent), in_test, ..Module::default() };
            self.module(module, items, &within(folder, &name))
        } else if let Some(found) = self.file_of(declared, &file, folder) {
            let children = found.trim_end_matches("/mod.rs").trim_end_matches(".rs");
            self.file(&found, children, Some(parent), in_test)
        } else {
            // What tests share may lie outside of `src`.
            assert!(in_test, "{file}: no file for `mod {name}`");
            return;
        };
        self.modules[parent].children.entry(name).or_default().push(child);
    }

    /// The file of a module that another one declares, whose children's files lie in `folder`.
    fn file_of(&self, declared: &ItemMod, parent: &str, folder: &str) -> Option<String> {
        let below = within(folder, &declared.ident.to_string());
        let files = match path_attribute(&declared.attrs) {
            Some(path) => vec![within(parent.rsplit_once('/').unwrap_or_default().0, &path)],
            None => vec![format!("{below}.rs"), format!("{below}/mod.rs")],
        };
        files.into_iter().find(|file| self.sources.contains_key(file))
    }
}

/// The value of `#[path = "…"]`.
fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(MetaNameValue { path, value: Expr::Lit(literal), .. }) if path.is_ident("path") => {
            match &literal.lit {
                Lit::Str(file) => Some(file.value()),
                _ => None,
            }
        }
        _ => None,
    })
}

/// A path from a folder.
fn within(folder: &str, path: &str) -> String {
    match (path.strip_prefix("../"), folder) {
        (Some(path), folder) => within(folder.rsplit_once('/').unwrap_or_default().0, path),
        (None, "") => path.to_owned(),
        (None, folder) => format!("{folder}/{path}"),
    }
}
