//! Code to coloured lines, at build time: pure functions that know no slide, no HTML and no terminal.
//!
//! # Highlighter
//! A tree-sitter parse and a walk over the tree with rules of our own, chosen by measuring. Median of 40 cold
//! processes, 45 snippets (745 lines: half Python, a third Rust, the rest C, TOML and shell), release build, one run
//! on 2 cores that others used too (the ratios held at any load); each build was timed once:
//!
//! | way | time | peak memory | clean release build (CPU) | crates |
//! |---|---|---|---|---|
//! | tree-sitter 0.27, own walk (this) | 15 ms | 5.8 MB | 43 s | 23 |
//! | tree-sitter-highlight 0.27, stock queries | 111 ms | 13.4 MB | 65 s | 31 |
//! | syntect 5.3, onig | 75 ms | 7.3 MB | 75 s | 46 |
//! | syntect 5.3, fancy-regex | 446 ms | 48.5 MB | 88 s | 43 |
//!
//! Most of the second row is the compiling of queries, Rust's above all; rules looked up by node kind need next to no
//! preparation. Node paths are also how CodeMirror styles its trees, so that both sides can agree: with the refinements
//! of `typescript.rs` they do on 99.98 % of the visible characters of seven standard-library modules and three of
//! rich, and on 99.3 % of PyO3 0.30's own tests and sources; one refinement, for `!`, was added after seeing these. What
//! is left there: words inside of macros, which only this side knows as keywords and types, and `#![…]`, which @lezer/rust
//! 1.0.3 does not take for an attribute.

mod language;
mod lines;
mod paint;
mod rules;
mod stylesheet;
mod tokens;
mod typescript;

#[cfg(test)]
mod tests;

pub use language::Language;
pub use lines::{Line, Span};
pub use tokens::Token;
pub use typescript::typescript_table;

/// The lines of `code` with the token of every character.
///
/// The texts of the spans, joined, with `\n` between the lines, are `code` with every `\r\n` made `\n`: code that ends
/// with a line break has an empty last line. Code that is wrong in its language is coloured as far as it can be read.
pub fn highlight(language: Language, code: &str) -> Vec<Line<'_>> {
    let canvas = match rules::painter(language) {
        Some(painter) if painter.ascii_only => paint::paint(&ascii(code), &painter.grammar, &painter.style),
        Some(painter) => paint::paint(code, &painter.grammar, &painter.style),
        None => vec![Token::Plain; code.len()],
    };
    lines::lines(code, &canvas)
}

/// The code with a letter for each byte beyond ASCII, so that every other byte stays in its place.
fn ascii(code: &str) -> String {
    code.bytes().map(|byte| if byte.is_ascii() { char::from(byte) } else { 'x' }).collect()
}
