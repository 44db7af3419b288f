//! What of a deck is shown: its slides, and the files that they include code from.

use std::{collections::BTreeSet, path::PathBuf};

use crate::model::{Block, Chapter, Deck, Slide};

/// The slides that go into the deck, each with its chapter.
pub fn shown(deck: &Deck, planned: bool) -> impl Iterator<Item = (&Chapter, &Slide)> {
    deck.chapters
        .iter()
        .flat_map(|chapter| chapter.slides.iter().map(move |slide| (chapter, slide)))
        .filter(move |(_, slide)| planned || !slide.planned)
}

/// The files that slides include code from.
pub fn origins(deck: &Deck, planned: bool) -> BTreeSet<PathBuf> {
    let snippets = shown(deck, planned).flat_map(|(_, slide)| slide.blocks.iter()).filter_map(Block::snippet);
    snippets.filter_map(|snippet| snippet.origin.as_ref()).map(|origin| origin.file.clone()).collect()
}
