//! What README, CONTRIBUTING and the Makefile promise.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

/// The targets that `make` lists.
fn targets() -> Vec<String> {
    let line = |line: &str| {
        line.split_once(':').filter(|(_, rest)| rest.contains("## ")).map(|(name, _)| name.to_owned())
    };
    read("Makefile").lines().filter_map(line).collect()
}

#[test]
fn every_make_command_in_the_documents_exists() {
    let targets = targets();
    for file in ["README.md", "CONTRIBUTING.md"] {
        for (position, _) in read(file).match_indices("make ") {
            let text = &read(file)[position..];
            let target: String =
                text["make ".len()..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
            let quoted = read(file)[..position].ends_with(['`', '\n']);
            assert!(
                !quoted || targets.contains(&target),
                "{file} names `make {target}`; there are {targets:?}"
            );
        }
    }
}

#[test]
fn the_readme_names_the_test_command_that_integration_runs() {
    assert!(read("README.md").contains("```sh\nmake test\n```"));
    assert!(read(".ci/run").contains("\nmake test\n"));
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    for file in ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"] {
        for part in read(file).split("](").skip(1) {
            let target = part.split(')').next().unwrap();
            assert!(target.contains("://") || root().join(target).exists(), "{file} links to {target}");
        }
    }
}

/// Runs a check of prerequisites with a PATH and a Python, and gives what it says.
fn prerequisites(target: &str, path: &str, python: &str) -> (bool, String) {
    // The program is looked for here, because the child's PATH may be empty.
    let paths = std::env::var_os("PATH").unwrap();
    let make = std::env::split_paths(&paths).map(|path| path.join("make")).find(|make| make.is_file());
    let output = Command::new(make.expect("make is needed"))
        .args(["--no-print-directory", target, &format!("PYTHON={python}")])
        .env_remove("MAKEFLAGS")
        .env_remove("MAKELEVEL")
        .env("PATH", path)
        .current_dir(root())
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn what_is_missing_is_named_all_at_once_with_a_way_to_get_it() {
    let (good, said) = prerequisites("needs-run", "", "no-such-python");
    assert!(!good, "{said}");
    assert!(said.contains("missing: cargo. Install Rust with rustup: https://rustup.rs"), "{said}");
    assert!(said.contains("missing: a C compiler"), "{said}");
    assert!(said.contains("missing: CPython 3.11 to 3.14 as 'no-such-python'"), "{said}");
    assert!(said.contains("PYTHON=python3.13 make"), "{said}");
}

#[test]
fn nothing_is_said_where_everything_is_there() {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let (good, said) = prerequisites("needs-run", &std::env::var("PATH").unwrap(), &python);
    assert!(good && said.is_empty(), "{said}");
}
