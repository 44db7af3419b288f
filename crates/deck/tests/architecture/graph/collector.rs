//! What an item defines, imports and mentions.

use std::{collections::BTreeSet, mem};

use syn::{
    Attribute, Expr, ExprMethodCall, Ident, ImplItem, Item, ItemImpl, ItemUse, Macro, Meta, Path, Type,
    UseTree, Visibility,
    visit::{self, Visit},
};

use super::{
    module::{Definition, Import, Mention, Module, Segments},
    tokens,
};

/// Adds to a module what an item says.
pub fn collect(item: &Item, module: &mut Module) {
    let in_test = module.in_test;
    Collector { module, in_test, self_type: None }.visit_item(item);
}

/// Whether something is compiled for tests alone.
pub fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && matches!(&attribute.meta, Meta::List(list) if list.tokens.to_string() == "test")
    })
}

struct Collector<'a> {
    module: &'a mut Module,
    in_test: bool,
    /// The meaning of `Self`.
    self_type: Option<Segments>,
}

impl Collector<'_> {
    fn mention(&mut self, mut path: Segments, line: usize) {
        if path[0] == "Self" {
            let Some(own) = &self.self_type else { return };
            path.splice(..1, own.iter().cloned());
        }
        self.module.mentions.push(Mention { path, line, in_test: self.in_test });
    }

    fn mention_all(&mut self, paths: Vec<(Segments, usize)>) {
        for (path, line) in paths {
            self.mention(path, line);
        }
    }

    /// Takes down a `use`, whose segments so far are `path`.
    fn import(&mut self, tree: &UseTree, path: &[&Ident], is_shared: bool) {
        let (last, name) = match tree {
            UseTree::Path(next) => {
                return self.import(&next.tree, &[path, &[&next.ident]].concat(), is_shared);
            }
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.import(tree, path, is_shared));
            }
            UseTree::Glob(_) => (None, None),
            // `a::{self}` is the module `a`.
            UseTree::Name(name) if name.ident == "self" => (None, path.last().copied()),
            UseTree::Rename(name) if name.ident == "self" => (None, Some(&name.rename)),
            UseTree::Name(name) => (Some(&name.ident), Some(&name.ident)),
            UseTree::Rename(name) => (Some(&name.ident), Some(&name.rename)),
        };
        let path: Vec<&Ident> = path.iter().copied().chain(last).collect();
        let Some(line) = path.last().map(|ident| ident.span().start().line) else { return };
        let path = path.into_iter().map(ToString::to_string).collect();
        let path = Mention { path, line, in_test: self.in_test };
        self.module.imports.push(Import { path, name: name.map(ToString::to_string), is_shared });
    }
}

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let outside = self.in_test;
        let (attributes, defined) = outline(item);
        self.in_test |= is_test(attributes);
        if let Some((name, definition)) = defined {
            self.module.items.insert(name.to_string(), definition);
        }
        visit::visit_item(self, item);
        self.in_test = outside;
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.import(&item.tree, &[], !matches!(item.vis, Visibility::Inherited));
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let own = match &*item.self_ty {
            Type::Path(own) if own.qself.is_none() => Some(segments(&own.path)),
            _ => None,
        };
        if let (Some(own), None) = (&own, &item.trait_) {
            let functions = item.items.iter().filter_map(|item| match item {
                ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
                ImplItem::Const(constant) => Some(constant.ident.to_string()),
                _ => None,
            });
            self.module.impls.push((own.clone(), functions.collect()));
        }
        let outer = mem::replace(&mut self.self_type, own);
        visit::visit_item_impl(self, item);
        self.self_type = outer;
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let outside = self.in_test;
        self.in_test |= matches!(item, ImplItem::Fn(function) if is_test(&function.attrs));
        visit::visit_impl_item(self, item);
        self.in_test = outside;
    }

    fn visit_path(&mut self, path: &'ast Path) {
        if let Some(first) = path.segments.first() {
            self.mention(segments(path), first.ident.span().start().line);
        }
        visit::visit_path(self, path);
    }

    /// Without a compiler the type of a receiver is known only if it is `self`.
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if matches!(&*call.receiver, Expr::Path(receiver) if receiver.path.is_ident("self")) {
            let path = vec!["Self".to_owned(), call.method.to_string()];
            self.mention(path, call.method.span().start().line);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, called: &'ast Macro) {
        self.visit_path(&called.path);
        self.mention_all(tokens::paths(called.tokens.clone()));
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        self.visit_path(attribute.path());
        if let Meta::List(list) = &attribute.meta {
            self.mention_all(tokens::paths(list.tokens.clone()));
        }
    }
}

/// The attributes of an item and what it defines.
fn outline(item: &Item) -> (&[Attribute], Option<(&Ident, Definition)>) {
    let of_type = || Definition::Type(BTreeSet::new());
    let (attributes, name, definition) = match item {
        Item::Const(item) => (&item.attrs, &item.ident, Definition::Value),
        Item::Enum(item) => {
            let variants = item.variants.iter().map(|variant| variant.ident.to_string());
            (&item.attrs, &item.ident, Definition::Type(variants.collect()))
        }
        Item::Fn(item) => (&item.attrs, &item.sig.ident, Definition::Value),
        Item::Static(item) => (&item.attrs, &item.ident, Definition::Value),
        Item::Struct(item) => (&item.attrs, &item.ident, of_type()),
        Item::Trait(item) => (&item.attrs, &item.ident, of_type()),
        Item::Type(item) => (&item.attrs, &item.ident, of_type()),
        Item::Union(item) => (&item.attrs, &item.ident, of_type()),
        Item::Macro(item) => return (&item.attrs, item.ident.as_ref().map(|name| (name, Definition::Value))),
        Item::Impl(item) => return (&item.attrs, None),
        Item::Use(item) => return (&item.attrs, None),
        _ => return (&[], None),
    };
    (attributes, Some((name, definition)))
}

fn segments(path: &Path) -> Segments {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}
