//! Where the files of a talk lie is said in one file: no other one spells it, so that a talk can have them elsewhere.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::sources::sources;

/// The one file that knows.
const LAYOUT: &str = "layout.rs";

/// What it alone spells: parts of a path, one behind the other.
const SPELLED: [&str; 5] = ["demo_crate", "rusty", "web/dist", ".deck", "dist"];

#[test]
fn only_the_layout_spells_where_files_lie() {
    let spelled = |(file, text): (String, String)| (file, spelled(text.parse().unwrap()));
    let (own, others): (Vec<_>, Vec<_>) =
        sources("crates/deck/src").into_iter().map(spelled).partition(|(file, _)| file == LAYOUT);
    assert!(own[0].1.len() > 3, "the layout itself spells what is looked for");
    let others: Vec<_> = others.into_iter().filter(|(_, found)| !found.is_empty()).collect();
    assert!(others.is_empty(), "what {LAYOUT} knows is spelled elsewhere: {others:#?}");
}

#[test]
fn paths_are_found_in_literals_of_code_and_of_macros() {
    let found = |code: &str| spelled(code.parse().unwrap());
    assert_eq!(found(r#"fn f() { g("demo_crate/src", format!("{x}/dist/y")) }"#).len(), 2);
    assert_eq!(found(r#"const A: &str = ".deck/builds";"#), [r#"".deck/builds""#]);
    for other in [
        r#"const A: &str = "distance vnd.deck.value rusty-nail";"#,
        r#"/// In `web/dist`."#,
        r#"#[arg(default_value = "dist")] struct A;"#,
        r#"#[cfg(test)] mod tests { const A: &str = "web/dist"; }"#,
        r#"#[cfg(test)] const A: &str = "web/dist";"#,
    ] {
        assert_eq!(found(other), [""; 0], "{other}");
    }
}

/// The literals that spell such a path, attributes and tests aside.
fn spelled(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(hash) if hash.as_char() == '#' => {
                if matches!(tokens.peek(), Some(TokenTree::Punct(_))) {
                    tokens.next();
                }
                let attribute = tokens.next().map(|attribute| attribute.to_string()).unwrap_or_default();
                if attribute.replace(' ', "") == "[cfg(test)]" {
                    let is_end = |token: &TokenTree| match token {
                        TokenTree::Punct(mark) => mark.as_char() == ';',
                        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                        _ => false,
                    };
                    tokens.by_ref().find(is_end);
                }
            }
            TokenTree::Group(group) => found.extend(spelled(group.stream())),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let parts: Vec<_> =
                    text.split(|sign: char| !sign.is_alphanumeric() && !"/._-".contains(sign)).collect();
                if parts.into_iter().any(is_spelled) {
                    found.push(text);
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether a path has one of the spellings among its parts.
fn is_spelled(path: &str) -> bool {
    SPELLED.iter().any(|spelling| format!("/{path}/").contains(&format!("/{spelling}/")))
}
