//! All recorded traces of a deck, and what is wrong with them as a whole.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::{TraceRecording, broken, named_figures};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    markdown::{ShownValue, Values},
    model::{Deck, Xray},
    project::XRAYS,
    replay,
    source::Line,
};

/// How the files' names end.
const ENDING: &str = ".trace.json";

/// The traces of `slides/recordings/xray`: for each X-ray a base, and variants of other interpreters.
#[derive(Debug, Default)]
pub struct TraceRecordings(BTreeMap<String, Takes>);

/// The traces of one X-ray, by variant; the base has no name.
type Takes = BTreeMap<Option<String>, TraceRecording>;

impl TraceRecordings {
    /// Reads all recorded traces of the project in the folder `root`. No folder is no recordings.
    ///
    /// # Errors
    /// Every file that cannot be read or is no recorded trace.
    pub fn read(root: &Path) -> Result<Self, Vec<Diagnostic>> {
        let folder = Path::new(XRAYS);
        let fault = |path: &Path, error: io::Error| {
            vec![Diagnostic::in_file(path, format!("{} cannot be read: {error}", path.display()))]
        };
        let mut files = BTreeMap::new();
        let entries = match fs::read_dir(root.join(folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            entries => entries.map_err(|error| fault(folder, error))?,
        };
        for entry in entries {
            let name = entry.map_err(|error| fault(folder, error))?.file_name();
            if name.to_string_lossy().ends_with(ENDING) {
                let path = folder.join(name);
                let text = fs::read_to_string(root.join(&path)).map_err(|error| fault(&path, error))?;
                files.insert(path, text);
            }
        }
        Self::parse(&files)
    }

    /// Reads recorded traces from the texts of their files, whose paths are from the project's folder.
    ///
    /// # Errors
    /// Every file that is no recorded trace, or is another X-ray's or interpreter's than its name says.
    pub fn parse(files: &BTreeMap<PathBuf, String>) -> Result<Self, Vec<Diagnostic>> {
        let mut diagnostics = Diagnostics::default();
        let mut recordings = Self::default();
        for (path, text) in files {
            match TraceRecording::from_json(path, text).and_then(|recording| named(path, recording)) {
                Ok((variant, recording)) => {
                    recordings.0.entry(recording.xray.clone()).or_default().insert(variant, recording);
                }
                Err(error) => diagnostics.push(error),
            }
        }
        diagnostics.finish(recordings)
    }

    /// What an X-ray shows in the deck.
    pub fn base(&self, xray: &str) -> Option<&TraceRecording> {
        self.0.get(xray)?.get(&None)
    }

    /// What a trace by an interpreter is compared with: its variant where there is one, e.g. of `cpython-3.11`,
    /// otherwise the base. With the path of the file.
    pub fn expected(&self, xray: &str, variant: &str) -> Option<(PathBuf, &TraceRecording)> {
        let takes = self.0.get(xray)?;
        match takes.get(&Some(variant.to_owned())) {
            Some(recording) => Some((path(xray, Some(variant)), recording)),
            None => Some((path(xray, None), takes.get(&None)?)),
        }
    }

    /// The variants of an X-ray, by name.
    pub fn variants(&self, xray: &str) -> impl Iterator<Item = (&str, &TraceRecording)> {
        let takes = self.0.get(xray).into_iter().flatten();
        takes.filter_map(|(variant, recording)| Some((variant.as_deref()?, recording)))
    }

    /// What is missing, stale, contradicted or left over, with the next step.
    pub fn check(&self, deck: &Deck) -> Vec<Diagnostic> {
        let mut errors: Vec<_> = deck.xrays().flat_map(|xray| self.check_xray(deck, xray)).collect();
        errors.extend(self.orphans(deck));
        errors
    }

    /// What is missing or stale of one X-ray, and what it claims that its recording does not bear out.
    pub fn check_xray(&self, deck: &Deck, xray: &Xray) -> Vec<Diagnostic> {
        let step = format!("run `deck record --cell {}`, then review it with `git diff`", xray.id);
        let Some(takes) = self.0.get(&xray.id).filter(|takes| takes.contains_key(&None)) else {
            let message = format!("the X-ray `{}` has no recording", xray.id);
            return vec![Diagnostic::new(&fence(xray), message).at(&xray.id).help(step)];
        };
        let source = replay::xray_hash(deck, xray);
        let faults = takes.iter().flat_map(|(variant, recording)| {
            let file = path(&xray.id, variant.as_deref());
            if recording.source != source {
                return vec![format!("{} was recorded with other code or another build", file.display())];
            }
            let broken = broken(&xray.claims, &recording.trace).into_iter();
            broken.map(|claim| format!("{} contradicts a claim: {claim}", file.display())).collect()
        });
        faults.map(|message| Diagnostic::new(&fence(xray), message).at(&xray.id).help(step.clone())).collect()
    }

    /// Recordings whose X-ray does not exist.
    pub fn orphans(&self, deck: &Deck) -> Vec<Diagnostic> {
        let orphans = self.0.iter().filter(|(id, _)| deck.xrays().all(|xray| xray.id != **id));
        orphans
            .flat_map(|(xray, takes)| takes.keys().map(move |variant| path(xray, variant.as_deref())))
            .map(|file| {
                let message = format!("no X-ray belongs to {}", file.display());
                Diagnostic::in_file(&file, message).help("delete the file, or rename the X-ray back")
            })
            .collect()
    }

    /// Whether there is a recording of an X-ray with this id.
    pub fn has(&self, xray: &str) -> bool {
        self.0.contains_key(xray)
    }
}

impl Values for TraceRecordings {
    fn value(&self, xray: &str, name: &str) -> Result<ShownValue, (String, Vec<String>)> {
        let Some(recording) = self.base(xray) else {
            let names = self.0.keys().map(|id| format!("{id}.instructions")).collect();
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

/// Path of a recorded trace from the project's folder.
pub(super) fn path(xray: &str, variant: Option<&str>) -> PathBuf {
    let variant = variant.map(|variant| format!(".{variant}")).unwrap_or_default();
    Path::new(XRAYS).join(format!("{xray}{variant}{ENDING}"))
}

fn named(path: &Path, recording: TraceRecording) -> Result<(Option<String>, TraceRecording), Diagnostic> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(ENDING).unwrap_or(&name);
    let (xray, variant) = stem.split_once('.').map_or((stem, None), |(xray, variant)| (xray, Some(variant)));
    let own = recording.fingerprint.variant();
    let message = if recording.xray != xray {
        format!("this file is named for the X-ray `{xray}`, but it holds a trace of `{}`", recording.xray)
    } else if variant.is_some_and(|variant| variant != own) {
        format!("this file is named for another interpreter than the one that it names, {own}")
    } else {
        return Ok((variant.map(str::to_owned), recording));
    };
    Err(Diagnostic::in_file(path, message).help("restore the name, or delete the file and run `deck record`"))
}

/// The model keeps places, not lines: the excerpt says what stands there.
fn fence(xray: &Xray) -> Line {
    Line { text: format!("xray {}", xray.id), place: xray.snippet.place.clone() }
}

#[cfg(test)]
mod tests {
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

    fn xray(deck: &Deck) -> &Xray {
        deck.xrays().next().unwrap()
    }

    fn shelf(recordings: impl IntoIterator<Item = TraceRecording>) -> TraceRecordings {
        let files = recordings
            .into_iter()
            .map(|recording| (path(&recording.xray, None), recording.to_json().unwrap()));
        TraceRecordings::parse(&files.collect()).unwrap_or_else(|errors| panic!("{errors:#?}"))
    }

    /// The fixture as recorded for a deck.
    fn recorded(deck: &Deck) -> TraceRecording {
        TraceRecording { source: replay::xray_hash(deck, xray(deck)), ..recording() }
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
            let files = BTreeMap::from([(Path::new(XRAYS).join(format!("{name}{ENDING}")), text.clone())]);
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
