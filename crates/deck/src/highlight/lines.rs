//! From one token per byte to lines of spans.

use super::tokens::Token;

/// A run of characters that are the same token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span<'a> {
    /// What it is.
    pub token: Token,
    /// Never empty, never with a line break.
    pub text: &'a str,
}

/// The spans of one line from left to right; neighbours differ in their token. An empty line has none.
pub type Line<'a> = Vec<Span<'a>>;

/// Cuts `code` at its line breaks and where the token changes. `canvas` holds the token of every byte.
pub fn lines<'a>(code: &'a str, canvas: &[Token]) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for text in code.split_inclusive('\n') {
        let content = text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(text);
        lines.push(line(content, canvas.get(start..).unwrap_or_default()));
        start += text.len();
    }
    if code.is_empty() || code.ends_with('\n') {
        lines.push(Line::new());
    }
    lines
}

fn line<'a>(text: &'a str, canvas: &[Token]) -> Line<'a> {
    let token_at = |at: usize| canvas.get(at).copied().unwrap_or(Token::Plain);
    let mut spans = Line::new();
    let mut start = 0;
    let changes = text.char_indices().skip(1).map(|(at, _)| at);
    for end in changes.chain([text.len()]) {
        if end > start && (end == text.len() || token_at(end) != token_at(start)) {
            spans.push(Span { token: token_at(start), text: &text[start..end] });
            start = end;
        }
    }
    spans
}
