//! What a link to the deck looks like where it is shown: title, description, picture.

use maud::{Markup, html};

use super::ingredients::Edition;
use crate::model::Deck;

/// Size of `preview.png`, which web/preview/main.ts takes.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn tags_of(address: Option<&str>, picture: bool) -> String {
        let deck = Deck {
            title: "A talk".into(),
            description: "About \"it\"".into(),
            authors: vec!["One".into(), "Other".into()],
            language: "en".into(),
            chapters: Vec::new(),
        };
        let edition = Edition { address: address.map(str::to_owned), picture, ..Edition::default() };
        tags(&deck, &edition).into_string()
    }

    #[test]
    fn title_and_description_need_no_address() {
        let tags = tags_of(None, true);
        assert!(tags.contains(r#"property="og:title" content="A talk""#), "{tags}");
        assert!(tags.contains(r#"content="About &quot;it&quot;""#), "{tags}");
        assert!(tags.contains(r#"content="summary""#), "{tags}");
        for whole in ["og:image", "og:url", "canonical"] {
            assert!(!tags.contains(whole), "{whole}: {tags}");
        }
    }

    #[test]
    fn a_picture_has_a_whole_address_and_is_named_only_if_it_is_there() {
        let address = Some("https://a.org/talk/");
        let tags = tags_of(address, true);
        assert!(tags.contains(r#"property="og:image" content="https://a.org/talk/preview.png""#), "{tags}");
        assert!(tags.contains(r#"<link rel="canonical" href="https://a.org/talk/">"#), "{tags}");
        let tags = tags_of(address, false);
        assert!(!tags.contains("og:image") && tags.contains("og:url"), "{tags}");
    }
}
