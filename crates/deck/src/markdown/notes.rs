//! What the speaker says.

use pulldown_cmark::{Parser, html::push_html};

use super::OPTIONS;
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    source::Line,
};

/// Words that a speaker says in a minute, at most.
const WORDS_PER_MINUTE: f32 = 125.0;

/// The notes as HTML. Notes that cannot be spoken in the planned minutes are reported.
pub fn notes(spoken: &[&Line], minutes: Option<f32>, diagnostics: &mut Diagnostics) -> String {
    let words: usize = spoken.iter().map(|line| line.text.split_whitespace().count()).sum();
    if let (Some(minutes), Some(first)) = (minutes, spoken.first()) {
        let most = minutes * WORDS_PER_MINUTE;
        if words as f32 > most {
            let message = format!("{words} words of notes do not fit into {minutes} minutes");
            diagnostics
                .push(Diagnostic::new(first, message).help(format!("{most:.0} words can be spoken then")));
        }
    }
    let text: String = spoken.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect();
    let mut html = String::new();
    push_html(&mut html, Parser::new_ext(&text, OPTIONS));
    html
}
