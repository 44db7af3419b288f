//! Code on a page of the handout.

use maud::{Markup, html};

use crate::{
    model::Snippet,
    render::code::{label, lines},
};

/// Code in the deck's colours. mdBook's script would colour it once more, unless its class says not to.
pub fn code(snippet: &Snippet) -> Markup {
    html! {
        pre tabindex="0" role="group" aria-label=(label(&snippet.language)) {
            code class="nohighlight" { (lines(&snippet.language, snippet.shown().trim_end_matches('\n'), "")) }
        }
    }
}
