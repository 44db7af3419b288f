//! Code as HTML: one element per line, so that lines can be lit, dimmed and printed without a copy.

use maud::{Markup, html};

use super::address;
use crate::{
    highlight::{Language, Span, Token, highlight},
    model::Snippet,
};

/// The code of a snippet with its highlights, steps and origin: the inside of its figure.
pub fn snippet(snippet: &Snippet) -> Markup {
    let code = snippet.shown();
    html! {
        pre tabindex="0" role="region" aria-label=(label(&snippet.language)) {
            code { (lines(&snippet.language, code.trim_end_matches('\n'), "")) }
        }
        @for step in snippet.steps.iter().skip(1) {
            i class="fragment step" data-lines=(list(step)) aria-hidden="true" {}
        }
    }
}

/// The caption that leads to the file and line where the code lives.
pub fn caption(snippet: &Snippet) -> Markup {
    html! {
        @if let Some(origin) = &snippet.origin {
            @let file = address::of(&origin.file);
            figcaption {
                a href=(format!("{}#L{}", address::source(&origin.file), origin.line)) { (file) ":" (origin.line) }
            }
        }
    }
}

/// The value of `data-steps`; nothing for code that is shown at once.
pub fn steps(snippet: &Snippet) -> Option<String> {
    let steps: Vec<_> = snippet.steps.iter().map(|step| list(step)).collect();
    (!steps.is_empty()).then(|| steps.join("|"))
}

/// Highlighted lines, each in an element of its own; with an `anchor` such as `L`, line 12 has the id `L12`.
pub fn lines(language: &str, code: &str, anchor: &str) -> Markup {
    let language = Language::from_fence(language).unwrap_or(Language::Text);
    html! {
        @for (number, line) in (1..).zip(highlight(language, code)) {
            @let id = (!anchor.is_empty()).then(|| format!("{anchor}{number}"));
            span.line id=[id] data-line=(number) { @for part in &line { (span(part)) } "\n" }
        }
    }
}

/// What a block of code is, for whoever does not see it.
pub fn label(tag: &str) -> String {
    let language = Language::from_fence(tag).unwrap_or(Language::Text);
    format!("{} code", language.name())
}

fn span(span: &Span) -> Markup {
    html! {
        @match span.token {
            Token::Plain => (span.text),
            token => span class=(token.class()) { (span.text) },
        }
    }
}

fn list(numbers: &[u32]) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}
