//! What compilers say as JSON, as far as it concerns us: rustc with `--error-format=json`, and cargo around it.

use std::path::PathBuf;

use serde::Deserialize;

use super::process::Said;

/// What came of a call.
#[derive(Debug, Default)]
pub struct Report {
    /// It did what it was asked for.
    pub success: bool,
    /// The library that was made.
    pub library: Option<Artifact>,
    /// What the compiler has to say.
    pub diagnostics: Vec<Diagnostic>,
    /// What was said besides, for people.
    pub text: String,
}

/// The library that a build made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The module's name.
    pub name: String,
    /// The file, in the compiler's folder.
    pub library: PathBuf,
}

/// A message of rustc. <https://doc.rust-lang.org/rustc/json.html> has its fields.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Diagnostic {
    pub message: String,
    pub level: String,
    pub code: Option<Code>,
    pub rendered: Option<String>,
    #[serde(default)]
    pub spans: Vec<Span>,
    #[serde(default)]
    pub children: Vec<Diagnostic>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Code {
    pub code: String,
}

/// Lines and columns count from 1, columns in characters; the end is behind the last character.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Span {
    pub file_name: String,
    pub line_start: u32,
    pub line_end: u32,
    pub column_start: u32,
    pub column_end: u32,
    pub is_primary: bool,
    pub label: Option<String>,
    pub suggested_replacement: Option<String>,
    pub suggestion_applicability: Option<String>,
    pub expansion: Option<Box<Expansion>>,
}

/// The macro that made what a span covers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Expansion {
    /// Where it was called.
    pub span: Span,
    /// E.g. `println!` or `#[pyfunction]`.
    pub macro_decl_name: String,
}

/// What cargo said with `--message-format=json`.
pub fn of_cargo(said: Said) -> Report {
    let mut report = Report { success: said.success, text: said.stderr, ..Report::default() };
    for line in said.stdout.lines().filter_map(|line| serde_json::from_str(line).ok()) {
        match line {
            CargoLine::CompilerMessage { message } => report.diagnostics.push(message),
            CargoLine::CompilerArtifact { target, filenames } => {
                let is_library = target.crate_types.iter().any(|kind| kind == "cdylib");
                let library = filenames.into_iter().next().filter(|_| is_library);
                report.library =
                    library.map(|library| Artifact { name: target.name, library }).or(report.library);
            }
            CargoLine::Other => {}
        }
    }
    report
}

/// What rustc said with `--error-format=json --json=artifacts` about a crate of this name.
pub fn of_compiler(said: &Said, name: &str) -> Report {
    let mut report = Report { success: said.success, ..Report::default() };
    for line in said.stderr.lines() {
        match serde_json::from_str(line) {
            Ok(CompilerLine::Diagnostic(diagnostic)) => report.diagnostics.push(diagnostic),
            Ok(CompilerLine::Artifact { artifact, emit }) if emit == "link" => {
                report.library = Some(Artifact { name: name.to_owned(), library: artifact });
            }
            Ok(CompilerLine::Artifact { .. } | CompilerLine::Other) => {}
            Err(_) => report.text.extend([line, "\n"]),
        }
    }
    report
}

impl Report {
    /// Whether the code decided what came of it, rather than the machine: it was compiled, or has an error in one of the
    /// crate's own files.
    pub fn is_about_the_code(&self) -> bool {
        let in_crate = |diagnostic: &Diagnostic| {
            diagnostic.level == "error" && diagnostic.spans.iter().any(|span| span.shown().is_in_crate())
        };
        self.success || self.diagnostics.iter().any(in_crate)
    }
}

impl Span {
    /// The place that people wrote: of what a macro made, where the macro was called.
    pub fn shown(&self) -> &Self {
        match &self.expansion {
            Some(expansion) if !self.is_in_crate() || expansion.hides(self) => expansion.span.shown(),
            _ => self,
        }
    }

    /// Rustc names the crate's own files from the crate's folder, and all others from the root.
    pub fn is_in_crate(&self) -> bool {
        !self.file_name.starts_with(['/', '<'])
    }

    fn holds(&self, other: &Self) -> bool {
        let range = |span: &Self| {
            ((span.line_start, span.column_start), (span.line_end, span.column_end), span.file_name.clone())
        };
        let ((outer_from, outer_to, outer), (from, to, file)) = (range(self), range(other));
        outer == file && outer_from <= from && to <= outer_to
    }
}

impl Expansion {
    /// Whether a span is in the text of a macro's definition. What was handed to the macro is the caller's own text, and an
    /// attribute's functions are written below it.
    fn hides(&self, span: &Span) -> bool {
        self.macro_decl_name.ends_with('!') && !self.span.holds(span)
    }
}

#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum CargoLine {
    CompilerMessage {
        message: Diagnostic,
    },
    CompilerArtifact {
        target: Target,
        filenames: Vec<PathBuf>,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    crate_types: Vec<String>,
}

#[derive(Deserialize)]
#[serde(tag = "$message_type", rename_all = "snake_case")]
enum CompilerLine {
    Diagnostic(Diagnostic),
    Artifact {
        artifact: PathBuf,
        emit: String,
    },
    #[serde(other)]
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    const ERROR: &str = r#"{"reason":"compiler-message","message":{"level":"error","message":"expected `;`","rendered":"error: expected `;`\n --> src/a.rs:3:1\n","spans":[]}}"#;
    const ARTIFACT: &str = r#"{"reason":"compiler-artifact","target":{"name":"rusty","crate_types":["cdylib"]},"filenames":["/p/target/live/release/librusty.so"]}"#;
    const OTHER: &str = r#"{"reason":"compiler-artifact","target":{"name":"pyo3","crate_types":["lib"]},"filenames":["/p/target/live/release/libpyo3.rlib"]}"#;

    fn cargo(lines: &[&str], success: bool) -> Report {
        of_cargo(Said { stdout: lines.join("\n"), stderr: "error: could not compile".to_owned(), success })
    }

    #[test]
    fn cargo_makes_the_library_among_others() {
        let artifact = cargo(&[ARTIFACT, OTHER], true).library.unwrap();
        assert_eq!(artifact.name, "rusty");
        assert!(artifact.library.ends_with("librusty.so"));
        assert_eq!(cargo(&[OTHER], true).library, None);
    }

    #[test]
    fn what_the_compiler_says_is_kept_and_so_is_what_cargo_says() {
        let report = cargo(&[ERROR], false);
        assert_eq!(report.diagnostics[0].message, "expected `;`");
        assert_eq!(report.text, "error: could not compile");
    }

    fn compiler(stderr: &str, success: bool) -> Report {
        of_compiler(&Said { stderr: stderr.to_owned(), success, ..Said::default() }, "rusty")
    }

    #[test]
    fn the_compiler_names_its_library_alone() {
        let lines = r#"{"$message_type":"artifact","artifact":"/o/rusty.d","emit":"dep-info"}
{"$message_type":"artifact","artifact":"/o/librusty.so","emit":"link"}
{"$message_type":"future_incompat","future_incompat_report":[]}"#;
        let report = compiler(lines, true);
        assert_eq!(report.library.unwrap().library, PathBuf::from("/o/librusty.so"));
    }

    #[test]
    fn an_error_in_a_file_of_the_crate_is_about_the_code() {
        assert!(compiler(include_str!("../../tests/fixtures/rejected.jsonl"), false).is_about_the_code());
    }

    #[test]
    fn a_compiler_that_fails_by_itself_is_not() {
        let full = r#"{"$message_type":"diagnostic","message":"failed to write to `/o/rmeta`: No space left on device (os error 28)","code":null,"level":"error","spans":[],"children":[],"rendered":""}"#;
        assert!(!compiler(full, false).is_about_the_code());
        assert!(
            !compiler("error: the compiler unexpectedly panicked. this is a bug.", false).is_about_the_code()
        );
        assert!(!compiler("", false).is_about_the_code());
    }
}
