//! All recorded traces of a deck, and what is wrong with them as a whole.

use std::path::Path;

use super::{TraceRecording, broken, named_figures};
use crate::{
    diagnostic::Diagnostic,
    layout::TRACES,
    markdown::{ShownValue, Values},
    model::{Cell, Deck, Xray},
    recording::{Fingerprint, Shelf, Take},
    replay,
    source::Line,
};

/// The traces of `slides/recordings/xray`: for each X-ray a base, and variants of other interpreters.
pub type TraceRecordings = Shelf<TraceRecording>;

impl Take for TraceRecording {
    const SUBJECT: &str = "X-ray";
    const FOLDER: &str = TRACES;
    const ENDING: &str = ".trace.json";

    fn id(&self) -> &str {
        &self.xray
    }

    fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }

    fn parse(path: &Path, text: &str) -> Result<Self, Diagnostic> {
        Self::from_json(path, text)
    }

    fn text(&self) -> anyhow::Result<String> {
        Ok(self.to_json()?)
    }
}

impl TraceRecordings {
    /// What is missing, stale, contradicted or left over, with the next step.
    pub fn check(&self, deck: &Deck) -> Vec<Diagnostic> {
        let mut errors: Vec<_> =
            xrays(deck).flat_map(|(cell, xray)| self.check_xray(deck, cell, xray)).collect();
        errors.extend(self.orphans(deck));
        errors
    }

    /// What is missing or stale of one X-ray, and what it claims that its recording does not bear out.
    pub fn check_xray(&self, deck: &Deck, cell: &Cell, xray: &Xray) -> Vec<Diagnostic> {
        let step = format!("run `deck record --cell {}`, then review it with `git diff`", cell.id);
        let Some(takes) = self.takes(&cell.id) else {
            let message = format!("the X-ray `{}` has no recording", cell.id);
            return vec![Diagnostic::new(&fence(cell), message).at(&cell.id).help(step)];
        };
        let source = replay::source_hash(deck, cell);
        let faults = takes.iter().flat_map(|(variant, recording)| {
            let file = TraceRecording::path(&cell.id, variant.as_deref());
            if recording.source != source {
                return vec![format!("{} was recorded with other code or another build", file.display())];
            }
            let broken = broken(&xray.claims, &recording.trace).into_iter();
            broken.map(|claim| format!("{} contradicts a claim: {claim}", file.display())).collect()
        });
        faults.map(|message| Diagnostic::new(&fence(cell), message).at(&cell.id).help(step.clone())).collect()
    }

    /// Recordings whose X-ray does not exist.
    pub fn orphans(&self, deck: &Deck) -> Vec<Diagnostic> {
        let ids: Vec<_> = xrays(deck).map(|(cell, _)| cell.id.as_str()).collect();
        self.orphans_beside(&ids)
    }
}

impl Values for TraceRecordings {
    fn value(&self, xray: &str, name: &str) -> Result<ShownValue, (String, Vec<String>)> {
        let Some(recording) = self.base(xray) else {
            let names = self.bases().map(|base| format!("{}.instructions", base.xray)).collect();
            return Err((format!("there is no recording of an X-ray `{xray}`"), names));
        };
        let figures = named_figures(&recording.trace);
        match figures.get(name) {
            Some(count) => {
                Ok(ShownValue { number: f64::from(*count), unit: String::new(), badge: recording.label() })
            }
            None => {
                let names = figures.keys().map(|name| format!("{xray}.{name}")).collect();
                Err((format!("a trace has no figure `{name}`"), names))
            }
        }
    }
}

/// The model keeps places, not lines: the excerpt says what stands there.
fn fence(cell: &Cell) -> Line {
    Line { text: format!("xray {}", cell.id), place: cell.snippet.place.clone() }
}

fn xrays(deck: &Deck) -> impl Iterator<Item = (&Cell, &Xray)> {
    deck.cells().filter_map(|cell| Some((cell, cell.xray()?)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{project::load, xray::fixture::recording};

    /// A deck with the X-ray `dive`, whose fence says this, too.
    fn deck(attributes: &str) -> Deck {
        let chapter = format!(
            "# One\n\n```python,live,id=prepare,setup\nx = 1\n```\n\n```python,xray,id=dive{attributes}\nimport rusty\nrusty.add_one(41)\n```\n"
        );
        let files = BTreeMap::from([
            ("slides/book.toml", "[book]\ntitle = \"t\"\n"),
            ("slides/src/SUMMARY.md", "- [One](1.md)\n"),
            ("slides/src/1.md", chapter.as_str()),
        ]);
        load(&files, None).unwrap_or_else(|errors| panic!("{errors:#?}"))
    }

    fn shelf(recordings: impl IntoIterator<Item = TraceRecording>) -> TraceRecordings {
        let files = recordings
            .into_iter()
            .map(|recording| (TraceRecording::path(&recording.xray, None), recording.to_json().unwrap()));
        TraceRecordings::parse(&files.collect()).unwrap_or_else(|errors| panic!("{errors:#?}"))
    }

    /// The fixture as recorded for a deck.
    fn recorded(deck: &Deck) -> TraceRecording {
        TraceRecording { source: replay::source_hash(deck, deck.cell("dive").unwrap()), ..recording() }
    }

    #[track_caller]
    fn check(recordings: &TraceRecordings, deck: &Deck, expected: &[&str]) {
        let errors: Vec<_> = recordings.check(deck).into_iter().map(|error| error.message).collect();
        assert_eq!(errors, expected);
    }

    #[test]
    fn what_is_missing_stale_or_left_over_is_said() {
        let plain = deck("");
        check(&shelf([recorded(&plain)]), &plain, &[]);
        check(&shelf([]), &plain, &["the X-ray `dive` has no recording"]);
        let stale = "slides/recordings/xray/dive.trace.json was recorded with other code or another build";
        for other in [",first", ",warm=17", ",build=dev"] {
            check(&shelf([recorded(&plain)]), &deck(other), &[stale]);
        }
        let orphan = TraceRecording { xray: "gone".into(), ..recording() };
        let expected = ["no X-ray belongs to slides/recordings/xray/gone.trace.json"];
        check(&shelf([recorded(&plain), orphan]), &plain, &expected);
    }

    #[test]
    fn a_claim_that_was_added_later_is_checked_against_the_recording() {
        let shelf = shelf([recorded(&deck(""))]);
        check(&shelf, &deck(",lacks=malloc"), &[]);
        let expected = "slides/recordings/xray/dive.trace.json contradicts a claim: it should never enter `PyLong_*`, but it \
                        enters `PyLong_AsLong`";
        check(&shelf, &deck(",lacks=PyLong_*"), &[expected]);
    }

    #[test]
    fn a_file_is_named_for_what_it_holds() {
        let text = recording().to_json().unwrap();
        for (name, complaint) in
            [("other", "is named for the X-ray `other`"), ("dive.cpython-3.11", "another interpreter")]
        {
            let files =
                BTreeMap::from([(Path::new(TRACES).join(format!("{name}.trace.json")), text.clone())]);
            let errors = TraceRecordings::parse(&files).unwrap_err();
            assert!(errors[0].message.contains(complaint), "{}", errors[0].message);
        }
    }

    #[test]
    fn prose_quotes_figures_with_their_badge() {
        let shelf = shelf([recording()]);
        let value = shelf.value("dive", "user.instructions").unwrap();
        assert_eq!((value.number, value.unit.as_str()), (2.0, ""));
        let badge =
            "Recorded: CPython 3.13.0, rustc 1.95.0, PyO3 0.30.1, release, x86_64, 2026-11-23, warm call";
        assert_eq!(value.badge, badge);
        let (message, names) = shelf.value("dive", "usr.instructions").unwrap_err();
        assert_eq!(message, "a trace has no figure `usr.instructions`");
        assert!(names.contains(&"dive.user.instructions".to_owned()));
    }
}
