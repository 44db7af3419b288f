//! What cargo says with `--message-format=json`, as far as it concerns us.

use std::path::PathBuf;

use serde::Deserialize;

use super::{MANIFEST, problem};
use crate::protocol::Problem;

/// The library that a build made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The module's name.
    pub name: String,
    /// The file, in cargo's folder.
    pub library: PathBuf,
}

/// What a build came to: the library, or all errors. `stdout` is cargo's messages, `stderr` what it told the terminal.
///
/// # Errors
/// The compiler's, with file and line; if it has none, what cargo says.
pub fn read(stdout: &str, stderr: &str, success: bool) -> Result<Artifact, Vec<Problem>> {
    let messages: Vec<Line> = stdout.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    if success {
        let artifact = messages.iter().rev().find_map(Line::artifact);
        return artifact.ok_or_else(|| vec![problem(format!("{MANIFEST} does not make a `cdylib`"))]);
    }
    let problems: Vec<_> = messages.iter().filter_map(Line::problem).collect();
    if problems.is_empty() {
        let said = stderr.lines().find(|line| line.starts_with("error")).unwrap_or("cargo failed");
        return Err(vec![Problem { rendered: stderr.trim().to_owned(), ..problem(said.to_owned()) }]);
    }
    Err(problems)
}

#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Line {
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
struct Diagnostic {
    message: String,
    level: String,
    rendered: Option<String>,
    #[serde(default)]
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: u32,
    is_primary: bool,
}

impl Line {
    fn artifact(&self) -> Option<Artifact> {
        let Self::CompilerArtifact { target, filenames } = self else { return None };
        let library = target.crate_types.iter().any(|kind| kind == "cdylib").then(|| filenames.first())??;
        Some(Artifact { name: target.name.clone(), library: library.clone() })
    }

    fn problem(&self) -> Option<Problem> {
        let Self::CompilerMessage { message: diagnostic } = self else { return None };
        // "aborting due to 2 previous errors" stands nowhere and adds nothing.
        if !diagnostic.level.starts_with("error") || diagnostic.message.starts_with("aborting due to") {
            return None;
        }
        let whole = problem(diagnostic.message.clone());
        let span = diagnostic.spans.iter().find(|span| span.is_primary);
        let (file, line) = match span {
            Some(span) => (in_project(&span.file_name), span.line_start),
            None => (whole.file, whole.line),
        };
        let rendered = diagnostic.rendered.clone().unwrap_or(whole.rendered);
        Some(Problem { file, line, message: whole.message, rendered })
    }
}

/// The compiler names files from the crate's folder.
fn in_project(file: &str) -> String {
    if file.starts_with('/') { file.to_owned() } else { format!("demo_crate/{file}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ERROR: &str = r#"{"reason":"compiler-message","message":{"level":"error","message":"expected `;`","rendered":"error: expected `;`\n --> src/a.rs:3:1\n","spans":[{"file_name":"src/b.rs","line_start":9,"is_primary":false},{"file_name":"src/a.rs","line_start":3,"is_primary":true}]}}"#;
    const WARNING: &str = r#"{"reason":"compiler-message","message":{"level":"warning","message":"unused","rendered":"","spans":[]}}"#;
    const ABORT: &str = r#"{"reason":"compiler-message","message":{"level":"error","message":"aborting due to 1 previous error","rendered":"","spans":[]}}"#;
    const ARTIFACT: &str = r#"{"reason":"compiler-artifact","target":{"name":"rusty","crate_types":["cdylib"]},"filenames":["/p/target/live/release/librusty.so"]}"#;

    #[test]
    fn an_error_has_the_file_and_line_of_its_primary_span() {
        let errors = read(&[ERROR, WARNING, ABORT].join("\n"), "", false).unwrap_err();
        assert_eq!(errors.len(), 1);
        assert_eq!((errors[0].file.as_str(), errors[0].line), ("demo_crate/src/a.rs", 3));
        assert!(errors[0].rendered.contains("src/a.rs:3:1"));
    }

    #[test]
    fn a_build_makes_the_library() {
        let artifact = read(&[WARNING, ARTIFACT].join("\n"), "", true).unwrap();
        assert_eq!(artifact.name, "rusty");
        assert!(artifact.library.ends_with("librusty.so"));
    }

    #[test]
    fn an_error_before_the_compiler_is_what_cargo_says() {
        let errors =
            read("", "    Updating\nerror: failed to parse manifest\n\nCaused by: x\n", false).unwrap_err();
        assert_eq!(errors[0].message, "error: failed to parse manifest");
        assert!(errors[0].rendered.contains("Caused by: x"));
    }

    #[test]
    fn a_crate_without_an_extension_is_an_error() {
        assert!(read("", "", true).is_err());
    }
}
