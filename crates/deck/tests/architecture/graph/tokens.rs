//! Paths in the tokens of a macro's call, which follow no grammar of Rust's.

use proc_macro2::{TokenStream, TokenTree};

use super::module::Segments;

/// Every path with its line. The call `self.name(…)` is the path `Self::name`.
pub fn paths(tokens: TokenStream) -> Vec<(Segments, usize)> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            TokenTree::Group(group) => found.extend(paths(group.stream())),
            TokenTree::Ident(first) if !is_part(&tokens[..at - 1]) => {
                let path = path(first.to_string(), &tokens[at..]);
                // Two colons and a name for each further segment.
                at += (path.len() - 1) * 3;
                found.push((called_on_self(&path, &tokens[at..]).unwrap_or(path), first.span().start().line));
            }
            _ => {}
        }
    }
    found
}

/// The path of a first segment and those that follow it.
fn path(first: String, mut rest: &[TokenTree]) -> Segments {
    let mut path = vec![first];
    while let [one, two, TokenTree::Ident(next), ..] = rest
        && is(one, ':')
        && is(two, ':')
    {
        path.push(next.to_string());
        rest = &rest[3..];
    }
    path
}

fn called_on_self(path: &[String], rest: &[TokenTree]) -> Option<Segments> {
    match rest {
        [dot, TokenTree::Ident(method), TokenTree::Group(_), ..] if path == ["self"] && is(dot, '.') => {
            Some(vec!["Self".to_owned(), method.to_string()])
        }
        _ => None,
    }
}

/// Whether what follows these tokens is no path, but a field, a method, a lifetime, a function's own name, or the end
/// of a path that began before them.
fn is_part(before: &[TokenTree]) -> bool {
    match before {
        // The end of a range is a path.
        [.., one, two] if is(one, '.') && is(two, '.') => false,
        [.., bracket, one, two] if is(bracket, '>') && is(one, ':') && is(two, ':') => true,
        [.., TokenTree::Ident(word)] => word == "fn",
        [.., last] => is(last, '.') || is(last, '\''),
        [] => false,
    }
}

fn is(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}
