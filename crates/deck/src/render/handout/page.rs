//! What a page of the handout is drawn with.

use std::{collections::BTreeSet, path::PathBuf};

use crate::{
    model::{Chapter, Deck, Slide},
    render::ingredients::{Recorded, Traced},
};

/// What the handout is made from.
pub struct Handout<'a> {
    /// The deck that its sections belong to.
    pub deck: &'a Deck,
    /// The recorded run of a cell, by its id.
    pub recorded: &'a dyn Fn(&str) -> Option<Recorded>,
    /// The recorded trace of an X-ray, by its id.
    pub traced: &'a dyn Fn(&str) -> Option<Traced>,
    /// Address of the folder that the deck's site lies in, from this chapter's page.
    pub site: &'a str,
}

/// One page of it.
pub struct Page<'a> {
    pub handout: &'a Handout<'a>,
    /// The files that have a page of their own on the deck's site.
    pub sources: &'a BTreeSet<PathBuf>,
}

impl Page<'_> {
    /// The slide that a section belongs to, with its chapter.
    pub fn slide(&self, id: &str) -> Option<(&Chapter, &Slide)> {
        let mut slides = self
            .handout
            .deck
            .chapters
            .iter()
            .flat_map(|chapter| chapter.slides.iter().map(move |slide| (chapter, slide)));
        slides.find(|(_, slide)| slide.id == id)
    }
}
