//! All recordings of a deck, and what is wrong with them as a whole.

use std::path::Path;

use super::{Fingerprint, NamedValue, Recording, Shelf, Take};
use crate::{
    diagnostic::Diagnostic,
    layout::RECORDINGS,
    markdown::{ShownValue, Values},
    model::{Cell, Deck},
    replay,
    source::Line,
};

/// The recordings of `slides/recordings`: for each cell a base, and variants of interpreters whose output differs.
pub type Recordings = Shelf<Recording>;

impl Take for Recording {
    const SUBJECT: &str = "cell";
    const FOLDER: &str = RECORDINGS;
    const ENDING: &str = ".toml";

    fn id(&self) -> &str {
        &self.cell
    }

    fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }

    fn parse(path: &Path, text: &str) -> Result<Self, Diagnostic> {
        Self::from_toml(path, text)
    }

    fn text(&self) -> anyhow::Result<String> {
        Ok(self.to_toml()?)
    }
}

impl Recordings {
    /// What is missing, stale or left over, with the next step.
    pub fn check(&self, deck: &Deck) -> Vec<Diagnostic> {
        let cells = deck.cells().filter(|cell| cell.has_run());
        let mut errors: Vec<_> = cells.flat_map(|cell| self.check_cell(deck, cell)).collect();
        errors.extend(self.orphans(deck));
        errors.sort_by(|a, b| a.place.cmp(&b.place));
        errors
    }

    /// What is missing or stale of one cell.
    pub fn check_cell(&self, deck: &Deck, cell: &Cell) -> Vec<Diagnostic> {
        let step = next_step(&cell.id, None);
        let Some(takes) = self.takes(&cell.id) else {
            let message = format!("the cell `{}` has no recording", cell.id);
            return vec![Diagnostic::new(&fence(cell), message).at(&cell.id).help(step)];
        };
        let source = replay::source_hash(deck, cell);
        let stale = takes.iter().filter(|(_, recording)| recording.source != source);
        stale
            .map(|(variant, _)| {
                let file = Recording::path(&cell.id, variant.as_deref());
                let message =
                    format!("{} was recorded with other code: {}", file.display(), self.culprit(deck, cell));
                let step = match variant {
                    None => step.clone(),
                    Some(name) if Fingerprint::is_pyodide(name) => next_step(&cell.id, Some(name)),
                    Some(name) => format!("with {name}, {step}"),
                };
                Diagnostic::new(&fence(cell), message).at(&cell.id).help(step)
            })
            .collect()
    }

    /// Recordings whose cell does not exist, or that vary a base that does not.
    pub fn orphans(&self, deck: &Deck) -> Vec<Diagnostic> {
        let ids: Vec<_> = deck.cells().filter(|cell| cell.has_run()).map(|cell| cell.id.as_str()).collect();
        self.orphans_beside(&ids)
    }

    /// Whose code changed, as far as the other recordings tell: a cell above whose own recording is stale, too.
    fn culprit(&self, deck: &Deck, cell: &Cell) -> String {
        let above = replay::before(deck, &cell.id);
        let changed = above.iter().find(|above| {
            let base = self.base(&above.id);
            base.is_some_and(|base| base.source != replay::source_hash(deck, above))
        });
        match (changed, above.is_empty()) {
            (Some(changed), _) => {
                format!("that of `{}` ({}) has changed", changed.id, changed.snippet.place.label())
            }
            (None, true) => "its own has changed".to_owned(),
            (None, false) => "its own has changed, or which cells run before it".to_owned(),
        }
    }
}

impl Values for Recordings {
    fn value(&self, cell: &str, name: &str) -> Result<ShownValue, (String, Vec<String>)> {
        let Some(recording) = self.base(cell) else {
            let names =
                self.bases().flat_map(|recording| qualified(recording, &recording.values())).collect();
            return Err((format!("there is no recording of a cell `{cell}`"), names));
        };
        let values = recording.values();
        let names = qualified(recording, &values);
        let missing = || (format!("the recording of `{cell}` has no value `{name}`"), names);
        let value = values.into_iter().find(|value| value.name == name).ok_or_else(missing)?;
        let NamedValue { number, unit, .. } = value;
        let Some(number) = number.as_f64() else {
            return Err((format!("the value `{cell}.{name}` is too large to be shown"), Vec::new()));
        };
        Ok(ShownValue { number, unit, badge: recording.label() })
    }
}

fn qualified(recording: &Recording, values: &[NamedValue]) -> Vec<String> {
    values.iter().map(|value| format!("{}.{}", recording.cell, value.name)).collect()
}

/// What to do where a new run is right and the recording is not; a variant is named for its interpreter.
pub fn next_step(cell: &str, variant: Option<&str>) -> String {
    let place = variant.filter(|name| Fingerprint::is_pyodide(name)).map_or("", |_| " --pyodide");
    format!("run `deck record{place} --cell {cell}`, then review it with `git diff`")
}

/// The model keeps places, not lines: the excerpt says what stands there.
fn fence(cell: &Cell) -> Line {
    Line { text: format!("cell {}", cell.id), place: cell.snippet.place.clone() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::recording::fixture::{deck, printed, recorded, shelf, value};

    #[track_caller]
    fn check(recordings: &Recordings, code: &str, expected: &[&str]) {
        let errors = recordings.check(&deck(code));
        let errors: Vec<_> = errors
            .iter()
            .map(|error| {
                let help = error.help.clone().unwrap_or_default();
                format!("{}: {} ({help})", error.place.label(), error.message)
            })
            .collect();
        assert_eq!(errors, expected);
    }

    #[test]
    fn a_deck_whose_cells_are_recorded_has_no_errors() {
        let deck = deck("x = 1");
        check(&shelf([recorded(&deck, "a", &[]), recorded(&deck, "b", &[])]), "x = 1", &[]);
    }

    #[test]
    fn a_missing_recording_is_said_at_the_cell() {
        let one = shelf([recorded(&deck("x = 1"), "a", &[])]);
        let missing = "slides/src/1.md:7: the cell `b` has no recording \
                       (run `deck record --cell b`, then review it with `git diff`)";
        check(&one, "x = 1", &[missing]);
    }

    #[test]
    fn a_stale_recording_names_the_cell_whose_code_changed() {
        let deck = deck("x = 1");
        let both = shelf([recorded(&deck, "a", &[]), recorded(&deck, "b", &[])]);
        let expected = [
            "slides/src/1.md:3: slides/recordings/a.toml was recorded with other code: its own has changed \
             (run `deck record --cell a`, then review it with `git diff`)",
            "slides/src/1.md:7: slides/recordings/b.toml was recorded with other code: that of `a` (slides/src/1.md:3) has \
             changed (run `deck record --cell b`, then review it with `git diff`)",
        ];
        check(&both, "x = 2", &expected);
    }

    #[test]
    fn a_stale_variant_names_its_interpreter() {
        let (old, new) = (deck("x = 1"), deck("x = 2"));
        let mut variant = recorded(&old, "a", &[]);
        variant.fingerprint.version = "3.11.7".into();
        let recordings = shelf([recorded(&new, "a", &[]), recorded(&new, "b", &[]), variant]);
        let expected = "slides/src/1.md:3: slides/recordings/a.cpython-3.11.toml was recorded with other code: its own has \
                        changed (with cpython-3.11, run `deck record --cell a`, then review it with `git diff`)";
        check(&recordings, "x = 2", &[expected]);
    }

    #[test]
    fn a_recording_without_a_cell_is_left_over() {
        let deck = deck("x = 1");
        let mut left = recorded(&deck, "a", &[]);
        left.cell = "gone".into();
        let recordings = shelf([recorded(&deck, "a", &[]), recorded(&deck, "b", &[]), left]);
        let expected = "slides/recordings/gone.toml:1: no cell belongs to slides/recordings/gone.toml \
                        (delete the file, or rename the cell back)";
        check(&recordings, "x = 1", &[expected]);
    }

    #[test]
    fn a_file_is_named_for_what_it_holds() {
        let recording = recorded(&deck("x = 1"), "a", &[]);
        let text = recording.to_toml().unwrap();
        for name in ["b.toml", "a.cpython-3.11.toml"] {
            let files = BTreeMap::from([(Path::new(RECORDINGS).join(name), text.clone())]);
            let errors = Recordings::parse(&files).unwrap_err();
            assert!(errors[0].message.starts_with("this file is named for"), "{}", errors[0].message);
        }
    }

    #[test]
    fn prose_takes_values_from_the_base() {
        let deck = deck("x = 1");
        let recordings = shelf([recorded(&deck, "a", &[value("ratio", "2.87"), printed("")])]);
        let shown = recordings.value("a", "ratio").unwrap();
        assert_eq!((shown.number, shown.unit.as_str()), (2.87, "x"));
        assert!(shown.badge.starts_with("Recorded: CPython 3.13.0, rustc 1.95.0"), "{}", shown.badge);
        let names = vec!["a.ratio".to_owned()];
        let missing = |message: &str| Err((message.to_owned(), names.clone()));
        assert_eq!(recordings.value("a", "rato"), missing("the recording of `a` has no value `rato`"));
        assert_eq!(recordings.value("z", "ratio"), missing("there is no recording of a cell `z`"));
    }
}
