//! The pages beside the slides that are only read: one head, one way back to the deck.

use maud::{DOCTYPE, Markup, html};

use crate::model::Deck;

/// What such a page is.
pub struct Paper<'a> {
    /// Its heading.
    pub title: &'a str,
    /// The way from its folder to that of the deck: nothing, or `../`.
    pub root: &'a str,
    /// What else stands in its head.
    pub head: Markup,
}

/// The page around `inside`.
pub fn paper(deck: &Deck, Paper { title, root, head }: &Paper, inside: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang=(deck.language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · " (deck.title) }
                meta name="color-scheme" content="light dark";
                (head)
                link rel="stylesheet" href=(format!("{root}assets/paper.css"));
                link rel="icon" href=(format!("{root}assets/favicon.svg")) type="image/svg+xml";
            }
            body.paper.about {
                main {
                    header {
                        p { a href=(format!("{root}index.html")) { (deck.title) } }
                        h1 { (title) }
                    }
                    (inside)
                }
            }
        }
    }
    .into_string()
}
