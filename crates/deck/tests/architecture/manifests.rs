//! What stands in manifests, and what the compiler is told.

use std::fs;

use crate::sources::{sources, workspace};

#[test]
fn unsafe_code_is_forbidden() {
    let manifest = fs::read_to_string(workspace().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("unsafe_code = \"forbid\""));
    for (file, text) in sources("crates/deck/src") {
        assert!(!text.contains("allow(unsafe_code)"), "no lint may be lifted, but {file} does");
    }
}

#[test]
fn the_tracer_knows_no_deck() {
    let manifest = fs::read_to_string(workspace().join("crates/native_trace/Cargo.toml")).unwrap();
    for foreign in ["deck", "axum", "pulldown-cmark", "tokio"] {
        let depends = manifest.lines().any(|line| line.split([' ', '=', '.']).next() == Some(foreign));
        assert!(!depends, "native_trace knows neither slides nor HTTP, but depends on {foreign}");
    }
}

#[test]
fn nothing_is_unsafe_outside_of_the_tracer_and_inside_only_with_a_reason() {
    for entry in fs::read_dir(workspace().join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let lints = ["[lints]\nworkspace = true", "undocumented_unsafe_blocks = \"warn\""];
        let expected = lints[usize::from(folder.ends_with("native_trace"))];
        assert!(manifest.contains(expected), "{} must have {expected}", folder.display());
    }
}
