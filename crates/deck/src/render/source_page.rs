//! A page for every file that slides include code from, so that a snippet's link works without a network.

use std::path::Path;

use maud::{DOCTYPE, Markup, html};

use super::{address, code::lines};

/// The page: the whole file, each line with an id `L<number>`.
pub fn page(file: &Path, text: &str, language: &str) -> Markup {
    let up = "../".repeat(address::source(file).matches('/').count());
    let name = address::of(file);
    let tag = match file.extension().and_then(|ending| ending.to_str()) {
        Some("rs") => "rust",
        Some("py" | "pyi") => "python",
        Some("c" | "h") => "c",
        Some("toml") => "toml",
        Some("sh") => "sh",
        _ => "text",
    };
    html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (name) }
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href=(format!("{up}assets/deck.css"));
                link rel="icon" href=(format!("{up}assets/favicon.svg")) type="image/svg+xml";
            }
            body.source-page {
                main {
                    h1 { (name) }
                    p { a href=(format!("{up}index.html")) { "Back to the slides" } }
                    pre tabindex="0" { code { (lines(tag, text.trim_end_matches('\n'), "L")) } }
                }
            }
        }
    }
}
