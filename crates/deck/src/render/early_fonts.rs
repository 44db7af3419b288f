//! The fonts that the first slide needs at once, asked for before the style sheet does.

use maud::{Markup, html};

use super::{Ingredients, page::json};

/// Where the script lies that asks for them.
pub const SCRIPT: &str = "assets/early-fonts.js";

/// Those of prose, which web/build.mjs names by their role; the others load when they are used.
const EARLY: &str = "fonts/sans-";

/// What asks for them, in the page's head. From disk browsers let a style sheet load a font and nothing else, so a page that
/// may be opened from there asks by a script, which knows where it is: one of its own, as some hosts allow no other.
pub fn tags(ingredients: &Ingredients) -> Markup {
    html! {
        @if ingredients.edition.live {
            @for font in fonts(ingredients) { link rel="preload" href=(font) as="font" type="font/woff2" crossorigin; }
        } @else if !fonts(ingredients).is_empty() {
            script async src=(SCRIPT) {}
        }
    }
}

/// The script, for a page that is not served by `deck`.
pub fn script(ingredients: &Ingredients) -> Option<String> {
    let fonts = fonts(ingredients);
    (!ingredients.edition.live && !fonts.is_empty())
        .then(|| include_str!("early_fonts.js").replace("FONTS", &json(&fonts)))
}

fn fonts(ingredients: &Ingredients) -> Vec<String> {
    let early = ingredients.assets.keys().filter(|name| name.starts_with(EARLY));
    early.map(|name| format!("assets/{name}")).collect()
}
