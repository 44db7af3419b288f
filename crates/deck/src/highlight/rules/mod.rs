//! Per language, the grammar and the rules that colour it; each is made ready at its first use.

mod c;
mod python;
mod rust;
mod shell;
mod toml;

use std::sync::LazyLock;

use tree_sitter::Language as Grammar;
use tree_sitter_language::LanguageFn;

use super::language::Language;
use super::stylesheet::{Rules, Stylesheet};

/// What it takes to colour one language.
pub struct Painter {
    pub grammar: Grammar,
    pub style: Stylesheet,
    /// Characters beyond ASCII must not reach the grammar.
    pub ascii_only: bool,
}

static PYTHON: LazyLock<Painter> =
    LazyLock::new(|| Painter::new(tree_sitter_python::LANGUAGE, python::RULES));
static RUST: LazyLock<Painter> = LazyLock::new(|| Painter::new(tree_sitter_rust::LANGUAGE, rust::RULES));
static C: LazyLock<Painter> = LazyLock::new(|| Painter::new(tree_sitter_c::LANGUAGE, c::RULES));
static TOML: LazyLock<Painter> = LazyLock::new(|| Painter::new(tree_sitter_toml_ng::LANGUAGE, toml::RULES));
static SHELL: LazyLock<Painter> =
    LazyLock::new(|| Painter::new(tree_sitter_bash::LANGUAGE, shell::RULES).of_ascii());

/// The painter of a language, or `None` for text without a grammar.
pub fn painter(language: Language) -> Option<&'static Painter> {
    match language {
        Language::Python => Some(&PYTHON),
        Language::Rust => Some(&RUST),
        Language::C => Some(&C),
        Language::Toml => Some(&TOML),
        Language::Shell => Some(&SHELL),
        Language::Text => None,
    }
}

impl Painter {
    fn new(grammar: LanguageFn, rules: Rules) -> Painter {
        Painter { grammar: grammar.into(), style: Stylesheet::new(rules), ascii_only: false }
    }

    /// Some scanners of tree-sitter-bash 0.25.1 ask C's `isdigit` about any character, which reads beyond its table for one
    /// that no byte can hold, and may crash there.
    fn of_ascii(self) -> Painter {
        Painter { ascii_only: true, ..self }
    }
}
