//! Rules that say which syntax node is which token, written as paths like those of CodeMirror's `styleTags`.
//!
//! A rule is one or more paths, separated by spaces. `call/function:identifier` is a node of kind `identifier` in the
//! field `function` of a `call`. The longest path that fits wins. What a rule paints is not looked into, except where
//! the path ends with `/...`: then the nodes inside may paint over it.

use std::collections::HashMap;

use super::tokens::Token;

/// Paths and the token that their nodes are.
pub type Rules = &'static [(&'static str, Token)];

/// Rules made ready for looking up.
pub struct Stylesheet {
    /// Rules by the kind of the node they paint, the longest path first.
    by_kind: HashMap<&'static str, Vec<Rule>>,
}

/// One path and its token.
pub struct Rule {
    steps: Vec<Step<'static>>,
    pub token: Token,
    /// Whether nodes inside the painted one may paint over it.
    pub open: bool,
}

/// A node on the way from the root of the tree: its kind, and the field of the parent it stands in.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    pub field: Option<&'a str>,
    pub kind: &'a str,
}

impl Stylesheet {
    pub fn new(rules: Rules) -> Stylesheet {
        let mut by_kind: HashMap<_, Vec<Rule>> = HashMap::new();
        for (paths, token) in rules {
            for path in paths.split_whitespace() {
                let rule = Rule::parse(path, *token);
                if let Some(target) = rule.steps.last() {
                    by_kind.entry(target.kind).or_default().push(rule);
                }
            }
        }
        for rules in by_kind.values_mut() {
            rules.sort_by_key(|rule| std::cmp::Reverse(rule.steps.len()));
        }
        Stylesheet { by_kind }
    }

    /// The rule for the last node of `way`, which leads there from the root.
    pub fn rule(&self, way: &[Step<'_>]) -> Option<&Rule> {
        self.by_kind.get(way.last()?.kind)?.iter().find(|rule| rule.fits(way))
    }

    /// Every node kind and field name that a rule mentions.
    #[cfg(test)]
    pub fn steps(&self) -> impl Iterator<Item = Step<'static>> {
        self.by_kind.values().flatten().flat_map(|rule| rule.steps.iter().copied())
    }
}

impl Rule {
    fn parse(path: &'static str, token: Token) -> Rule {
        let (path, open) = match path.strip_suffix("/...") {
            Some(outer) => (outer, true),
            None => (path, false),
        };
        Rule { steps: path.split('/').map(Step::parse).collect(), token, open }
    }

    fn fits(&self, way: &[Step<'_>]) -> bool {
        way.len() >= self.steps.len()
            && self.steps.iter().rev().zip(way.iter().rev()).all(|(wanted, found)| {
                wanted.kind == found.kind && (wanted.field.is_none() || wanted.field == found.field)
            })
    }
}

impl<'a> Step<'a> {
    fn parse(step: &'a str) -> Step<'a> {
        match step.split_once(':') {
            Some((field, kind)) => Step { field: Some(field), kind },
            None => Step { field: None, kind: step },
        }
    }
}
