//! Text that is coloured by what its parts are.

use maud::{Markup, html};

/// A piece of text and what it is; an empty part is text that is nothing special.
pub type Piece = (&'static str, String);

/// The pieces as elements with a class for each part.
pub fn drawn(prefix: &str, pieces: &[Piece]) -> Markup {
    html! {
        @for (part, text) in pieces {
            @if part.is_empty() { (text) } @else { span class=(format!("{prefix}-{part}")) { (text) } }
        }
    }
}
