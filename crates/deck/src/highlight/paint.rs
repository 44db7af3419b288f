//! From code to one token per byte, by a walk over its syntax tree.

use tree_sitter::{Language as Grammar, Node, Parser};

use super::stylesheet::{Step, Stylesheet};
use super::tokens::Token;

/// The token of every byte of `code`. Code that the grammar does not understand is painted as far as it is understood.
pub fn paint(code: &str, grammar: &Grammar, style: &Stylesheet) -> Vec<Token> {
    let mut canvas = vec![Token::Plain; code.len()];
    let mut parser = Parser::new();
    // Neither can fail with the grammars that are linked here (a test loads each); uncoloured code is a fair answer.
    let tree = parser.set_language(grammar).ok().and_then(|()| parser.parse(code, None));
    let Some(tree) = tree else { return canvas };

    let mut cursor = tree.walk();
    let mut way = Vec::new();
    loop {
        let node = cursor.node();
        way.push(Step { field: cursor.field_name(), kind: node.kind() });
        if paint_node(&mut canvas, node, &way, style) && cursor.goto_first_child() {
            continue;
        }
        loop {
            way.pop();
            if cursor.goto_next_sibling() {
                break;
            }
            if !cursor.goto_parent() {
                return canvas;
            }
        }
    }
}

/// Paints the bytes of one node, and says whether the nodes inside it are still to be painted.
fn paint_node(canvas: &mut [Token], node: Node<'_>, way: &[Step<'_>], style: &Stylesheet) -> bool {
    let rule = style.rule(way);
    let token = match rule {
        Some(rule) => Some(rule.token),
        None if node.is_named() => None,
        None => fixed_text_token(node.kind()),
    };
    if let Some(token) = token
        && let Some(bytes) = canvas.get_mut(node.byte_range())
    {
        bytes.fill(token);
    }
    rule.is_none_or(|rule| rule.open)
}

/// What text is that a grammar spells out: words are keywords, C's `#include` is an attribute, and signs such as `->` or
/// `(` are a part of what surrounds them.
fn fixed_text_token(text: &str) -> Option<Token> {
    match text.as_bytes() {
        [b'#', b'a'..=b'z', ..] => Some(Token::Attribute),
        [b'a'..=b'z' | b'A'..=b'Z', ..] => Some(Token::Keyword),
        [b'_', _, ..] => Some(Token::Keyword),
        _ => None,
    }
}
