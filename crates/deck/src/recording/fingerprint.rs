//! What a run depends on besides its code: interpreter, extension, machine.

use serde::{Deserialize, Serialize};

/// Where a recording was made. The facts about the extension are read from the loaded file itself, so that they hold
/// for what ran and not for what was meant to be built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fingerprint {
    /// E.g. `CPython`.
    pub implementation: String,
    /// E.g. `3.13.0`.
    pub version: String,
    /// How the interpreter was built, e.g. `GCC 12.2.0, static, optimised`.
    pub build: String,
    /// CPU architecture, e.g. `x86_64`.
    pub machine: String,
    /// Operating system, e.g. `Linux`.
    pub system: String,
    /// Day of the recording, as `2026-11-23`.
    pub date: String,
    /// The project's extension; nothing in a project without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
}

/// The extension that was loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// Version of the compiler that its file names, e.g. `1.95.0`.
    pub rustc: String,
    /// Version of PyO3 that its file names, e.g. `0.30.1`.
    pub pyo3: String,
    /// Cargo's profile, which the module says itself: `dev` or `release`.
    pub profile: String,
}

impl Fingerprint {
    /// Versions, machine and date in one line.
    pub fn label(&self) -> String {
        let mut parts = vec![self.interpreter()];
        if let Some(Extension { rustc, pyo3, profile }) = &self.extension {
            parts.extend([format!("rustc {rustc}"), format!("PyO3 {pyo3}"), profile.clone()]);
        }
        parts.extend([self.machine.clone(), self.date.clone()]);
        parts.join(", ")
    }

    /// The name of this interpreter's variants, e.g. `cpython-3.11`.
    pub fn variant(&self) -> String {
        let mut numbers = self.version.split('.');
        let (major, minor) = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
        format!("{}-{major}.{minor}", self.implementation.to_lowercase())
    }

    /// Whether variants with this name come from the Python of readers' browsers.
    pub fn is_pyodide(variant: &str) -> bool {
        variant.starts_with("pyodide-")
    }

    /// What differs from this fingerprint in the other one, the date aside; empty where exact results must agree.
    pub fn differences(&self, here: &Self) -> Vec<String> {
        let facts = self.facts().into_iter().zip(here.facts());
        facts
            .filter(|((_, recorded), (_, here))| recorded != here)
            .map(|((name, recorded), (_, here))| format!("{name} was {recorded} and is {here}"))
            .collect()
    }

    fn interpreter(&self) -> String {
        format!("{} {}", self.implementation, self.version)
    }

    fn facts(&self) -> [(&'static str, String); 7] {
        let extension = |fact: fn(&Extension) -> &String| {
            self.extension.as_ref().map_or_else(|| "absent".to_owned(), |extension| fact(extension).clone())
        };
        [
            ("the interpreter", self.interpreter()),
            ("its build", self.build.clone()),
            ("rustc", extension(|extension| &extension.rustc)),
            ("PyO3", extension(|extension| &extension.pyo3)),
            ("the profile", extension(|extension| &extension.profile)),
            ("the machine", self.machine.clone()),
            ("the system", self.system.clone()),
        ]
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A fingerprint as the talk's own recordings have it.
    pub fn fingerprint(version: &str) -> Fingerprint {
        Fingerprint {
            implementation: "CPython".into(),
            version: version.into(),
            build: "GCC 12.2.0, static".into(),
            machine: "x86_64".into(),
            system: "Linux".into(),
            date: "2026-11-23".into(),
            extension: Some(Extension {
                rustc: "1.95.0".into(),
                pyo3: "0.30.1".into(),
                profile: "release".into(),
            }),
        }
    }

    #[test]
    fn the_label_names_versions_machine_and_date() {
        let mut here = fingerprint("3.13.0");
        let expected = "CPython 3.13.0, rustc 1.95.0, PyO3 0.30.1, release, x86_64, 2026-11-23";
        assert_eq!(here.label(), expected);
        here.extension = None;
        assert_eq!(here.label(), "CPython 3.13.0, x86_64, 2026-11-23");
        assert_eq!(here.variant(), "cpython-3.13");
    }

    #[test]
    fn another_day_is_no_difference_and_everything_else_is_one() {
        let recorded = fingerprint("3.13.0");
        let other_day = Fingerprint { date: "2027-01-01".into(), ..recorded.clone() };
        assert!(recorded.differences(&other_day).is_empty());
        let python = fingerprint("3.13.1");
        let expected = "the interpreter was CPython 3.13.0 and is CPython 3.13.1";
        assert_eq!(recorded.differences(&python), [expected]);
        let bare = Fingerprint { extension: None, ..recorded.clone() };
        assert_eq!(recorded.differences(&bare).len(), 3);
        let elsewhere = Fingerprint {
            machine: "aarch64".into(),
            system: "Darwin".into(),
            build: "Clang 17".into(),
            ..recorded.clone()
        };
        assert_eq!(recorded.differences(&elsewhere).len(), 3);
    }
}
