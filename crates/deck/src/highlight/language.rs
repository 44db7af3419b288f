//! The languages of the slides, and the tags of a code fence that name them.

use Language::{C, Python, Rust, Shell, Text, Toml};

/// A language that a fence may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Python.
    Python,
    /// Rust.
    Rust,
    /// C, as CPython is written in it.
    C,
    /// TOML, the language of manifests.
    Toml,
    /// A POSIX shell.
    Shell,
    /// Anything to be shown as it is: program output, terminal sessions, trees of files.
    Text,
}

/// Language, name for readers, tags of a fence. The first tag is the usual one.
const LANGUAGES: [(Language, &str, &[&str]); 6] = [
    (Python, "Python", &["python", "py"]),
    (Rust, "Rust", &["rust", "rs"]),
    (C, "C", &["c", "h"]),
    (Toml, "TOML", &["toml"]),
    (Shell, "Shell", &["sh", "bash", "shell"]),
    (Text, "Text", &["text", "txt", "plain", "console"]),
];

impl Language {
    /// The language of the first word of a fence, or `None` for a tag that no language has.
    pub fn from_fence(tag: &str) -> Option<Language> {
        let named = LANGUAGES.iter().find(|(_, _, tags)| tags.contains(&tag));
        named.map(|(language, ..)| *language)
    }

    /// The name for readers, as in a label over a snippet.
    pub fn name(self) -> &'static str {
        LANGUAGES[self as usize].1
    }

    /// Every tag that [`Language::from_fence`] knows, for a message about one that it does not.
    pub fn fence_tags() -> impl Iterator<Item = &'static str> {
        LANGUAGES.iter().flat_map(|(_, _, tags)| tags.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, Language};

    #[test]
    fn a_tag_names_its_language() {
        assert_eq!(Language::from_fence("py"), Some(Language::Python));
        assert_eq!(Language::from_fence("bash").map(Language::name), Some("Shell"));
        assert_eq!(Language::from_fence("pyton"), None);
        assert_eq!(Language::from_fence(""), None);
    }

    #[test]
    fn rows_stand_in_the_order_of_the_enum() {
        for (index, (language, name, _)) in LANGUAGES.iter().enumerate() {
            assert_eq!(*language as usize, index, "{name}");
        }
    }

    #[test]
    fn no_tag_names_two_languages() {
        let mut tags: Vec<_> = Language::fence_tags().collect();
        let count = tags.len();
        tags.sort_unstable();
        tags.dedup();
        assert_eq!(tags.len(), count);
    }
}
