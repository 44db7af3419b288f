//! A talk that is not this one: its crate has another folder, another package and another module, and nothing of it lies
//! where this talk has it. It is recorded, verified, built and shared by the program itself; `server/rebuilding.rs` edits it on
//! stage.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{fs, path::Path, process::Command};

use deck::{
    extension::{Extension, Overlay},
    project::Project,
};
use tempfile::TempDir;

#[path = "fixtures/folder.rs"]
mod folder;

const FIXTURE: &str = "tests/fixtures/second_talk";

/// The talk, with its extension where its interpreter finds it, and with this project's front end.
fn talk() -> TempDir {
    let talk = TempDir::new().unwrap();
    folder::copy(Path::new(FIXTURE), talk.path());
    folder::copy(Path::new("../../web/dist"), &talk.path().join("ui/built"));
    let project = Project::open(talk.path(), Path::new("python3")).unwrap();
    let mut extension = Extension::new(&project, "release", project.scratch("installed")).unwrap();
    let built = extension.build(&Overlay::default()).unwrap().live;
    folder::copy(&built.packages(), &talk.path().join("scripts"));
    talk
}

/// What the program says, which must be content.
#[track_caller]
fn deck(talk: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_deck"))
        .args(arguments)
        .current_dir(talk)
        .env("PYTHON", "python3")
        .env_remove("CI")
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
    assert!(output.status.success(), "{said}");
    said
}

/// The names of everything at the top of a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_talk_whose_files_lie_elsewhere_is_recorded_verified_built_and_shared() {
    let folder = talk();
    let talk = folder.path();
    let said = deck(talk, &["record"]);
    assert!(said.contains("0 unchanged, 2 changed, 0 failed"), "{said}");
    let refused = fs::read_to_string(talk.join("slides/recordings/refused.toml")).unwrap();
    assert!(refused.contains("native/tiny/src/lib.rs"), "{refused}");
    let said = deck(talk, &["verify"]);
    assert!(said.contains("2 passed, 0 failed"), "{said}");
    let said = deck(talk, &["demo"]);
    assert!(said.contains("\n  1\n"), "{said}");

    deck(talk, &["build"]);
    let index = fs::read_to_string(talk.join("out/deck/index.html")).unwrap();
    assert!(index.contains("native/tiny/src/lib.rs"), "the origin of the code is named");

    fs::create_dir_all(talk.join("out/wheels")).unwrap();
    fs::write(talk.join("out/wheels/tiny_extension-0.1.0.tar.gz"), "").unwrap();
    deck(talk, &["share"]);
    let wheels = fs::read_to_string(talk.join("out/site/wheels/index.html")).unwrap();
    assert!(wheels.contains("import tiny; print(tiny.__name__)"), "{wheels}");
    assert!(talk.join("out/site/licences/MIT.txt").is_file());

    // Nothing was put where this talk has it.
    let expected =
        [".talk", "LICENSE-APACHE", "LICENSE-MIT", "native", "out", "scripts", "slides", "target", "ui"];
    assert_eq!(names(talk), expected);
    assert_eq!(names(&talk.join("native")), ["stubs", "tiny"]);
}

#[test]
fn a_layout_that_is_none_is_an_error_of_every_command() {
    let folder = talk();
    let book = folder.path().join("slides/book.toml");
    fs::write(&book, "[book]\ntitle = \"t\"\n[preprocessor.deck]\ncrate = 3\n").unwrap();
    for command in ["build", "share", "record", "verify", "demo"] {
        let output = Command::new(env!("CARGO_BIN_EXE_deck"))
            .arg(command)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{command}");
        assert!(said.contains("slides/book.toml:4"), "{command}: {said}");
    }
}
