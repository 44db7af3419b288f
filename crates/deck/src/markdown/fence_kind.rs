//! What a code fence is: code to look at, or a cell of some kind.

use super::fence::Fence;

/// What is made of a fence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// Code that is only shown.
    #[default]
    Snippet,
    /// Python that runs.
    Python,
    /// Rust that is rebuilt.
    Rust,
    /// Python whose last line is traced.
    Xray,
}

/// A word that makes a cell of a fence.
#[derive(Debug)]
pub struct Word {
    /// As it is written.
    pub word: &'static str,
    /// The cell that it makes, in a message.
    pub noun: &'static str,
    /// What is done with the cell.
    pub verb: &'static str,
    /// The languages that it is for, and the kind of cell in each. The first one counts for a language that is not listed.
    kinds: &'static [(&'static str, Kind)],
}

const WORDS: [Word; 2] = [
    Word {
        word: "live",
        noun: "a live cell",
        verb: "run",
        kinds: &[("python", Kind::Python), ("rust", Kind::Rust)],
    },
    Word { word: "xray", noun: "an X-ray", verb: "traced", kinds: &[("python", Kind::Xray)] },
];

/// The words on a fence that make a cell of it, in the order of the table.
pub fn words(fence: &Fence) -> Vec<&'static Word> {
    let stands = |word: &&Word| fence.attributes.iter().any(|attribute| attribute.name == word.word);
    WORDS.iter().filter(stands).collect()
}

/// The kind of a fence, by its first word and its language.
pub fn kind(fence: &Fence) -> Kind {
    words(fence).first().map_or(Kind::Snippet, |word| word.kind(fence.language))
}

impl Word {
    /// The languages that it is for.
    pub fn languages(&self) -> Vec<&'static str> {
        self.kinds.iter().map(|(language, _)| *language).collect()
    }

    fn kind(&self, language: &str) -> Kind {
        let listed = self.kinds.iter().find(|(other, _)| *other == language);
        listed.or(self.kinds.first()).map_or(Kind::Snippet, |(_, kind)| *kind)
    }
}
