//! A number with a unit, typed into a slide, is a claim that no run stands behind. It is found here, so that it can
//! be replaced by a value from a recording.

/// Units that belong to measured numbers.
const UNITS: [&str; 24] = [
    "ns",
    "µs",
    "us",
    "ms",
    "s",
    "sec",
    "seconds",
    "nanoseconds",
    "microseconds",
    "milliseconds",
    "bytes",
    "KB",
    "MB",
    "GB",
    "KiB",
    "MiB",
    "GiB",
    "×",
    "x",
    "times",
    "%",
    "percent",
    "instructions",
    "cycles",
];

/// The first number with a unit in a text, as it stands there.
pub fn measured_number(text: &str) -> Option<&str> {
    let mut before = None;
    let mut number_ends = 0;
    for (at, character) in text.char_indices() {
        if at >= number_ends && character.is_ascii_digit() && !is_word(before) {
            let length = text[at..].find(|c: char| !(c.is_ascii_digit() || ",._".contains(c)));
            number_ends = length.map_or(text.len(), |length| at + length);
            if let Some(length) = unit(&text[number_ends..]) {
                return Some(&text[at..number_ends + length]);
            }
        }
        before = Some(character);
    }
    None
}

/// Length of the unit that a text begins with, after at most one blank.
fn unit(text: &str) -> Option<usize> {
    let trimmed = text.strip_prefix([' ', '\u{a0}', '\u{202f}']).unwrap_or(text);
    let blanks = text.len() - trimmed.len();
    UNITS.iter().find_map(|unit| {
        let rest = trimmed.strip_prefix(unit)?;
        (!is_word(rest.chars().next())).then_some(blanks + unit.len())
    })
}

fn is_word(character: Option<char>) -> bool {
    character.is_some_and(|c| c.is_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(measured_number(text), expected);
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_searched(text in "\\PC*") {
            measured_number(&text);
        }
    }

    #[test]
    fn numbers_with_units_are_found() {
        check("it takes 48 ns a call", Some("48 ns"));
        check("2.5× faster", Some("2.5×"));
        check("about 40 % less", Some("40 %"));
        check("1,000 instructions", Some("1,000 instructions"));
        check("in 3ms", Some("3ms"));
    }

    #[test]
    fn other_numbers_are_left_alone() {
        check("three key ideas, 3 of them", None);
        check("CPython 3.13 since 2024", None);
        check("i64 x and utf8 s", None);
        check("2**63 and 41", None);
        check("4 seconds_total", None);
        check("", None);
        check("naïve – 3 of ½", None);
    }
}
