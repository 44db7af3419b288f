//! From the compiler's messages to what the audience sees of them.

use std::{collections::BTreeMap, path::PathBuf};

use anstream::adapter::strip_str;

use super::{
    messages::{Diagnostic, Report, Span},
    paths::{CRATE, MANIFEST},
    source_map::SourceMap,
};
use crate::{
    diagnostic,
    protocol::{Finding, Fix, FixEdit, Level, Point, Problem, Spot, Spotted},
};

/// The maps of all files that slides show, by path from the project's folder.
pub type Maps = BTreeMap<PathBuf, SourceMap>;

/// All findings of a report, in the compiler's order. A failure without any error is one too: what was said besides.
pub fn findings(report: &Report, maps: &Maps) -> Vec<Finding> {
    let mut findings: Vec<_> =
        report.diagnostics.iter().filter_map(|diagnostic| finding(diagnostic, maps)).collect();
    let has_error = findings.iter().any(|finding| finding.level == Level::Error);
    if !report.success && !has_error {
        let said =
            report.text.lines().find(|line| line.starts_with("error")).unwrap_or("error: cargo failed");
        let message = said.trim_start_matches("error: ").to_owned();
        findings.push(Finding { rendered: report.text.trim().to_owned(), ..failure(message) });
    }
    findings.into_iter().map(with_next_step).collect()
}

/// A finding about the build as a whole, without a place.
pub fn failure(message: String) -> Finding {
    let rendered = format!("error: {message}");
    with_next_step(Finding {
        level: Level::Error,
        code: None,
        message,
        spots: Vec::new(),
        rendered,
        fixes: Vec::new(),
    })
}

/// The compiler says that there is no space, but not what that means for the talk.
fn with_next_step(mut finding: Finding) -> Finding {
    const FULL: [&str; 3] = ["No space left on device", "Disk quota exceeded", "File too large"];
    let is_full = FULL.iter().any(|text| finding.message.contains(text) || finding.rendered.contains(text));
    if finding.level == Level::Error && is_full {
        let step = "free some space and build again; until then the last good build stays";
        finding.message = format!("the disk is full: {}; {step}", finding.message);
        finding.rendered = format!("{}\n= help: {step}\n", finding.rendered.trim_end());
    }
    finding
}

/// What is wrong with an anchor, as a finding.
pub fn of_source(error: &diagnostic::Diagnostic) -> Finding {
    let file = error.place.file.to_string_lossy().into_owned();
    let column = u32::try_from(error.excerpt[..error.span.start].chars().count() + 1).unwrap_or(1);
    let at = Spotted::File { file, line: error.place.line, column };
    Finding {
        spots: vec![Spot { at, label: None, primary: true }],
        rendered: error.render(false),
        ..failure(error.message.clone())
    }
}

/// A finding as a problem of the sources; nothing if it is no error.
pub fn problem(finding: &Finding) -> Option<Problem> {
    let place = finding.spots.iter().find_map(|spot| match &spot.at {
        Spotted::File { file, line, .. } => Some((file.clone(), *line)),
        Spotted::Cell { .. } => None,
    });
    let (file, line) = place.unwrap_or_else(|| (MANIFEST.to_owned(), 1));
    (finding.level == Level::Error).then(|| Problem {
        file,
        line,
        message: finding.message.clone(),
        rendered: finding.rendered.clone(),
    })
}

fn finding(diagnostic: &Diagnostic, maps: &Maps) -> Option<Finding> {
    let level = level(&diagnostic.level)?;
    if is_summary(&diagnostic.message) {
        return None;
    }
    let mut spots: Vec<_> = diagnostic.spans.iter().map(|span| spot(span, maps)).collect();
    spots.sort_by_key(|spot| !spot.primary);
    spots.dedup();
    Some(Finding {
        level,
        code: diagnostic.code.as_ref().map(|code| code.code.clone()),
        message: diagnostic.message.clone(),
        spots,
        // The compiler colours for a terminal; every face of the deck has colours of its own.
        rendered: strip_str(diagnostic.rendered.as_deref().unwrap_or_default()).to_string(),
        fixes: diagnostic.children.iter().filter_map(|child| fix(child, maps)).collect(),
    })
}

fn level(name: &str) -> Option<Level> {
    match name {
        "warning" => Some(Level::Warning),
        "note" => Some(Level::Note),
        "help" => Some(Level::Help),
        // "For more information about this error, try …"
        "failure-note" => None,
        _ => Some(Level::Error),
    }
}

/// Rustc ends with a message that counts those before it.
fn is_summary(message: &str) -> bool {
    message.starts_with("aborting due to ")
        || message.ends_with("warning emitted")
        || message.ends_with("warnings emitted")
}

fn spot(span: &Span, maps: &Maps) -> Spot {
    let shown = span.shown();
    let (from, to) = (from(shown), to(shown));
    let path = path(shown);
    let at = match maps.get(&path) {
        Some(map) => map.spot(&path, from, to),
        None => {
            Spotted::File { file: path.to_string_lossy().into_owned(), line: from.line, column: from.column }
        }
    };
    Spot { at, label: span.label.clone().filter(|label| !label.is_empty()), primary: span.is_primary }
}

/// The fix that a help describes. All of its changes must be good without a second thought, and be within one cell.
fn fix(help: &Diagnostic, maps: &Maps) -> Option<Fix> {
    let is_safe = |span: &&Span| {
        span.suggestion_applicability.as_deref() == Some("MachineApplicable") && span.expansion.is_none()
    };
    let changes: Vec<_> = help.spans.iter().filter(|span| span.suggested_replacement.is_some()).collect();
    if changes.is_empty() || !changes.iter().all(is_safe) {
        return None;
    }
    let mut edits: Vec<_> = changes.into_iter().map(|span| edit(span, maps)).collect::<Option<_>>()?;
    edits.sort_by_key(|edit| (edit.from, edit.to));
    // Alternatives stand side by side in one message.
    let clash = edits.windows(2).any(|pair| {
        pair[0].cell != pair[1].cell
            || pair[1].from < pair[0].to
            || (pair[0].from, pair[0].to) == (pair[1].from, pair[1].to)
    });
    (!clash).then(|| Fix { message: help.message.clone(), edits })
}

fn edit(span: &Span, maps: &Maps) -> Option<FixEdit> {
    let (shown, from, to) = maps.get(&path(span))?.within(from(span), to(span))?;
    let replacement = span.suggested_replacement.as_deref()?;
    let indent = shown.dedent as usize;
    let mut lines = replacement.split('\n');
    let mut text = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        text.push('\n');
        text.push_str(&line[indent.min(blanks)..]);
    }
    Some(FixEdit { cell: shown.cell.clone(), from, to, text })
}

fn from(span: &Span) -> Point {
    Point { line: span.line_start, column: span.column_start }
}

fn to(span: &Span) -> Point {
    Point { line: span.line_end, column: span.column_end }
}

/// The file's path from the project's folder. Rustc names it from the crate's, unless it was told to do otherwise.
fn path(span: &Span) -> PathBuf {
    let path = PathBuf::from(&span.file_name);
    if !span.is_in_crate() || path.starts_with(CRATE) { path } else { PathBuf::from(CRATE).join(path) }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::{
        extension::{
            messages::of_compiler,
            overlay::{LiveRegion, Overlay},
            process::Said,
        },
        model::Region,
    };

    /// A file that the compiler rejects, and what rustc 1.95 says to it.
    const FILE: &str = "demo_crate/src/lib.rs";
    const TEXT: &str = include_str!("../../tests/fixtures/rejected.rs");
    const MESSAGES: &str = include_str!("../../tests/fixtures/rejected.jsonl");

    /// What is found in that file if slides show all of its regions.
    fn found() -> Vec<Finding> {
        let regions = ["parens", "caller", "listed", "printed", "needs-mut"].map(|name| {
            let region = Region { file: PathBuf::from(FILE), anchor: name.to_owned() };
            LiveRegion { cell: name.to_owned(), region, text: None }
        });
        let applied = Overlay { regions: regions.to_vec() }.apply(Path::new(FILE), TEXT).unwrap();
        let said = Said { stderr: MESSAGES.to_owned(), ..Said::default() };
        findings(&of_compiler(&said, "rusty"), &Maps::from([(PathBuf::from(FILE), applied.map)]))
    }

    /// Its places and fixes, the places that only explain in brackets.
    fn described(finding: &Finding) -> Vec<String> {
        let range = |cell: &str, from: Point, to: Point| {
            format!("{cell} {}:{}-{}:{}", from.line, from.column, to.line, to.column)
        };
        let spots = finding.spots.iter().map(|spot| {
            let at = match &spot.at {
                Spotted::Cell { cell, from, to } => range(cell, *from, *to),
                Spotted::File { file, line, column } => format!("{file}:{line}:{column}"),
            };
            if spot.primary { at } else { format!("({at})") }
        });
        let fixes = finding.fixes.iter().map(|fix| {
            let edits = fix
                .edits
                .iter()
                .map(|edit| format!("{} {:?}", range(&edit.cell, edit.from, edit.to), edit.text));
            format!("{}: {}", fix.message, edits.collect::<Vec<_>>().join(", "))
        });
        spots.chain(fixes).collect()
    }

    #[track_caller]
    fn check(code: Option<&str>, level: Level, expected: &[&str]) {
        let found = found();
        let finding = found.iter().find(|finding| finding.code.as_deref() == code).expect("this code");
        assert_eq!(finding.level, level);
        assert_eq!(described(finding), expected);
    }

    #[test]
    fn a_finding_is_in_the_text_of_the_cell() {
        check(Some("E0502"), Level::Error, &["listed 3:9-3:22", "(listed 2:14-2:18)", "(listed 2:14-2:25)"]);
        check(Some("E0277"), Level::Error, &["printed 3:22-3:27", "(printed 3:17-3:19)"]);
    }

    #[test]
    fn a_finding_elsewhere_is_in_the_file_and_has_no_fix() {
        check(None, Level::Error, &["demo_crate/src/lib.rs:38:18", "(demo_crate/src/lib.rs:39:9)"]);
    }

    #[test]
    fn what_a_macro_made_is_where_it_was_called() {
        check(Some("E0425"), Level::Error, &["caller 2:5-2:14"]);
    }

    #[test]
    fn a_fix_has_all_its_changes() {
        let fix = "consider changing this to be mutable: needs-mut 2:9-2:9 \"mut \"";
        check(Some("E0596"), Level::Error, &["needs-mut 3:5-3:6", fix]);
        let fix = "remove these parentheses: parens 2:8-2:9 \"\", parens 2:14-2:15 \"\"";
        check(Some("unused_parens"), Level::Warning, &["parens 2:8-2:9", "parens 2:14-2:15", fix]);
    }

    #[test]
    fn what_only_counts_or_explains_messages_is_no_finding() {
        assert_eq!(found().len(), 6);
    }

    /// The fixes that are found after a change of the recorded messages.
    fn fixes(from: &str, to: &str) -> usize {
        assert!(MESSAGES.contains(from));
        let said = Said { stderr: MESSAGES.replace(from, to), ..Said::default() };
        let whole = SourceMap::new(Vec::new());
        let region = Region { file: PathBuf::from(FILE), anchor: "parens".to_owned() };
        let live = LiveRegion { cell: "parens".to_owned(), region, text: None };
        let map =
            Overlay { regions: vec![live] }.apply(Path::new(FILE), TEXT).map_or(whole, |applied| applied.map);
        let found = findings(&of_compiler(&said, "rusty"), &Maps::from([(PathBuf::from(FILE), map)]));
        found.iter().map(|finding| finding.fixes.len()).sum()
    }

    #[test]
    fn a_fix_that_needs_a_second_thought_or_leaves_the_cell_is_none() {
        assert_eq!(fixes("MachineApplicable", "MachineApplicable"), 1);
        assert_eq!(fixes("MachineApplicable", "MaybeIncorrect"), 0);
        // The second of the two parentheses.
        assert_eq!(
            fixes(r#""column_start":14,"column_end":15"#, r#""column_start":8,"column_end":9"#),
            0,
            "alternatives"
        );
        let outside = r#""line_start":7,"line_end":7,"column_start":14,"column_end":15"#;
        assert_eq!(fixes(r#""line_start":3,"line_end":3,"column_start":14,"column_end":15"#, outside), 0);
    }

    #[test]
    fn a_failure_without_an_error_is_what_cargo_says() {
        let text = "    Updating\nerror: failed to parse manifest\n\nCaused by: x\n".to_owned();
        let found = findings(&Report { text, ..Report::default() }, &Maps::new());
        assert_eq!(found[0].message, "failed to parse manifest");
        assert!(found[0].rendered.contains("Caused by: x"));
    }

    #[test]
    fn a_full_disk_is_said_with_the_next_step() {
        let full = "failed to write to `/o/rmeta`: No space left on device (os error 28)";
        let found = failure(full.to_owned());
        assert!(found.message.starts_with("the disk is full: ") && found.message.contains("build again"));
        assert!(found.rendered.contains("= help: free some space"));
    }

    #[test]
    fn a_problem_has_the_place_and_no_colours() {
        let problems: Vec<_> = found().iter().filter_map(problem).collect();
        assert_eq!(problems.len(), 5, "warnings are none");
        assert_eq!((problems[0].file.as_str(), problems[0].line), (FILE, 38));
        assert!(problems[0].rendered.contains("error: expected `;`, found `x`"), "{}", problems[0].rendered);
    }
}
