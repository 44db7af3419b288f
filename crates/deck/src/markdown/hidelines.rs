//! Lines that run but are not shown, by mdBook's rules: in Rust those that begin with `# `, elsewhere those that begin
//! with the prefix that the fence (`hidelines=~`) or `book.toml` names for the language.

use crate::model::CodeLine;

/// Decides for one line of code whether it is shown, and takes the hiding prefix off.
pub fn code_line(language: &str, prefix: Option<&str>, text: &str) -> CodeLine {
    let trimmed = text.trim_start();
    let indent = &text[..text.len() - trimmed.len()];
    let shown = |text: String| CodeLine { text, hidden: false };
    let hidden = |rest: &str| CodeLine { text: format!("{indent}{rest}"), hidden: true };
    match prefix {
        Some(prefix) => match trimmed.strip_prefix(prefix) {
            Some(rest) => hidden(rest),
            None => shown(text.to_owned()),
        },
        None if language == "rust" => match trimmed.strip_prefix('#') {
            Some("") => hidden(""),
            Some(rest) if rest.starts_with(' ') => hidden(&rest[1..]),
            Some(rest) if rest.starts_with('#') => shown(format!("{indent}{rest}")),
            _ => shown(text.to_owned()),
        },
        None => shown(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: &str, prefix: Option<&str>, text: &str, expected: &str, hidden: bool) {
        let expected = CodeLine { text: expected.to_owned(), hidden };
        assert_eq!(code_line(language, prefix, text), expected);
    }

    #[test]
    fn rust_hides_what_begins_with_a_hash_and_a_blank() {
        check("rust", None, "# use x;", "use x;", true);
        check("rust", None, "    # use x;", "    use x;", true);
        check("rust", None, "#", "", true);
        check("rust", None, "#[pyfunction]", "#[pyfunction]", false);
        check("rust", None, "## a", "# a", false);
    }

    #[test]
    fn other_languages_hide_what_begins_with_their_prefix() {
        check("python", Some("~"), "~import deck", "import deck", true);
        check("python", Some("~"), "    ~x = 1", "    x = 1", true);
        check("python", Some("~"), "x = ~1", "x = ~1", false);
        check("python", None, "# a comment", "# a comment", false);
    }
}
