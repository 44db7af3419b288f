//! Rust that is changed on stage, with a real compiler and a real Python, and a crate that has nothing to do with PyO3.

use std::{fs, path::Path, sync::Arc};

use deck::{
    extension::Extension,
    kernel::LazyKernel,
    project::Project,
    protocol::{CellError, CellEvent, Command, Message, Phase, Point, Run, Spotted, Status},
    server::follow_author,
    source::Disk,
};
use tempfile::TempDir;

use crate::{
    browser::Browser,
    folder::copy,
    processes::eventually,
    python::python,
    stand::{Stand, load, write},
};

pub const SOURCE: &str = "demo_crate/src/lib.rs";

const CHAPTER: &str = r#"# One

```rust,live,id=one
{{#include ../../demo_crate/src/lib.rs:one}}
```

```python,live,id=begin,setup
begun = "prepared"
```

```python,live,id=prepare
prepared = begun
```

---

## Two

```rust,live,id=other,replaces=../../demo_crate/src/lib.rs:one
#[unsafe(no_mangle)]
pub extern "C" fn one() -> i32 {
    100
}
```

```python,live,id=call,needs=prepare
import ctypes, pathlib, rusty

library = next(pathlib.Path(rusty.__file__).parent.glob("rusty.*"))
print(prepared, ctypes.CDLL(str(library)).one())
```

---

## Three

```python,live,id=endless
while True: pass
```
"#;

pub const ONE: &str = "#[unsafe(no_mangle)]\npub extern \"C\" fn one() -> i32 {\n    1\n}\n";

/// The folder of a talk whose crate, packages and scratch folder lie elsewhere than this talk's.
const ELSEWHERE: &str = "tests/fixtures/second_talk";

/// A talk with a crate of its own, and a browser that may edit.
pub struct Stage {
    pub project: TempDir,
    pub stand: Stand,
    pub presenter: Browser,
}

impl Stage {
    pub async fn new() -> Self {
        let project = tempfile::tempdir().unwrap();
        let file = |path: &str, text: &str| {
            let path = project.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(project.path(), CHAPTER);
        let manifest = "[package]\nname = \"rusty\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[lib]\n\
                        crate-type = [\"cdylib\"]\n[workspace]\n";
        file("demo_crate/Cargo.toml", manifest);
        file("demo_crate/Cargo.lock", "version = 4\n\n[[package]]\nname = \"rusty\"\nversion = \"0.1.0\"\n");
        file(SOURCE, &format!("//! One.\n\n// ANCHOR: one\n{ONE}// ANCHOR_END: one\n"));
        file("demo_crate/python/rusty/__init__.py", "");
        Self::of(project).await
    }

    /// A talk whose sources are in this folder.
    async fn of(project: TempDir) -> Self {
        let talk = Project::open(project.path(), &python()).unwrap();
        let extension = Extension::new(&talk, "release", talk.scratch("builds")).unwrap();
        let files = Disk { root: project.path().to_owned() };
        let stand =
            Stand::building(&files, Arc::new(LazyKernel::new(python())), project.path(), Some(extension))
                .await;
        follow_author(&talk, Box::new(move || load(&files)), &stand.talk).unwrap();
        let presenter = stand.presenter().await;
        Self { project, stand, presenter }
    }

    async fn rebuild(&mut self, cell: &str) {
        self.presenter.send(Command::Rebuild { cell: cell.to_owned() }).await;
        let events = self.presenter.stage.cells.get(cell).map_or(0, |state| state.events.len());
        self.presenter
            .until(|stage| stage.cells.get(cell).is_some_and(|state| state.events.len() != events))
            .await;
    }

    /// Rebuilds, and waits until it is through.
    async fn rebuilt(&mut self, cell: &str) -> Status {
        self.rebuild(cell).await;
        self.presenter.end_of(cell).await
    }

    /// The parts of a rebuild, in order.
    fn phases(&self, cell: &str) -> Vec<Phase> {
        let events = &self.presenter.stage.cells[cell].events;
        events
            .iter()
            .filter_map(|event| match event {
                CellEvent::Phase { phase, .. } => Some(*phase),
                _ => None,
            })
            .collect()
    }

    fn source(&self) -> String {
        fs::read_to_string(self.project.path().join(SOURCE)).unwrap()
    }
}

#[tokio::test]
async fn a_crate_that_lies_elsewhere_is_rebuilt_and_written_back() {
    let project = tempfile::tempdir().unwrap();
    copy(Path::new(ELSEWHERE), project.path());
    let mut stage = Stage::of(project).await;
    stage.presenter.edit("edit", Some(&ONE.replace('1', "42"))).await;
    assert_eq!(stage.rebuilt("edit").await, Status::Ok);
    assert_eq!(stage.presenter.output("call"), "42\n");
    stage.presenter.edit("edit", Some("wrong")).await;
    assert_eq!(stage.rebuilt("edit").await, Status::Error);
    stage.presenter.edit("edit", Some(&ONE.replace('1', "43"))).await;
    let (diff, digest) = stage.difference_of("edit").await;
    assert!(diff.starts_with("--- native/tiny/src/lib.rs\n"), "{diff}");
    stage.presenter.send(Command::WriteBack { cell: "edit".to_owned(), digest }).await;
    stage.presenter.until(|stage| stage.cells["edit"].edited.is_none()).await;
    let written = stage.project.path().join("native/tiny/src/lib.rs");
    assert!(fs::read_to_string(written).unwrap().contains("    43\n"));
}

#[tokio::test]
async fn an_edit_answers_in_the_next_cell_and_the_file_stays() {
    let mut stage = Stage::new().await;
    for cell in ["begin", "prepare"] {
        assert_eq!(stage.presenter.run(cell).await, Status::Ok);
        assert!(!stage.presenter.is_stale(cell));
    }
    stage.presenter.edit("other", Some(&ONE.replace('1', "42"))).await;
    assert_eq!(stage.rebuilt("other").await, Status::Ok);
    assert_eq!(stage.phases("other"), [Phase::Build, Phase::Import, Phase::Replay, Phase::Run]);
    assert_eq!(stage.presenter.output("call"), "prepared 42\n");
    let presented = &stage.presenter.stage;
    assert_eq!((presented.build.number, &presented.build.edited), (1, &vec!["other".to_owned()]));
    assert_eq!(presented.previous.as_ref().map(|build| build.number), Some(0));
    assert!(!stage.presenter.is_stale("other") && !stage.presenter.is_stale("call"));
    assert!(stage.presenter.is_stale("begin") && stage.presenter.is_stale("prepare"), "of the old build");
    assert!(stage.source().ends_with(&format!("{ONE}// ANCHOR_END: one\n")));
}

#[tokio::test]
async fn the_first_rebuild_needs_no_cargo_though_nobody_has_asked_for_anything() {
    let mut stage = Stage::new().await;
    let built = |path: &str| fs::metadata(stage.project.path().join(path)).and_then(|file| file.modified());
    let warm = || built(".deck/scratch/release-1/built/librusty.so").is_ok();
    eventually("the compiler is never warmed up", warm);
    let by_cargo = built("target/live/release/librusty.so").unwrap();
    stage.presenter.edit("other", Some(&ONE.replace('1', "42"))).await;
    assert_eq!(stage.rebuilt("other").await, Status::Ok);
    assert_eq!(stage.presenter.output("call"), "prepared 42\n");
    let built = fs::metadata(stage.project.path().join("target/live/release/librusty.so")).unwrap();
    assert_eq!(built.modified().unwrap(), by_cargo);
}

#[tokio::test]
async fn what_replaces_a_region_counts_when_it_is_asked_for() {
    let mut stage = Stage::new().await;
    assert_eq!(stage.rebuilt("other").await, Status::Ok);
    assert_eq!(stage.presenter.output("call"), "prepared 100\n");
    // The cell of the region itself has no cell of Rust above its answer that says otherwise.
    assert_eq!(stage.rebuilt("one").await, Status::Ok);
    assert_eq!(stage.presenter.run("call").await, Status::Ok);
    assert_eq!(stage.presenter.output("call"), "prepared 1\n");
}

#[tokio::test]
async fn what_does_not_compile_is_shown_at_its_place_and_the_old_build_goes_on() {
    let mut stage = Stage::new().await;
    assert_eq!(stage.rebuilt("other").await, Status::Ok);
    stage.presenter.edit("other", Some(&ONE.replace("1", "\"one\""))).await;
    assert_eq!(stage.rebuilt("other").await, Status::Error);
    let events = &stage.presenter.stage.cells["other"].events;
    let Some(CellEvent::Error { error: CellError::Compile { findings } }) =
        events.iter().find(|event| matches!(event, CellEvent::Error { .. }))
    else {
        panic!("{events:?}")
    };
    assert_eq!(
        (findings[0].code.as_deref(), findings[0].message.as_str()),
        (Some("E0308"), "mismatched types")
    );
    let at = Spotted::Cell {
        cell: "other".to_owned(),
        from: Point { line: 3, column: 5 },
        to: Point { line: 3, column: 10 },
    };
    assert_eq!(findings[0].spots[0].at, at);
    assert_eq!(&stage.presenter.stage.findings, findings);
    assert_eq!(stage.presenter.stage.build.number, 1);
    assert_eq!(stage.presenter.run("call").await, Status::Ok);
    assert_eq!(stage.presenter.output("call"), "prepared 100\n");
}

#[tokio::test]
async fn a_pause_in_typing_is_enough_for_the_compiler_to_speak() {
    let mut stage = Stage::new().await;
    stage.presenter.edit("one", Some(&ONE.replace('1', "two"))).await;
    stage.presenter.until(|stage| !stage.findings.is_empty()).await;
    assert_eq!(stage.presenter.stage.findings[0].code.as_deref(), Some("E0425"));
    stage.presenter.edit("one", None).await;
    stage.presenter.until(|stage| stage.findings.is_empty()).await;
}

#[tokio::test]
async fn a_build_that_cannot_be_imported_never_takes_the_place_of_the_old_one() {
    let mut stage = Stage::new().await;
    assert_eq!(stage.rebuilt("other").await, Status::Ok);
    let package = stage.project.path().join("demo_crate/python/rusty/__init__.py");
    fs::write(package, "raise ImportError('not today')\n").unwrap();
    assert_eq!(stage.rebuilt("other").await, Status::Error);
    let events = &stage.presenter.stage.cells["other"].events;
    assert!(
        events
            .iter()
            .any(|event| matches!(event, CellEvent::Error { error } if error.text().contains("not today"))),
        "{events:?}"
    );
    assert_eq!(stage.presenter.stage.build.number, 1);
    assert_eq!(stage.presenter.run("call").await, Status::Ok);
    assert_eq!(stage.presenter.output("call"), "prepared 100\n");
}

#[tokio::test]
async fn a_rebuild_ends_a_loop_of_the_old_build() {
    let mut stage = Stage::new().await;
    stage.presenter.ask("endless").await;
    stage
        .presenter
        .until(|stage| stage.cells.get("endless").is_some_and(|state| !state.events.is_empty()))
        .await;
    assert_eq!(stage.rebuilt("other").await, Status::Ok);
    assert_eq!(stage.presenter.end_of("endless").await, Status::Stopped);
    assert_eq!(stage.presenter.output("call"), "prepared 100\n");
}

#[tokio::test]
async fn of_two_rebuilds_at_once_the_later_one_counts() {
    let mut stage = Stage::new().await;
    stage.rebuild("one").await;
    stage.presenter.edit("other", Some(&ONE.replace('1', "7"))).await;
    assert_eq!(stage.rebuilt("other").await, Status::Ok);
    assert_eq!(stage.presenter.end_of("one").await, Status::Stopped);
    assert_eq!(stage.presenter.output("call"), "prepared 7\n");
}

#[tokio::test]
async fn one_command_returns_to_the_build_before() {
    let mut stage = Stage::new().await;
    assert_eq!(stage.rebuilt("other").await, Status::Ok);
    stage.presenter.edit("other", Some(&ONE.replace('1', "5"))).await;
    assert_eq!(stage.rebuilt("other").await, Status::Ok);
    stage.presenter.send(Command::ReturnBuild).await;
    stage.presenter.until(|stage| stage.build.number == 1).await;
    assert_eq!(stage.presenter.run("call").await, Status::Ok);
    assert_eq!(stage.presenter.output("call"), "prepared 100\n");
    assert_eq!(stage.presenter.stage.previous.as_ref().map(|build| build.number), Some(2));
}

#[tokio::test]
async fn writing_back_shows_the_difference_first_and_refuses_a_file_that_has_changed() {
    let mut stage = Stage::new().await;
    let edited = ONE.replace('1', "3");
    stage.presenter.edit("one", Some(&edited)).await;
    let (diff, digest) = stage.difference().await;
    assert!(diff.contains("-    1\n+    3\n"), "{diff}");
    fs::write(stage.project.path().join(SOURCE), stage.source().replace("//! One.", "//! Two.")).unwrap();
    stage.presenter.send(Command::WriteBack { cell: "one".to_owned(), digest }).await;
    assert!(stage.presenter.refusal().await.contains("has changed since"));

    let (_, digest) = stage.difference().await;
    stage.presenter.send(Command::WriteBack { cell: "one".to_owned(), digest }).await;
    while !matches!(stage.presenter.message().await, Message::Written { .. }) {}
    assert!(stage.source().contains(&edited) && stage.source().contains("//! Two."));
    // The deck follows the file, and then nothing is edited any more.
    stage.presenter.until(|stage| stage.cells["one"].edited.is_none()).await;
}

#[tokio::test]
async fn a_difference_does_not_wait_for_the_compiler() {
    let mut stage = Stage::new().await;
    // The compiler reads a pipe that nobody writes to.
    let pipe = stage.project.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    stage
        .presenter
        .edit("one", Some(&format!("{ONE}pub const PIPE: &str = include_str!({pipe:?});\n")))
        .await;
    stage.rebuild("one").await;
    let (diff, _) = stage.difference().await;
    assert!(diff.contains("include_str!"), "{diff}");
    assert_eq!(stage.presenter.stage.cells["one"].run, Run::Running);
    stage.stand.talk.end().await;
}

impl Stage {
    /// What writing the cell `one` back would change, and the digest of its file.
    pub async fn difference(&mut self) -> (String, String) {
        self.difference_of("one").await
    }

    async fn difference_of(&mut self, cell: &str) -> (String, String) {
        self.presenter.send(Command::Difference { cell: cell.to_owned() }).await;
        loop {
            if let Message::Difference { diff, digest, .. } = self.presenter.message().await {
                return (diff, digest);
            }
        }
    }
}

#[tokio::test]
async fn without_the_unlock_nothing_is_rebuilt_or_written() {
    let stage = Stage::new().await;
    let mut runner = stage.stand.browser().await;
    let cell = || "one".to_owned();
    for command in [
        Command::Rebuild { cell: cell() },
        Command::ReturnBuild,
        Command::Difference { cell: cell() },
        Command::WriteBack { cell: cell(), digest: String::new() },
    ] {
        runner.send(command).await;
        assert!(runner.refusal().await.starts_with("Unlock this window first"));
    }
    assert!(Path::new(&stage.project.path().join(SOURCE)).is_file());
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_in_a_sentence() {
    let mut stage = Stage::new().await;
    let cell = |id: &str| id.to_owned();
    for (command, reason) in [
        (Command::Rebuild { cell: cell("nowhere") }, "There is no cell of Rust `nowhere`."),
        (Command::Rebuild { cell: cell("call") }, "There is no cell of Rust `call`."),
        (Command::ReturnBuild, "There is no build before this one."),
        (Command::Difference { cell: cell("one") }, "The cell `one` was not changed."),
    ] {
        stage.presenter.send(command).await;
        assert_eq!(stage.presenter.refusal().await, reason);
    }
}
