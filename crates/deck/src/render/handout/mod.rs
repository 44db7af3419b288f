//! The handout: a chapter as Markdown for mdBook, with everything in it that only the deck can draw. Pure.

mod drawing;
mod figure;
mod profile;
mod xray;

use std::{collections::BTreeSet, path::PathBuf};

use maud::{Markup, html};

use self::figure::figure;
use super::{Recorded, Traced, origins};
use crate::{
    markdown::{Piece, Section, inert, one_line},
    model::{Block, Chapter, Deck, Slide},
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

/// One chapter. Sections of slides that are only planned are left out.
pub fn chapter(sections: &[Section], handout: &Handout) -> String {
    let sources = origins(handout.deck, false);
    let page = Page { handout, sources: &sources };
    let sections: Vec<_> = sections.iter().filter(|section| !section.planned).collect();
    sections.into_iter().map(|section| page.section(section)).collect()
}

/// Where the section of a slide lies, from the site's root.
pub fn address(chapter: &Chapter, slide: &Slide) -> String {
    format!("handout/{}#{}", super::address(&chapter.page.with_extension("html")), slide.id)
}

/// What a page of the handout is drawn with.
struct Page<'a> {
    handout: &'a Handout<'a>,
    /// The files that have a page of their own on the deck's site.
    sources: &'a BTreeSet<PathBuf>,
}

impl Page<'_> {
    fn section(&self, section: &Section) -> String {
        let mut text = String::new();
        for piece in &section.pieces {
            match piece {
                Piece::Prose(prose) => text.push_str(prose),
                Piece::Title(title) => {
                    text.push_str(title);
                    let about = self.about(&section.id).map(|about| html_block(&about));
                    text.push_str(&about.map(|about| format!("\n{about}")).unwrap_or_default());
                }
                Piece::Code(block) => text.push_str(&self.block(block)),
            }
        }
        text + "\n"
    }

    /// A block of code as an HTML block of Markdown.
    fn block(&self, block: &Block) -> String {
        figure(block, self).map(|figure| html_block(&figure)).unwrap_or_default()
    }

    /// The slide that a section belongs to, with its chapter.
    fn slide(&self, id: &str) -> Option<(&Chapter, &Slide)> {
        let mut slides = self
            .handout
            .deck
            .chapters
            .iter()
            .flat_map(|chapter| chapter.slides.iter().map(move |slide| (chapter, slide)));
        slides.find(|(_, slide)| slide.id == id)
    }

    /// What stands below a heading: the way to its slide, and where in a call that is. A part that no slide has has neither.
    fn about(&self, id: &str) -> Option<Markup> {
        let (chapter, slide) = self.slide(id)?;
        let address = format!("{}index.html#/{id}", self.handout.site);
        let here = slide.here.as_ref().and_then(|here| xray::here(here, self));
        Some(html! {
            div.about {
                p { a href=(address) { "Slide " (slide.label(chapter.number)) } }
                @if let Some(here) = here { (here) }
            }
        })
    }
}

/// HTML that nothing between here and the page can break.
fn html_block(html: &Markup) -> String {
    format!("{}\n\n", inert(&one_line(&html.0)))
}
