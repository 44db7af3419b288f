//! What a new run of a cell means for its recording.

use similar::TextDiff;

use super::{Fingerprint, Recording, normalise, relations, transcript, values};
use crate::{
    model::{Cell, Compare},
    protocol::{CellEvent, Outcome, Status},
};

/// What came of comparing a run with a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The run is what was recorded, as far as the cell's kind of comparison asks.
    Passed,
    /// The run is another one.
    Differs(Difference),
    /// The run is wrong in itself, whatever was recorded: why, in sentences.
    Faulty(Vec<String>),
    /// An exact result of another place: what is different there.
    NotComparable(String),
}

/// Two texts that should be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Of the recording.
    pub recorded: String,
    /// Of the new run.
    pub found: String,
}

impl Difference {
    /// A unified diff from the recording, headed by its path, to the run.
    pub fn unified(&self, recording: &str) -> String {
        let diff = TextDiff::from_lines(&self.recorded, &self.found);
        diff.unified_diff().header(recording, "this run").to_string()
    }
}

/// Compares a run with the recording that holds for its interpreter. `here` is where the run took place.
pub fn compare(cell: &Cell, recording: &Recording, events: &[CellEvent], here: &Fingerprint) -> Verdict {
    let faults = faults(cell, events);
    if !faults.is_empty() {
        return Verdict::Faulty(faults);
    }
    let elsewhere = recording.fingerprint.differences(here);
    match cell.compare() {
        Compare::Relation => Verdict::Passed,
        Compare::Exact if !elsewhere.is_empty() => Verdict::NotComparable(elsewhere.join(", ")),
        Compare::Exact | Compare::Text => {
            let recorded = comparable(&recording.events, cell.compare());
            let found = comparable(events, cell.compare());
            match recorded == found {
                true => Verdict::Passed,
                false => Verdict::Differs(Difference { recorded, found }),
            }
        }
    }
}

/// The text that a kind of comparison looks at.
pub(super) fn comparable(events: &[CellEvent], compare: Compare) -> String {
    let text = transcript(events, compare);
    if compare == Compare::Exact { text } else { normalise(&text) }
}

/// What is wrong with a run in itself: it ended as it must not, a relation does not hold or was never asserted, or a
/// value cannot be quoted.
pub fn faults(cell: &Cell, events: &[CellEvent]) -> Vec<String> {
    let mut faults: Vec<String> = ending(cell, events).into_iter().collect();
    let (relations, values) = (relations(events), values(events));
    if cell.compare() == Compare::Relation && relations.is_empty() {
        faults.push(
            "it is `compare=relation`, but it asserts no relation; call `deck.relation(text, holds)`".into(),
        );
    }
    for relation in relations {
        match relation {
            Ok(relation) if relation.holds => {}
            Ok(relation) => faults.push(format!("the relation “{}” does not hold", relation.text)),
            Err(error) => faults.push(error),
        }
    }
    let mut names = Vec::new();
    for value in values {
        match value {
            Ok(value) if names.contains(&value.name) => {
                faults.push(format!("it names the value `{}` twice", value.name))
            }
            Ok(value) => names.push(value.name),
            Err(error) => faults.push(error),
        }
    }
    faults
}

fn ending(cell: &Cell, events: &[CellEvent]) -> Option<String> {
    let status = Outcome { events: events.to_vec() }.status();
    match (status, cell.expect_error) {
        (Status::Ok, false) | (Status::Error, true) => None,
        (Status::Ok, true) => Some("it is marked `expect-error`, but it ended without an error".into()),
        (Status::Error, false) => Some(format!("it failed{}", told(events))),
        (Status::Stopped, _) => Some(format!("it was stopped{}", told(events))),
        (Status::Crashed, _) => Some(format!("its process died{}", told(events))),
    }
}

/// What the run itself says of its failure, to stand behind a sentence about it.
fn told(events: &[CellEvent]) -> String {
    let error = events.iter().find_map(|event| match event {
        CellEvent::Error { error } => Some(error.text()),
        _ => None,
    });
    let limits =
        events.iter().any(|event| matches!(event, CellEvent::Finished { limits, .. } if !limits.is_empty()));
    let limits = if limits { " at one of its limits" } else { "" };
    error.map_or_else(|| limits.to_owned(), |error| format!("{limits}:\n{}", error.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::fixture::{
        cell, comparing, deck, ended, failed, printed, recorded, relation, value,
    };

    /// Compares two runs of one cell in the same place.
    fn verdict(kind: Compare, recording: &[CellEvent], run: &[CellEvent]) -> Verdict {
        let deck = deck("x = 1");
        let cell = comparing(&deck, "a", kind);
        let recording = recorded(&deck, "a", recording);
        let run = [run, &[ended(Status::Ok)]].concat();
        compare(&cell, &recording, &run, &recording.fingerprint)
    }

    #[track_caller]
    fn passes(kind: Compare, recording: &[CellEvent], run: &[CellEvent]) {
        assert_eq!(verdict(kind, recording, run), Verdict::Passed);
    }

    #[track_caller]
    fn differs(kind: Compare, recording: &[CellEvent], run: &[CellEvent], expected: &str) {
        let Verdict::Differs(difference) = verdict(kind, recording, run) else {
            panic!("{:?}", verdict(kind, recording, run));
        };
        assert_eq!(difference.unified("a.toml"), expected);
    }

    #[track_caller]
    fn faulty(kind: Compare, run: &[CellEvent], expected: &str) {
        assert_eq!(verdict(kind, run, run), Verdict::Faulty(vec![expected.to_owned()]));
    }

    #[test]
    fn text_is_compared_after_normalising_and_without_numbers() {
        let run = |address: &str, number: &str| {
            [printed(&format!("<object at {address}> took {number} ms\n")), value("time", number)]
        };
        passes(Compare::Text, &run("0x7f0000000001", "1"), &run("0x7f0000000002", "2"));
        let expected =
            "--- a.toml\n+++ this run\n@@ -1,3 +1,3 @@\n [stdout]\n-42\n+43\n [ended without an error]\n";
        differs(Compare::Text, &[printed("42\n")], &[printed("43\n")], expected);
    }

    #[test]
    fn exact_is_to_the_letter() {
        passes(Compare::Exact, &[value("count", "420")], &[value("count", "420")]);
        let expected = "--- a.toml\n+++ this run\n@@ -1,2 +1,2 @@\n-[value] count = 420 x\n+[value] count = 421 x\n \
                        [ended without an error]\n";
        differs(Compare::Exact, &[value("count", "420")], &[value("count", "421")], expected);
        let took = |number| [printed(&format!("{number} ms"))];
        assert!(matches!(verdict(Compare::Exact, &took(1), &took(2)), Verdict::Differs(_)));
    }

    #[test]
    fn exact_results_of_another_place_are_not_comparable() {
        let deck = deck("x = 1");
        let recording = recorded(&deck, "a", &[value("count", "420")]);
        let mut here = recording.fingerprint.clone();
        here.version = "3.11.7".into();
        let run = [value("count", "9"), ended(Status::Ok)];
        let kind = |compare| comparing(&deck, "a", compare);
        let expected = "the interpreter was CPython 3.13.0 and is CPython 3.11.7".to_owned();
        assert_eq!(compare(&kind(Compare::Exact), &recording, &run, &here), Verdict::NotComparable(expected));
        // Text and relations do not ask where they are.
        assert_eq!(compare(&kind(Compare::Text), &recording, &run, &here), Verdict::Passed);
    }

    #[test]
    fn a_relation_cell_may_print_what_it_likes_but_must_assert() {
        passes(Compare::Relation, &[printed("1")], &[printed("2"), relation("a < b", true)]);
        let none = "it is `compare=relation`, but it asserts no relation; call `deck.relation(text, holds)`";
        faulty(Compare::Relation, &[printed("1")], none);
    }

    #[test]
    fn a_false_relation_fails_under_every_kind() {
        for kind in [Compare::Text, Compare::Exact, Compare::Relation] {
            faulty(kind, &[relation("a < b", false)], "the relation “a < b” does not hold");
        }
    }

    #[test]
    fn what_cannot_be_quoted_is_a_fault() {
        faulty(Compare::Text, &[value("n", "1"), value("n", "1")], "it names the value `n` twice");
        let broken = CellEvent::Display {
            mime: crate::recording::VALUE.into(),
            data: r#"{"name": "n", "number": 1}"#.into(),
        };
        let Verdict::Faulty(faults) = verdict(Compare::Text, &[], &[broken]) else {
            panic!("a value without unit passes")
        };
        assert!(faults[0].contains("missing field `unit`"), "{faults:?}");
    }

    #[test]
    fn a_cell_ends_as_it_says() {
        let deck = deck("x = 1");
        let check = |expect_error, events: &[CellEvent]| {
            faults(&Cell { expect_error, ..cell(&deck, "a").clone() }, events)
        };
        let error = [failed("ValueError: no\n"), ended(Status::Error)];
        assert!(check(true, &error).is_empty());
        assert_eq!(check(false, &error), ["it failed:\nValueError: no"]);
        let marked = "it is marked `expect-error`, but it ended without an error";
        assert_eq!(check(true, &[ended(Status::Ok)]), [marked]);
        for expect_error in [true, false] {
            assert_eq!(check(expect_error, &[ended(Status::Stopped)]), ["it was stopped"]);
            assert_eq!(check(expect_error, &[]), ["its process died"]);
        }
    }
}
