//! What the speaker says.

use pulldown_cmark::{Parser, html::push_html};

use super::OPTIONS;
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    source::Line,
};

/// Words that a speaker says in a minute, at most.
const WORDS_PER_MINUTE: f32 = 125.0;

/// The notes as HTML; lines that are not spoken part what is. Notes that cannot be spoken in the planned minutes are reported.
pub fn notes(lines: &[Option<&Line>], minutes: Option<f32>, diagnostics: &mut Diagnostics) -> String {
    let spoken = || lines.iter().flatten();
    let words: usize = spoken().map(|line| line.text.split_whitespace().count()).sum();
    if let (Some(minutes), Some(first)) = (minutes, spoken().next()) {
        let most = minutes * WORDS_PER_MINUTE;
        if words as f32 > most {
            let message = format!("{words} words of notes do not fit into {minutes} minutes");
            diagnostics
                .push(Diagnostic::new(first, message).help(format!("{most:.0} words can be spoken then")));
        }
    }
    let text: String =
        lines.iter().flat_map(|line| [line.map_or("", |line| line.text.as_str()), "\n"]).collect();
    let mut html = String::new();
    push_html(&mut html, Parser::new_ext(&text, OPTIONS));
    html
}
