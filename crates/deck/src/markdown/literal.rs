//! Text that must stay text. mdBook carries out `{{#…}}` wherever it stands, and the presentation preprocessor replaces its
//! markers wherever they stand, in blocks and spans of code as well. Written with character references both pass over them.

use maud::html;

use crate::source::replaced_markers;

/// Markdown or HTML in which nothing is left to carry out. A span of code has no references: [`inline_code`] is for those.
pub fn inert(text: &str) -> String {
    let braces = text.replace("{{", "{&#123;");
    replaced_markers().fold(braces, |text, (marker, _)| text.replace(marker, &marker.replace('$', "&#36;")))
}

/// Whether there is nothing to carry out.
pub fn is_inert(text: &str) -> bool {
    inert(text) == text
}

/// A span of code as HTML.
pub fn inline_code(text: &str) -> String {
    inert(&html! { code { (text) } }.into_string())
}

/// HTML as one line: a blank line in it would end it, and what follows would be Markdown.
pub fn one_line(html: &str) -> String {
    html.replace('\n', "&#10;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_and_markers_become_references() {
        assert_eq!(
            inert("a {{#include x}} {{ #include y}} {b}"),
            "a {&#123;#include x}} {&#123; #include y}} {b}"
        );
        assert_eq!(inert("$notes$ $notes-end$ $5"), "&#36;notes&#36; &#36;notes-end&#36; $5");
        assert_eq!(inline_code("<$web-only$>"), "<code>&lt;&#36;web-only&#36;&gt;</code>");
    }

    #[test]
    fn what_is_made_inert_once_is_inert() {
        for text in ["{{{{", "$notes$notes$", "$slides-only$web-only$", "plain"] {
            assert!(is_inert(&inert(text)), "{text}");
        }
    }
}
