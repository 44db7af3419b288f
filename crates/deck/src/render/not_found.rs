//! The page that a host shows for an address that is not there, at whatever depth: it can name no file beside itself.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::style::within;
use crate::model::Deck;

/// Finds the site's root from the address that was asked for, folder by folder upwards.
const SEARCH: &str = include_str!("not_found.js");

/// The page. `address` is where the site will be published; without it, a script finds the way back.
///
/// # Errors
/// The name of a file that is missing among `assets`.
pub fn not_found(
    deck: &Deck,
    address: Option<&str>,
    assets: &BTreeMap<String, Vec<u8>>,
) -> Result<String, &'static str> {
    let style = within("paper.css", assets)?;
    let back =
        address.map_or_else(|| "index.html".to_owned(), |address| format!("{}index.html", path(address)));
    let icon = assets.get("favicon.svg").map(|bytes| STANDARD.encode(bytes)).ok_or("favicon.svg")?;
    Ok(page(deck, &back, address.is_none(), &style, &icon).into_string())
}

fn page(deck: &Deck, back: &str, searches: bool, style: &str, icon: &str) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(deck.language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Not found · " (deck.title) }
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                link rel="icon" href=(format!("data:image/svg+xml;base64,{icon}")) type="image/svg+xml";
                style { (PreEscaped(style)) }
            }
            body.paper.lost {
                main {
                    h1 { "Nothing down here" }
                    p { "There is no page at this address. It may have been moved, or the link to it was cut." }
                    p { a #back href=(back) { "To the first slide" } }
                    p.quiet { (deck.title) }
                }
                @if searches { script { (PreEscaped(SEARCH)) } }
            }
        }
    }
}

/// The path of an address, so that a copy of the site at another host leads to itself.
fn path(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.find('/').map_or("/", |start| &rest[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_path() {
        for (address, expected) in
            [("https://a.org/", "/"), ("https://a.org/talks/deck/", "/talks/deck/"), ("https://a.org", "/")]
        {
            assert_eq!(path(address), expected);
        }
    }
}
