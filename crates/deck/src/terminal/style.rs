//! The colours of the terminal.

use std::fmt;

use anstyle::{AnsiColor, Style};

use crate::highlight::Token;

/// What went well.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// What did not.
pub const FAILED: Style = AnsiColor::Red.on_default().bold();
/// Titles.
pub const TITLE: Style = Style::new().bold();
/// What is not looked at first.
pub const DIM: Style = Style::new().dimmed();

/// A text in a style.
pub struct Painted<T>(pub Style, pub T);

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.0.render(), self.1, self.0.render_reset())
    }
}

/// The style of a token; `Plain` has none.
pub fn token(token: Token) -> Style {
    match token {
        Token::Plain => Style::new(),
        Token::Keyword => AnsiColor::Magenta.on_default(),
        Token::String => AnsiColor::Green.on_default(),
        Token::Number | Token::Constant => AnsiColor::Cyan.on_default(),
        Token::Comment => DIM,
        Token::Function => AnsiColor::Blue.on_default().bold(),
        Token::Type => AnsiColor::Yellow.on_default(),
        Token::Attribute => AnsiColor::BrightRed.on_default(),
        Token::Property => AnsiColor::BrightBlue.on_default(),
        Token::Lifetime => AnsiColor::BrightYellow.on_default(),
    }
}
