//! `{{#value cell.name format}}` in prose: a number that a recorded run has supplied. The format is the number of
//! decimals, written `.1`; without it the number stands as it was recorded.

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    source::Line,
};

/// More decimals than a number has, and as many as anybody reads.
const MOST_DECIMALS: usize = 15;

/// A value as prose shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownValue {
    /// The number.
    pub number: f64,
    /// Its unit; `""` for a count.
    pub unit: String,
    /// Where it comes from: versions, build, date.
    pub badge: String,
}

/// Where values come from.
pub trait Values {
    /// The value `name` of a cell.
    ///
    /// # Errors
    /// In a few words, why there is none; with the names that exist.
    fn value(&self, cell: &str, name: &str) -> Result<ShownValue, (String, Vec<String>)>;
}

/// Replaces every value directive of a line. Without `values` each one becomes an ellipsis: the text is then only
/// read for its cells.
pub fn fill(line: &mut Line, values: Option<&dyn Values>, diagnostics: &mut Diagnostics) {
    const OPENING: &str = "{{#value ";
    let mut filled = String::new();
    let mut rest = line.text.as_str();
    while let Some((before, after)) = rest.split_once(OPENING) {
        let Some((directive, after)) = after.split_once("}}") else {
            diagnostics
                .push(Diagnostic::new(line, "this value directive is never closed").at(OPENING.trim_end()));
            return;
        };
        filled.push_str(before);
        match values.map_or(Ok("…".to_owned()), |values| shown(directive, values, line)) {
            Ok(html) => filled.push_str(&html),
            Err(error) => diagnostics.push(error),
        }
        rest = after;
    }
    if !filled.is_empty() || rest.len() != line.text.len() {
        filled.push_str(rest);
        line.text = filled;
    }
}

fn shown(directive: &str, values: &dyn Values, line: &Line) -> Result<String, Diagnostic> {
    let mut words = directive.split_whitespace();
    let name = words.next().unwrap_or_default();
    let Some((cell, value)) = name.split_once('.') else {
        let message = format!("`{name}` names no value");
        return Err(Diagnostic::new(line, message).at(name).help("write `{{#value cell-id.name}}`"));
    };
    let decimals = match words.next() {
        None => None,
        Some(format) => match format.strip_prefix('.').and_then(|digits| digits.parse().ok()) {
            Some(decimals) if decimals <= MOST_DECIMALS => Some(decimals),
            _ => {
                return Err(Diagnostic::new(line, format!("`{format}` is not a format"))
                    .at(format)
                    .help("write the number of decimals, e.g. `.1`"));
            }
        },
    };
    let found = values.value(cell, value).map_err(|(message, names)| {
        Diagnostic::new(line, message).at(name).suggest(name, names.iter().map(String::as_str))
    })?;
    Ok(html(&found, decimals))
}

fn html(value: &ShownValue, decimals: Option<usize>) -> String {
    let number = match decimals {
        Some(decimals) => format!("{:.decimals$}", value.number),
        None => value.number.to_string(),
    };
    let gap = if value.unit.is_empty() { "" } else { "\u{a0}" };
    maud::html! { data.value value=(value.number) title=(value.badge) { (number) (gap) (value.unit) } }
        .into_string()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::lines_of;

    struct Ratio;

    impl Values for Ratio {
        fn value(&self, cell: &str, name: &str) -> Result<ShownValue, (String, Vec<String>)> {
            match (cell, name) {
                ("race", "ratio") => {
                    Ok(ShownValue { number: 2.874, unit: "×".into(), badge: "here".into() })
                }
                _ => Err((format!("there is no value `{cell}.{name}`"), vec!["race.ratio".into()])),
            }
        }
    }

    #[track_caller]
    fn check(text: &str, expected: Result<&str, &str>) {
        let mut diagnostics = Diagnostics::default();
        let mut line = lines_of(Path::new("c.md"), text).remove(0);
        fill(&mut line, Some(&Ratio), &mut diagnostics);
        let result = diagnostics.finish(line.text).map_err(|errors| errors[0].message.clone());
        assert_eq!(result.as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn a_value_wears_its_badge() {
        let html = "a <data class=\"value\" value=\"2.874\" title=\"here\">2.9\u{a0}×</data> b";
        check("a {{#value race.ratio .1}} b", Ok(html));
    }

    #[test]
    fn what_no_recording_holds_is_an_error() {
        check("{{#value race.rato}}", Err("there is no value `race.rato`"));
        check("{{#value race}}", Err("`race` names no value"));
        check("{{#value race.ratio 1}}", Err("`1` is not a format"));
        check("{{#value race.ratio .70000}}", Err("`.70000` is not a format"));
        check("{{#value race.ratio", Err("this value directive is never closed"));
    }

    #[test]
    fn a_line_without_values_stays_as_it_is() {
        check("plain {{text}}", Ok("plain {{text}}"));
    }
}
