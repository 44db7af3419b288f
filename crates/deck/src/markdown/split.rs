//! Where one slide ends and the next begins: at the thematic breaks of the top level.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};

use super::OPTIONS;
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    source::{Audience, Line},
};

/// The text that some audiences see, and where each of its lines begins. Lines for others stand in it as empty ones, so
/// that line numbers fit.
pub struct SlideText {
    pub text: String,
    starts: Vec<usize>,
}

impl SlideText {
    pub fn new(lines: &[Line], audiences: &[Audience], sees: fn(Audience) -> bool) -> Self {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(lines.len());
        for (line, audience) in lines.iter().zip(audiences) {
            starts.push(text.len());
            if sees(*audience) {
                text.push_str(&line.text);
            }
            text.push('\n');
        }
        Self { text, starts }
    }

    /// Index of the line that contains a byte.
    pub fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The bytes of a range of lines.
    pub fn bytes(&self, lines: &Range<usize>) -> Range<usize> {
        let at = |line: usize| self.starts.get(line).copied().unwrap_or(self.text.len());
        at(lines.start)..at(lines.end)
    }
}

/// The lines of each slide, without the breaks between them.
pub fn split(text: &SlideText, lines: &[Line], diagnostics: &mut Diagnostics) -> Vec<Range<usize>> {
    let mut depth = 0_usize;
    let mut start = 0;
    let mut slides = Vec::new();
    for (event, range) in Parser::new_ext(&text.text, OPTIONS).into_offset_iter() {
        match event {
            Event::Rule if depth == 0 => {
                let line = text.line_at(range.start);
                slides.push(start..line);
                start = line + 1;
            }
            Event::Start(tag) => {
                if let Tag::Heading { level: HeadingLevel::H2, .. } = tag {
                    let last = text.line_at(range.end.saturating_sub(1).max(range.start));
                    report_glued(&text.text[range.clone()], &lines[last], diagnostics);
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    slides.push(start..lines.len());
    slides
}

/// A line of hyphens right below a text makes that text a heading instead of ending the slide.
fn report_glued(heading: &str, underline: &Line, diagnostics: &mut Diagnostics) {
    let glued = heading.lines().count() > 1
        && heading
            .trim_end()
            .lines()
            .next_back()
            .is_some_and(|line| line.trim().starts_with('-') && line.trim().chars().all(|c| c == '-'));
    if glued {
        diagnostics.push(
            Diagnostic::new(
                underline,
                "this line makes the text above it a heading; it does not end the slide",
            )
            .help("put a blank line above `---`"),
        );
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::lines_of;

    #[track_caller]
    fn check(source: &str, expected: Result<&[(usize, usize)], &str>) {
        let lines = lines_of(Path::new("c.md"), source);
        let audiences = vec![Audience::Everyone; lines.len()];
        let mut diagnostics = Diagnostics::default();
        let slides = split(&SlideText::new(&lines, &audiences, |_| true), &lines, &mut diagnostics);
        let slides: Vec<_> = slides.into_iter().map(|range| (range.start, range.end)).collect();
        let result = diagnostics.finish(slides).map_err(|errors| errors[0].message.clone());
        assert_eq!(result.as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn a_break_at_the_top_level_ends_a_slide() {
        check("# a\n\n---\n\n# b", Ok(&[(0, 2), (3, 5)]));
        check("# a\n\n***\n# b", Ok(&[(0, 2), (3, 4)]));
    }

    #[test]
    fn a_break_inside_something_does_not() {
        check("```text\n---\n```", Ok(&[(0, 3)]));
        check("- a\n\n  ---\n", Ok(&[(0, 3)]));
        check("> ---\n", Ok(&[(0, 1)]));
    }

    #[test]
    fn a_text_glued_above_the_break_is_an_error() {
        let message = "this line makes the text above it a heading; it does not end the slide";
        check("# a\n\ntext\n---\n\n# b", Err(message));
    }
}
