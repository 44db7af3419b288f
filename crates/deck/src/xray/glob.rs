//! Patterns for names: `*` stands for any characters, `|` separates alternatives.

/// Whether one of the pattern's alternatives is the whole name.
pub fn matches(pattern: &str, name: &str) -> bool {
    pattern.split('|').any(|alternative| fits(alternative.trim(), name))
}

/// Whether the pieces between the stars stand in the name in their order, the first and the last one at its ends.
fn fits(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut name) = name.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for piece in middle.split('*') {
        match name.find(piece) {
            Some(at) => name = &name[at + piece.len()..],
            None => return false,
        }
    }
    name.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, name: &str, expected: bool) {
        assert_eq!(matches(pattern, name), expected, "{pattern} and {name}");
    }

    #[test]
    fn stars_stand_for_anything_and_bars_for_or() {
        check("malloc", "malloc", true);
        check("malloc", "PyObject_Malloc", false);
        check("PyGILState_*", "PyGILState_Ensure", true);
        check("PyGILState_*", "_PyGILState_Ensure", false);
        check("*fast*keywords", "pyo3::fastcall_cfunction_with_keywords", true);
        check("*fast*keywords", "pyo3::fastcall_cfunction_with_keywords2", false);
        check("a*b*b", "ab", false);
        check("a*b*b", "abb", true);
        check("PRECALL_X|CALL_X", "CALL_X", true);
        check("PRECALL_X | CALL_X", "CALL", false);
        check("*", "", true);
    }

    proptest::proptest! {
            #[test]
            fn any_pattern_can_be_tried(pattern in "\\PC*", name in "\\PC*") {
                matches(&pattern, &name);
    assert!(matches("*", &name));
            }
        }
}
