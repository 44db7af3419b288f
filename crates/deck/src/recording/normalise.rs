//! The rules that make two runs comparable: what changes from run to run without meaning. They are applied to both
//! sides when a run is compared with its recording, never to what is recorded or shown.

use std::{borrow::Cow, sync::LazyLock};

use regex_lite::Regex;

/// One thing that changes from run to run.
#[derive(Debug)]
pub struct Rule {
    /// What it is.
    pub what: &'static str,
    /// How it looks, as a regular expression.
    pub pattern: &'static str,
    /// What stands there instead.
    pub replacement: &'static str,
}

/// Every rule, in the order of application.
pub const RULES: [Rule; 10] = [
    // Six digits and more: a flag such as 0x82 has a meaning.
    rule("address", r"\b0x[0-9a-fA-F]{6,}\b", "0x…"),
    // Addresses as `id()` tells them: 0x55… and 0x7f… of Linux in decimal.
    rule("object id", r"\b(?:9[2-5]\d{12}|1[34]\d{13})\b", "<id>"),
    rule("UUID", r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "<uuid>"),
    // Rust 1.91 and newer print the system's number of a thread that panics.
    rule("thread of a panic", r"(thread '[^']*') \(\d+\) panicked", "$1 panicked"),
    rule("thread", r"\b((?:started|stopped)(?: daemon)?) \d+\)>", "$1 …)>"),
    rule("process", r"\b((?i:pid))([ =:]+)\d+\b", "$1$2…"),
    rule("temporary file", r"(/tmp|/var/tmp|/var/folders)/[^\s'\x22:,)\]]+", "$1/…"),
    rule(
        "date and time",
        r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?",
        "<time>",
    ),
    rule("clock", r"\b\d\d:\d\d:\d\d(?:\.\d+)?\b", "<time>"),
    rule(
        "duration",
        r"\b\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)? ?(?:ns|[uµμ]s|ms|s|sec|seconds?|minutes?|min)\b",
        "<duration>",
    ),
];

/// What else changes in what the compiler says of a region, without meaning: which line of its file the region begins at. The
/// margin is as wide as the largest number.
pub const COMPILER_RULES: [Rule; 3] = [
    rule("place", r"(?m)^ *(-->|:::) (.+):\d+:(\d+)$", "$1 $2:…:$3"),
    rule("number of a line", r"(?m)^ *\d+ ([|+~-])", "… $1"),
    rule("margin", r"(?m)^ +([|=])", "$1"),
];

/// The text without what changes from run to run.
pub fn normalise(text: &str) -> String {
    static COMPILED: LazyLock<Vec<Compiled>> = LazyLock::new(|| compile(&RULES));
    apply(&COMPILED, text)
}

/// What the compiler says, wherever in its file the code stands.
pub fn normalise_compiler(text: &str) -> String {
    static COMPILED: LazyLock<Vec<Compiled>> = LazyLock::new(|| compile(&COMPILER_RULES));
    apply(&COMPILED, text)
}

type Compiled = (Regex, &'static str);

fn compile(rules: &[Rule]) -> Vec<Compiled> {
    // A test compiles every pattern: none is ever left out here.
    rules.iter().filter_map(|rule| Some((Regex::new(rule.pattern).ok()?, rule.replacement))).collect()
}

fn apply(rules: &[Compiled], text: &str) -> String {
    let normal = rules.iter().fold(Cow::Borrowed(text), |text, (pattern, replacement)| {
        match pattern.replace_all(&text, *replacement) {
            Cow::Borrowed(_) => text,
            Cow::Owned(changed) => Cow::Owned(changed),
        }
    });
    normal.into_owned()
}

const fn rule(what: &'static str, pattern: &'static str, replacement: &'static str) -> Rule {
    Rule { what, pattern, replacement }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(normalise(text), expected);
        assert_eq!(normalise(expected), expected, "a second pass changes nothing");
    }

    #[test]
    fn every_rule_compiles() {
        for rule in RULES.iter().chain(&COMPILER_RULES) {
            assert!(Regex::new(rule.pattern).is_ok(), "{}", rule.what);
        }
    }

    #[test]
    fn what_changes_from_run_to_run_goes() {
        check("<object at 0x7f12ab34cd56>", "<object at 0x…>");
        check("id 140237451234560", "id <id>");
        check("id 94237451234560", "id <id>");
        check("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "<uuid>");
        check(
            "thread '<unnamed>' (12345) panicked at src/errors.rs:12:5:",
            "thread '<unnamed>' panicked at src/errors.rs:12:5:",
        );
        check("<Thread(Thread-1, started 140237)>", "<Thread(Thread-1, started …)>");
        check(
            "<Thread(Thread-1 (run), started daemon 140237)>",
            "<Thread(Thread-1 (run), started daemon …)>",
        );
        check("pid 4711, PID: 4711, pid=4711", "pid …, PID: …, pid=…");
        check("open '/tmp/tmpab12/x.py'", "open '/tmp/…'");
        check("at 2026-11-23T10:11:12.5Z", "at <time>");
        check("at 10:11:12", "at <time>");
        check("took 12.5 ms, then 3µs and 1e-05 seconds", "took <duration>, then <duration> and <duration>");
    }

    #[test]
    fn what_the_compiler_says_does_not_depend_on_the_line() {
        let said = |first: &str, second: &str, margin: &str| {
            format!(
                "error[E0308]: no\n{margin}--> src/a.rs:{second}:5\n{margin} |\n{first} | / if x {{\n{margin} | |   ^ no 3 | 4\n\
                 {margin} = note: 12 | 3\n{second} +     x\n"
            )
        };
        let expected = "error[E0308]: no\n--> src/a.rs:…:5\n|\n… | / if x {\n| |   ^ no 3 | 4\n= note: 12 | 3\n… +     x\n";
        assert_eq!(normalise_compiler(&said("8", "9", " ")), expected);
        assert_eq!(normalise_compiler(&said(" 9", "10", "  ")), expected);
        assert_eq!(normalise_compiler(expected), expected);
    }

    #[test]
    fn what_means_something_stays() {
        for text in [
            "flags 0x82",
            "42",
            "9223372036854775808",
            "3 sheep",
            "12 message",
            "10 msgs",
            "1:2",
            "2026-11-23",
            "/tmp",
            "rapid 3",
        ] {
            check(text, text);
        }
    }
}
