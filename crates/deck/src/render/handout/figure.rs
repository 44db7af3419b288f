//! Blocks of code on a page of the handout, which runs nothing: what they printed stands below them.

use maud::{Markup, html};

use super::{code::code, page::Page, xray};
use crate::{
    model::{Block, Snippet},
    render::{address, output::output},
};

/// A block as a figure; nothing for one that is not drawn.
pub fn figure(block: &Block, page: &Page) -> Option<Markup> {
    match block {
        Block::Html(_) => None,
        Block::Snippet(snippet) => Some(code_figure(snippet, None, page)),
        Block::Cell(cell) => match cell.xray() {
            Some(xray) if xray.unseen => None,
            Some(xray) => Some(xray::figure(cell, xray, page)),
            None => Some(code_figure(&cell.snippet, Some(&cell.id), page)),
        },
    }
}

fn code_figure(snippet: &Snippet, cell: Option<&str>, page: &Page) -> Markup {
    let source = |file: &str, line| {
        address::source_line(page.sources, file, line)
            .map(|address| format!("{}{address}", page.handout.site))
    };
    html! {
        figure.code data-language=(snippet.language) {
            figcaption {
                span.language {}
                @if let Some(origin) = &snippet.origin {
                    " " a href=(format!("{}{}#L{}", page.handout.site, address::source(&origin.file), origin.line)) { (origin.label()) }
                }
            }
            (code(snippet))
            @if let Some(recorded) = cell.and_then(|id| (page.handout.recorded)(id)) { (output(&recorded, &source)) }
        }
    }
}
