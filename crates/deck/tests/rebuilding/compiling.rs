//! An edit becomes a build, by cargo or without it.

use std::{fs, thread};

use deck::{
    extension::{Cancel, Overlay},
    protocol::Level,
};

use crate::project::{
    FILES, MANIFEST, ONE, Project, SOURCE, call, crate_files, errors, extension, overlay, value, with_value,
    write,
};

#[test]
fn an_edit_is_built_and_the_project_stays_as_it_is() {
    let mut project = Project::new();
    let before = crate_files(project.path());
    let first = project.build(ONE).unwrap().live;
    let second = project.build(&with_value("2")).unwrap().live;
    assert_eq!((value(&first), value(&second)), ("1".to_owned(), "2".to_owned()));
    assert_eq!((first.build().number, second.build().number), (1, 2));
    let kept = fs::read_to_string(second.sources().join(SOURCE)).unwrap();
    assert!(kept.contains("        2\n"), "what is traced later has the edit");
    assert_eq!(call(&second, "file", "c_char_p"), "b'demo_crate/src/lib.rs'");
    assert_eq!(crate_files(project.path()), before);
    assert!(!project.path().join("demo_crate/target").exists());
}

#[test]
fn the_second_build_needs_no_cargo() {
    let mut project = Project::new();
    project.build(ONE).unwrap();
    let by_cargo = project.cargo_built();
    let again = project.build(&with_value("2")).unwrap().live;
    assert_eq!(value(&again), "2");
    assert_eq!(project.cargo_built(), by_cargo);
    assert!(project.path().join(".deck/scratch/release-1/built/librusty.so").exists());
}

#[test]
fn a_changed_manifest_is_cargos_business() {
    let mut project = Project::new();
    let text = with_value("if cfg!(debug_assertions) { 2 } else { 1 }");
    assert_eq!(value(&project.build(&text).unwrap().live), "1");
    let by_cargo = project.cargo_built();
    let manifest = format!("{}[profile.release]\ndebug-assertions = true\n", FILES[0].1);
    write(project.path(), MANIFEST, &manifest);
    assert_eq!(value(&project.build(&text).unwrap().live), "2");
    assert_ne!(project.cargo_built(), by_cargo);
    let by_cargo = project.cargo_built();
    assert_eq!(value(&project.build(&with_value("3")).unwrap().live), "3");
    assert_eq!(project.cargo_built(), by_cargo, "the new call was recorded");
    write(project.path(), MANIFEST, "[package");
    let found = errors(project.build(ONE));
    assert!(found[0].message.contains("parse") || found[0].rendered.contains("Cargo.toml"), "{found:?}");
}

#[test]
fn a_lost_folder_of_cargo_is_made_again() {
    let mut project = Project::new();
    project.build(ONE).unwrap();
    fs::remove_dir_all(project.path().join("target")).unwrap();
    assert_eq!(value(&project.build(&with_value("2")).unwrap().live), "2");
    project.build(&with_value("3")).unwrap();
    fs::remove_dir_all(project.path().join(".deck/scratch/release-1/built")).unwrap();
    assert_eq!(value(&project.build(&with_value("4")).unwrap().live), "4");
}

#[test]
fn a_compiler_that_stumbles_over_its_own_files_begins_anew() {
    let mut project = Project::new();
    project.build(ONE).unwrap();
    project.build(&with_value("2")).unwrap();
    // A folder stands where the library has to go: that is nothing the code could be blamed for.
    let library = project.path().join(".deck/scratch/release-1/built/librusty.so");
    fs::remove_file(&library).unwrap();
    fs::create_dir_all(library.join("in-the-way")).unwrap();
    assert_eq!(value(&project.build(&with_value("3")).unwrap().live), "3");
}

#[test]
fn what_was_warmed_up_needs_no_cargo_and_has_no_trace_of_it() {
    let mut project = Project::new();
    assert_eq!(project.extension.warm_up(), Some(Vec::new()));
    let by_cargo = project.cargo_built();
    let built = project.build(&with_value("2")).unwrap().live;
    assert_eq!(project.cargo_built(), by_cargo);
    let expected = FILES[2].1.replace("        1\n", "        2\n");
    assert_eq!(fs::read_to_string(built.sources().join(SOURCE)).unwrap(), expected);
    assert_eq!(value(&built), "2");
}

#[test]
fn a_crate_that_does_not_compile_is_not_warmed_up() {
    let mut project = Project::new();
    write(project.path(), SOURCE, "fn half(");
    let found = project.extension.warm_up().unwrap();
    assert_eq!(found[0].level, Level::Error);
}

#[test]
fn two_servers_build_at_once_and_each_gets_its_own() {
    let mut project = Project::new();
    let mut other = extension(project.path(), "others");
    for round in 0..3 {
        let (mine, theirs) = (with_value(&format!("{round}")), with_value(&format!("1{round}")));
        let (first, second) = thread::scope(|scope| {
            let second = scope.spawn(|| other.build(&overlay(&theirs)));
            (project.build(&mine), second.join().unwrap())
        });
        assert_eq!(value(&first.unwrap().live), format!("{round}"));
        assert_eq!(value(&second.unwrap().live), format!("1{round}"));
    }
}

#[test]
fn what_is_traced_is_the_code_of_the_build_that_was_asked_for() {
    let mut project = Project::new();
    let builds: Vec<_> =
        ["2", "3"].iter().map(|value| project.build(&with_value(value)).unwrap().live).collect();
    // Back and forth: the compiler has newer files of other code each time.
    for (index, expected) in [(0, "2"), (1, "3"), (0, "2")] {
        let extension = extension(project.path(), "traced");
        let mut traced = extension.for_tracing(builds[index].sources(), Cancel::default());
        assert_eq!(value(&traced.build(&Overlay::default()).unwrap().live), expected);
    }
    let mut traced =
        extension(project.path(), "traced").for_tracing(project.path().to_owned(), Cancel::default());
    assert_eq!(value(&traced.build(&Overlay::default()).unwrap().live), "1");
}
