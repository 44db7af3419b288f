//! The handout: a chapter as Markdown for mdBook, with everything in it that only the deck can draw. Pure.

mod code;
mod drawing;
mod figure;
mod page;
mod profile;
mod xray;

pub use page::Handout;

use maud::{Markup, html};

use super::slides::origins;
use crate::{
    markdown::{Piece, Section, inert, one_line},
    model::Block,
};
use figure::figure;
use page::Page;

/// One chapter. Sections of slides that are only planned are left out.
pub fn chapter(sections: &[Section], handout: &Handout) -> String {
    let sources = origins(handout.deck, false);
    let page = Page { handout, sources: &sources };
    let shown = sections.iter().filter(|section| !section.planned);
    shown.map(|shown| section(shown, &page)).collect()
}

fn section(section: &Section, page: &Page) -> String {
    let mut text = String::new();
    for piece in &section.pieces {
        match piece {
            Piece::Prose(prose) => text.push_str(prose),
            Piece::Title(title) => {
                text.push_str(title);
                let about = about(&section.id, page).map(|about| html_block(&about));
                text.push_str(&about.map(|about| format!("\n{about}")).unwrap_or_default());
            }
            Piece::Code(block) => text.push_str(&code_block(block, page)),
        }
    }
    text + "\n"
}

/// A block of code as an HTML block of Markdown.
fn code_block(block: &Block, page: &Page) -> String {
    figure(block, page).map(|figure| html_block(&figure)).unwrap_or_default()
}

/// What stands below a heading: the way to its slide, and where in a call that is. A part that no slide has has neither.
fn about(id: &str, page: &Page) -> Option<Markup> {
    let (chapter, slide) = page.slide(id)?;
    let address = format!("{}index.html#/{id}", page.handout.site);
    let here = slide.here.as_ref().and_then(|here| xray::here(here, page));
    Some(html! {
        div.about {
            p { a href=(address) { "Slide " (slide.label(chapter.number)) } }
            @if let Some(here) = here { (here) }
        }
    })
}

/// HTML that nothing between here and the page can break.
fn html_block(html: &Markup) -> String {
    format!("{}\n\n", inert(&one_line(&html.0)))
}
