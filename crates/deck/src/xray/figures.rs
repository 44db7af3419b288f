//! The numbers of a trace by the names that prose gives them.

use std::collections::BTreeMap;

use native_trace::{Language, Trace};

use crate::model::STAGES;

/// What prose calls the languages.
const LANGUAGES: [(&str, Language); 11] = [
    ("user", Language::User),
    ("macro", Language::Macro),
    ("pyo3", Language::Pyo3),
    ("crate", Language::Crate),
    ("std", Language::Std),
    ("cpython", Language::Cpython),
    ("native", Language::Native),
    ("libc", Language::Libc),
    ("loader", Language::Loader),
    ("plt", Language::Plt),
    ("unknown", Language::Unknown),
];

/// All numbers by name, e.g. `instructions`, `user.instructions` or `look-up.instructions`. A language or a stage that does
/// not occur counts zero.
pub fn named_figures(trace: &Trace) -> BTreeMap<String, u32> {
    let figures = trace.figures();
    let all = [
        ("instructions", figures.instructions),
        ("below.instructions", figures.below),
        ("functions", figures.functions),
        ("depth", figures.depth),
        ("opcodes", figures.opcodes),
    ];
    let all = all.map(|(name, count)| (name.to_owned(), count));
    let languages = LANGUAGES.map(|(name, language)| (name, figures.languages.get(&language)));
    let stages = STAGES.map(|(name, stage)| (name, figures.stages.get(&stage)));
    let entered = STAGES.map(|(name, stage)| {
        (format!("{name}.functions"), figures.entered.get(&stage).copied().unwrap_or(0))
    });
    let parts = languages.into_iter().chain(stages);
    let parts = parts.map(|(name, count)| (format!("{name}.instructions"), count.copied().unwrap_or(0)));
    all.into_iter().chain(parts).chain(entered).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xray::fixture::trace;

    #[test]
    fn figures_have_names() {
        let named = named_figures(&trace());
        let expected = [
            ("instructions", 20),
            ("below.instructions", 12),
            ("functions", 3),
            ("depth", 2),
            ("opcodes", 2),
            ("user.instructions", 2),
            ("cpython.instructions", 13),
            ("pyo3.instructions", 5),
            ("libc.instructions", 0),
            ("unpack.instructions", 3),
            ("look-up.instructions", 2),
        ];
        for (name, count) in expected {
            assert_eq!(named.get(name), Some(&count), "{name}");
        }
    }
}
