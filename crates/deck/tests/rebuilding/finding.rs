//! What the compiler finds, and where.

use std::fs;

use deck::protocol::{Level, Point, Spotted};

use crate::project::{FILES, ONE, Project, SOURCE, errors, overlay, value, with_value, write};

#[test]
fn an_error_is_where_it_was_written_and_the_last_build_stays() {
    let mut project = Project::new();
    let good = project.build(ONE).unwrap().live;
    let found = errors(project.build(&with_value("\n    wrong")));
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    let (from, to) = (Point { line: 4, column: 5 }, Point { line: 4, column: 10 });
    assert_eq!(finding.spots[0].at, Spotted::Cell { cell: "one".to_owned(), from, to });
    assert_eq!(finding.code.as_deref(), Some("E0425"));
    assert!(finding.rendered.contains("demo_crate/src/lib.rs:8:9"));
    assert_eq!(value(&good), "1");
    assert_eq!(project.build(&with_value("5")).unwrap().live.build().number, 2, "no number is lost");
}

#[test]
fn an_error_elsewhere_has_the_line_of_the_file_on_disk() {
    let mut project = Project::new();
    project.build(ONE).unwrap();
    let longer = format!("// more\n// lines\n{}", ONE.replace("i32", "i64"));
    let found = errors(project.build(&longer));
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    let elsewhere = Spotted::File { file: SOURCE.to_owned(), line: 20, column: 5 };
    assert_eq!(finding.spots[0].at, elsewhere);
    assert_eq!(
        fs::read_to_string(project.path().join(SOURCE)).unwrap().lines().nth(19),
        Some("    inner::one()")
    );
}

#[test]
fn a_check_finds_what_a_build_finds_and_builds_nothing() {
    let mut project = Project::new();
    project.build(ONE).unwrap();
    let by_cargo = project.cargo_built();
    let unused = overlay(&with_value("let unused = 2;\n    1"));
    let found = project.extension.check(&unused).unwrap();
    assert_eq!(found.iter().map(|finding| finding.level).collect::<Vec<_>>(), [Level::Warning]);
    assert!(!project.path().join(".deck/scratch/release-1/built").exists());
    assert_eq!(project.cargo_built(), by_cargo);
    assert_eq!(project.extension.build(&unused).unwrap().warnings, found);
    let wrong = overlay(&with_value("wrong"));
    assert_eq!(project.extension.check(&wrong).unwrap(), project.extension.build(&wrong).unwrap_err());
    assert_eq!(project.extension.check(&overlay(ONE)).unwrap(), []);
}

#[test]
fn a_file_that_was_saved_half_way_is_said_and_the_whole_one_is_built() {
    let mut project = Project::new();
    project.build(ONE).unwrap();
    let half = &FILES[2].1[..FILES[2].1.find("// ANCHOR_END: one").unwrap()];
    write(project.path(), SOURCE, half);
    let found = errors(project.build(&with_value("2")));
    assert_eq!(found[0].message, "anchor `one` is never closed");
    write(project.path(), SOURCE, FILES[2].1);
    assert_eq!(value(&project.build(&with_value("2")).unwrap().live), "2");
}
