//! A laid out trace as a still picture. It stands in the page, so that the page's themes colour it.

use std::{collections::BTreeMap, fmt::Write};

use maud::{Markup, PreEscaped, html};
use native_trace::StageSpan;

use super::profile::{Profile, Span, Tone};
use crate::model::STAGES;

/// Units across a drawing.
const WIDTH: f64 = 1000.0;
/// Units that the rows take together, if they are as many as usual, and the most that one takes.
const DEPTH: f64 = 260.0;
const HIGHEST_ROW: f64 = 26.0;
/// Units above the rows, for the numbers of the stages.
const RULER: f64 = 46.0;
/// Units between two of these numbers, at least.
const APART: f64 = 26.0;
/// Units that a function of the user's has at least: it is what one looks for.
const LEAST_OWN: f64 = 3.0;
/// Units between the brackets of two stages.
const GAP: f64 = 3.0;
/// Units of a rectangle that has room for a letter.
const LETTER: f64 = 34.0;
/// Where a rectangle is closer to the one before it than this, the two are drawn as one.
const FINEST: f64 = 0.15;

/// What a drawing shows.
pub struct Drawing<'a> {
    /// Unique in the book: the drawing's own parts are named after it.
    pub id: &'a str,
    /// The trace.
    pub profile: &'a Profile,
    /// Instructions that fit into its width. Two drawings that are compared have one scale.
    pub scale: u32,
    /// The stages of the call.
    pub stages: &'a [StageSpan],
    /// What it shows, in a few words and in a sentence.
    pub title: &'a str,
    pub description: &'a str,
}

impl Drawing<'_> {
    /// The picture, with the numbers of its stages above it.
    pub fn svg(&self) -> Markup {
        let row = (DEPTH / self.profile.rows.max(1.0)).min(HIGHEST_ROW);
        let height = self.profile.rows * row;
        let title = format!("{}-title", self.id);
        html! {
            svg.profile viewBox=(format!("0 {} {WIDTH} {}", -RULER, round(height + RULER))) role="img"
                aria-labelledby=(title) aria-describedby=(format!("{}-description", self.id)) {
                title id=(title) { (self.title) }
                desc id=(format!("{}-description", self.id)) { (self.description) }
                defs { (self.patterns()) }
                (self.ruler())
                (self.shapes("waits", &self.profile.waits, row))
                (self.shapes("runs", &self.profile.runs, row))
                (self.letters(row))
            }
        }
    }

    fn x(&self, instruction: u32) -> f64 {
        f64::from(instruction) * WIDTH / f64::from(self.scale.max(1))
    }

    /// All rectangles of one look are one path.
    fn shapes(&self, kind: &str, spans: &[Span], row: f64) -> Markup {
        let mut pens: BTreeMap<Tone, Pen> = BTreeMap::new();
        for span in spans {
            let least = if span.tone == Tone::Rust { LEAST_OWN } else { 0.0 };
            let left = self.x(span.at);
            let right = self.x(span.end).max(left + least);
            pens.entry(span.tone).or_default().draw(left, right, span.top * row, span.thickness * row);
        }
        html! {
            @for (tone, pen) in pens {
                @let path = pen.finish();
                path class=(kind) data-tone=(tone.class()) d=(path) {}
                @if let (Some(pattern), "runs") = (pattern_name(tone), kind) {
                    path fill=(format!("url(#{}-{pattern})", self.id)) d=(path) {}
                }
            }
        }
    }

    /// Patterns over the colours, for eyes and printers that do not tell the colours apart.
    fn patterns(&self) -> Markup {
        html! {
            pattern.over id=(format!("{}-glue", self.id)) width="7" height="7" patternUnits="userSpaceOnUse" {
                path d="M-1 8L8 -1M-1 1L1 -1M6 8L8 6" {}
            }
            pattern.over id=(format!("{}-dots", self.id)) width="6" height="6" patternUnits="userSpaceOnUse" {
                circle cx="2" cy="2" r="1.1" {}
            }
        }
    }

    /// A number for each stage, and below it where the stage is.
    fn ruler(&self) -> Markup {
        let centres =
            spread(self.stages.iter().map(|span| self.x(span.at) + self.x(span.instructions) / 2.0));
        html! {
            @for (span, centre) in self.stages.iter().zip(centres) {
                @let (left, width) = (self.x(span.at) + GAP / 2.0, (self.x(span.instructions) - GAP).max(2.0));
                rect.bracket x=(round(left)) y="-10" width=(round(width)) height="4" {}
                path.leader d=(format!("M{} -26L{} -11", round(centre), round(left + width / 2.0))) {}
                text x=(round(centre)) y="-31" text-anchor="middle" { (stage_number(span)) }
            }
        }
    }

    /// A letter in the largest piece of each tone, if it has room.
    fn letters(&self, row: f64) -> Markup {
        let room = |span: &Span| self.x(span.end) - self.x(span.at);
        let widest = |tone| {
            let spans =
                self.profile.waits.iter().filter(move |span| span.tone == tone && span.thickness == 1.0);
            spans
                .max_by(|a, b| room(a).total_cmp(&room(b)))
                .filter(|span| room(span) >= LETTER && row >= 16.0)
        };
        html! {
            @for span in Tone::ALL.into_iter().filter_map(widest) {
                @let (x, y) = ((self.x(span.at) + self.x(span.end)) / 2.0, (span.top + 0.5) * row + 6.0);
                text.letter data-tone=(span.tone.class()) x=(round(x)) y=(round(y)) text-anchor="middle" {
                    (span.tone.look().0)
                }
            }
        }
    }
}

/// The number of a stage in the order of a call, from 1.
pub fn stage_number(span: &StageSpan) -> usize {
    STAGES.iter().position(|(_, stage)| *stage == span.stage).map_or(0, |index| index + 1)
}

fn pattern_name(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Glue => Some("glue"),
        Tone::Other => Some("dots"),
        Tone::CPython | Tone::Rust => None,
    }
}

/// Numbers as near to where they belong as they can stand without touching, in their order.
fn spread(wishes: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut centres: Vec<f64> = Vec::new();
    for wish in wishes {
        let least = centres.last().map_or(APART / 2.0, |last| last + APART);
        centres.push(wish.max(least));
    }
    let mut most = WIDTH - APART / 2.0;
    for centre in centres.iter_mut().rev() {
        *centre = centre.min(most);
        most = *centre - APART;
    }
    centres
}

/// Draws rectangles row by row and joins those that the eye cannot tell apart.
#[derive(Default)]
struct Pen {
    /// By the upper edge in thousandths of a unit.
    open: BTreeMap<i64, [f64; 4]>,
    path: String,
}

impl Pen {
    fn draw(&mut self, left: f64, right: f64, top: f64, height: f64) {
        let row = (top * 1e3).round() as i64;
        if let Some(before) = self.open.get_mut(&row)
            && left - before[1] < FINEST
        {
            before[1] = before[1].max(right);
            return;
        }
        if let Some(before) = self.open.insert(row, [left, right, top, height]) {
            write(&mut self.path, before);
        }
    }

    fn finish(mut self) -> PreEscaped<String> {
        for rectangle in std::mem::take(&mut self.open).into_values() {
            write(&mut self.path, rectangle);
        }
        PreEscaped(self.path)
    }
}

fn write(path: &mut String, [left, right, top, height]: [f64; 4]) {
    let (x, y, width, height) = (round(left), round(top), round(right - left), round(height));
    let _ = write!(path, "M{x} {y}h{width}v{height}h-{width}z");
}

/// A number with at most two decimals.
fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wishes: &[f64], expected: &[f64]) {
        assert_eq!(spread(wishes.iter().copied()), expected);
    }

    #[test]
    fn numbers_give_way_to_each_other_and_to_the_edges() {
        check(&[100.0, 500.0], &[100.0, 500.0]);
        check(&[100.0, 101.0, 500.0], &[100.0, 126.0, 500.0]);
        check(&[0.0, 1.0], &[13.0, 39.0]);
        check(&[999.0, 1000.0], &[961.0, 987.0]);
    }

    #[test]
    fn what_the_eye_cannot_tell_apart_is_one_rectangle() {
        let mut pen = Pen::default();
        for at in 0..10 {
            pen.draw(f64::from(at) * 0.1, f64::from(at) * 0.1 + 0.05, 0.0, 5.0);
        }
        pen.draw(5.0, 6.0, 0.0, 5.0);
        pen.draw(0.0, 6.0, 5.0, 5.0);
        assert_eq!(pen.finish().0, "M0 0h0.95v5h-0.95zM5 0h1v5h-1zM0 5h6v5h-6z");
    }
}
