//! The fonts that the first slide needs at once, asked for before the style sheet does.

use maud::{Markup, html};

use super::{Ingredients, page::json, shown, snippet};
use crate::model::Deck;

/// Where the script lies that asks for them.
pub const SCRIPT: &str = "assets/early-fonts.js";

/// Those of prose, which every slide needs; web/build.mjs names fonts by their role.
const PROSE: &str = "fonts/sans-";

/// That of code.
const CODE: &str = "fonts/mono-";

/// What asks for them, in the page's head. From disk browsers let a style sheet load a font and nothing else, so a page that
/// may be opened from there asks by a script, which knows where it is: one of its own, as some hosts allow no other.
pub fn tags(ingredients: &Ingredients) -> Markup {
    html! {
        @if ingredients.edition.live {
            @for font in fonts(ingredients, &[PROSE]) { link rel="preload" href=(font) as="font" type="font/woff2" crossorigin; }
        } @else if !fonts(ingredients, &[PROSE]).is_empty() {
            script async src=(SCRIPT) {}
        }
    }
}

/// The script, for a page that is not served by `deck`. Code on the first slide needs its font, too, unless the page is opened
/// at another slide.
pub fn script(deck: &Deck, ingredients: &Ingredients) -> Option<String> {
    let prose = fonts(ingredients, &[PROSE]);
    let first = shown(deck, ingredients.edition.planned).next();
    let has_code = first.is_some_and(|(_, slide)| slide.blocks.iter().any(|block| snippet(block).is_some()));
    let first = if has_code { fonts(ingredients, &[PROSE, CODE]) } else { prose.clone() };
    let script =
        include_str!("early_fonts.js").replace("PROSE", &json(&prose)).replace("FIRST", &json(&first));
    (!ingredients.edition.live && !prose.is_empty()).then_some(script)
}

fn fonts(ingredients: &Ingredients, roles: &[&str]) -> Vec<String> {
    let wanted = |name: &&String| roles.iter().any(|role| name.starts_with(role));
    ingredients.assets.keys().filter(wanted).map(|name| format!("assets/{name}")).collect()
}
