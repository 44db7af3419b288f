//! What a link to the deck looks like where it is shown: title, description, picture.

use maud::{Markup, html};

use super::Edition;
use crate::model::Deck;

/// Size of `preview.png`, which web/preview.mjs takes.
const PICTURE: (&str, &str) = ("1200", "630");

/// The elements of the page's head. Picture and canonical address need whole addresses, so they are there only when the
/// site's is known.
pub fn tags(deck: &Deck, edition: &Edition) -> Markup {
    let picture = edition.address.as_deref().filter(|_| edition.picture);
    html! {
        meta name="author" content=(deck.authors.join(", "));
        meta property="og:type" content="website";
        meta property="og:title" content=(deck.title);
        meta property="og:description" content=(deck.description);
        meta property="og:locale" content=(deck.language);
        @if let Some(address) = &edition.address {
            link rel="canonical" href=(address);
            meta property="og:url" content=(address);
        }
        @if let Some(address) = picture {
            meta property="og:image" content=(format!("{address}preview.png"));
            meta property="og:image:width" content=(PICTURE.0);
            meta property="og:image:height" content=(PICTURE.1);
            meta property="og:image:alt" content=(format!("The first slide: {}", deck.title));
        }
        meta name="twitter:card" content=(if picture.is_some() { "summary_large_image" } else { "summary" });
    }
}
