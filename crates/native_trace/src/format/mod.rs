//! Traces as text: a tree to read, stacks for tools that draw flame graphs, two calls side by side.

mod diff;
mod folded;
mod names;
mod outline;
mod palette;
mod tree;

pub use diff::diff;
pub use folded::folded;
pub use tree::tree;

/// What a reader calls a language: `your Rust`.
pub fn language_name(language: crate::Language) -> &'static str {
    palette::look(language).name
}

/// How a trace is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Every node, not only those that matter to a reader.
    pub all: bool,
    /// The longest line, in characters.
    pub width: usize,
    /// Whether to colour by language.
    pub colour: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { all: false, width: 80, colour: false }
    }
}
