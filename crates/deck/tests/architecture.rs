//! The invariants of ARCHITECTURE.md.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Modules that only compute.
const PURE: [&str; 10] = [
    "model",
    "protocol",
    "source",
    "markdown",
    "highlight",
    "render",
    "terminal",
    "replay",
    "check",
    "diagnostic",
];

/// The one file of a pure module that may read files.
const SEAM: &str = "source/files.rs";

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

fn module(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

/// The text of a file without its tests and comments.
fn code(text: &str) -> String {
    let tests = text.find("#[cfg(test)]").unwrap_or(text.len());
    text[..tests].lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(rule: &str, files: impl Fn(&str) -> bool, forbidden: &[&str]) {
    let sources = sources();
    let broken: Vec<_> = sources
        .iter()
        .filter(|(file, _)| files(file))
        .flat_map(|(file, text)| {
            let code = code(text);
            let found: Vec<_> = forbidden.iter().filter(|word| code.contains(**word)).collect();
            found.into_iter().map(move |word| format!("{file}: {word}"))
        })
        .collect();
    assert!(broken.is_empty(), "{rule}, but:\n{}", broken.join("\n"));
}

#[test]
fn pure_modules_touch_neither_disk_nor_network_nor_processes_nor_the_clock() {
    check(
        "pure modules only compute",
        |file| PURE.contains(&module(file)) && file != SEAM,
        &[
            "std::fs",
            "fs::",
            "std::net",
            "std::process",
            "Instant::now",
            "SystemTime",
            "Command::new",
            "tokio::",
        ],
    );
}

#[test]
fn only_the_server_knows_http() {
    check("only the server knows HTTP", |file| module(file) != "server", &["axum::"]);
}

#[test]
fn only_kernel_extension_and_tracer_start_processes() {
    let allowed = ["kernel", "extension", "tracer"];
    check(
        "only the kernel, the build and the tracer start processes",
        |file| !allowed.contains(&module(file)),
        &["Command::new"],
    );
}

#[test]
fn the_pipeline_knows_neither_kernel_nor_server_nor_commands() {
    check(
        "the pipeline stands below the kernel and the server",
        |file| PURE.contains(&module(file)),
        &["crate::kernel", "crate::server", "crate::commands", "crate::player"],
    );
    check(
        "nothing depends on the command line",
        |file| !["commands", "cli", "main"].contains(&module(file)),
        &["crate::commands"],
    );
}

#[test]
fn unsafe_code_is_forbidden() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml");
    assert!(fs::read_to_string(manifest).unwrap().contains("unsafe_code = \"forbid\""));
    check("no lint may be lifted", |_| true, &["allow(unsafe_code)"]);
}

#[test]
fn the_tracer_knows_no_deck() {
    let tracer = Path::new(env!("CARGO_MANIFEST_DIR")).join("../native_trace");
    let manifest = fs::read_to_string(tracer.join("Cargo.toml")).unwrap();
    for foreign in ["deck", "axum", "pulldown-cmark", "tokio"] {
        let depends = manifest.lines().any(|line| line.split([' ', '=', '.']).next() == Some(foreign));
        assert!(!depends, "native_trace knows neither slides nor HTTP, but depends on {foreign}");
    }
}

#[test]
fn nothing_is_unsafe_outside_of_the_tracer_and_inside_only_with_a_reason() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for entry in fs::read_dir(workspace.join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let lints = ["[lints]\nworkspace = true", "undocumented_unsafe_blocks = \"warn\""];
        let expected = lints[usize::from(folder.ends_with("native_trace"))];
        assert!(manifest.contains(expected), "{} must have {expected}", folder.display());
    }
}

#[test]
fn the_authors_guide_lists_every_attribute() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../CONTRIBUTING.md");
    let guide = fs::read_to_string(guide).unwrap();
    for attribute in &deck::markdown::ATTRIBUTES {
        let value =
            attribute.value.map(|value| format!("={}", value.replace('|', "\\|"))).unwrap_or_default();
        let row = format!("| `{}{value}` | {} |", attribute.name, attribute.meaning);
        assert!(guide.contains(&row), "CONTRIBUTING.md lacks the row\n{row}");
    }
}
