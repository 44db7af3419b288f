//! Rust that is rebuilt at a bad moment. The crate has nothing to do with PyO3, so that a build takes no time.
use deck::protocol::{CellEvent, Change, Command, Phase, Run, Status};

use crate::{
    browser::Browser,
    processes::{descendants, eventually, program},
    server::{CHAPTER, project, write},
    small_disk::{Filler, run_on_a_small_disk},
    talk::Talk,
};

const SOURCE: &str = "demo_crate/src/lib.rs";
const PACKAGE: &str = "demo_crate/python/rusty/__init__.py";
const LIBRARY: &str = "//! One.\n\n// ANCHOR: one\n#[unsafe(no_mangle)]\npub extern \"C\" fn one() -> i32 {\n    1\n}\n// ANCHOR_END: one\n";

const SLIDES: &str = r#"# One {#one}

```python,live,id=hello
print("hello")
```

```python,live,id=prepare,timeout=0.5
prepared = "prepared"
```

---

## Two {#two}

```rust,live,id=one
{{#include ../../demo_crate/src/lib.rs:one}}
```

```python,live,id=call,needs=prepare
import ctypes, pathlib, rusty

library = next(pathlib.Path(rusty.__file__).parent.glob("rusty.*"))
print(prepared, ctypes.CDLL(str(library)).one())
```

---

## Three {#three}

```python,live,id=endless
print("ready")
while True: pass
```
"#;

/// A talk in which Rust was built once: `one` returns 2.
async fn talk() -> Talk {
    let project = project(&[]);
    for (file, text) in [
        (CHAPTER, SLIDES),
        (SOURCE, LIBRARY),
        (PACKAGE, ""),
        (
            "demo_crate/Cargo.toml",
            "[package]\nname = \"rusty\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\"]\n[workspace]\n",
        ),
        ("demo_crate/Cargo.lock", "version = 4\n\n[[package]]\nname = \"rusty\"\nversion = \"0.1.0\"\n"),
    ] {
        write(project.path(), file, text);
    }
    let mut talk = Talk::on(project).await;
    talk.browser.unlock().await;
    assert_eq!(rebuilt(&mut talk.browser, 2).await, Status::Ok, "{}", talk.shown("one"));
    talk
}

/// The text of a cell in which `one` returns this number.
fn returning(number: u32) -> String {
    format!("#[unsafe(no_mangle)]\npub extern \"C\" fn one() -> i32 {{\n    {number}\n}}\n")
}

/// Lets `one` return another number.
async fn edit(browser: &mut Browser, number: u32) {
    browser.edit("one", Some(&returning(number))).await;
}

/// Asks for a rebuild that the compiler cannot finish: it reads a pipe that nobody writes to.
async fn rebuild_without_end(talk: &mut Talk) {
    let pipe = talk.project.path().join("pipe");
    nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
    let text = format!("{}pub const PIPE: &str = include_str!({pipe:?});\n", returning(42));
    talk.browser.edit("one", Some(&text)).await;
    rebuild(&mut talk.browser).await;
    let compiles = || descendants(talk.pid()).into_iter().any(|pid| program(pid) == "rustc");
    eventually("no compiler is at work", compiles);
    talk.look();
}

/// Asks for a rebuild, which begins.
async fn rebuild(browser: &mut Browser) {
    browser.changes.clear();
    browser.send(Command::Rebuild { cell: "one".to_owned() }).await;
    while !browser.changes.contains(&happened(CellEvent::Started)) {
        browser.message().await;
    }
}

async fn rebuilt(browser: &mut Browser, number: u32) -> Status {
    edit(browser, number).await;
    rebuild(browser).await;
    browser.end_of("one").await
}

fn happened(event: CellEvent) -> Change {
    Change::Ran { cell: "one".to_owned(), event }
}

/// The old build still answers, in the same session if there is one.
async fn still_answers(talk: &mut Talk, number: u32) {
    assert_eq!(talk.browser.run("call").await, Status::Ok, "{}", talk.shown("call"));
    assert_eq!(talk.browser.output("call"), format!("prepared {number}\n"));
}

#[tokio::test]
async fn a_rebuild_while_a_cell_runs() {
    let mut talk = talk().await;
    talk.browser.ask("endless").await;
    talk.until_printed("endless", "ready").await;
    assert_eq!(rebuilt(&mut talk.browser, 42).await, Status::Ok);
    assert_eq!(talk.browser.end_of("endless").await, Status::Stopped);
    assert_eq!(talk.browser.output("call"), "prepared 42\n");
    talk.goes_on().await;
}

#[tokio::test]
async fn two_rebuilds_at_once() {
    let mut talk = talk().await;
    let mut other = talk.another_browser().await;
    other.unlock().await;
    edit(&mut talk.browser, 42).await;
    talk.browser.changes.clear();
    for browser in [&mut talk.browser, &mut other] {
        browser.send(Command::Rebuild { cell: "one".to_owned() }).await;
    }
    let is_end = |change: &&Change| matches!(change, Change::Ran { cell, event: CellEvent::Finished { .. } } if cell == "one");
    while talk.browser.changes.iter().filter(is_end).count() < 2 {
        talk.browser.message().await;
    }
    let ends: Vec<_> = talk.browser.changes.iter().filter(is_end).collect();
    assert!(
        matches!(
            ends.as_slice(),
            [
                Change::Ran { event: CellEvent::Finished { status: Status::Stopped, .. }, .. },
                Change::Ran { event: CellEvent::Finished { status: Status::Ok, .. }, .. }
            ]
        ),
        "{ends:?}"
    );
    assert_eq!(talk.browser.output("call"), "prepared 42\n");
    talk.goes_on().await;
}

#[tokio::test]
async fn a_source_file_that_was_saved_half_way() {
    let mut talk = talk().await;
    let until = |end: &str| LIBRARY[..LIBRARY.find(end).unwrap()].to_owned();
    let open = "anchor `one` is never closed";
    for (answer, next, half, says) in [
        (2, 10, until("// ANCHOR_END"), open),
        (10, 11, until("-> i32 {") + "-> i32 {", open),
        (
            11,
            12,
            LIBRARY.replace("// ANCHOR: one", "fn half() -> i32 {\n// ANCHOR: one"),
            "unclosed delimiter",
        ),
    ] {
        write(talk.project.path(), SOURCE, &half);
        talk.browser.until(|stage| !stage.problems.is_empty()).await;
        assert_eq!(rebuilt(&mut talk.browser, 42).await, Status::Error);
        assert!(talk.shown("one").contains(says), "{says}: {}", talk.shown("one"));
        still_answers(&mut talk, answer).await;
        talk.goes_on().await;
        write(talk.project.path(), SOURCE, LIBRARY);
        talk.browser.until(|stage| stage.problems.is_empty()).await;
        assert_eq!(rebuilt(&mut talk.browser, next).await, Status::Ok);
        assert_eq!(talk.browser.output("call"), format!("prepared {next}\n"));
        talk.goes_on().await;
    }
}

#[test]
fn a_full_disk() {
    run_on_a_small_disk("rebuilds::on_a_small_disk");
}

#[tokio::test]
#[ignore = "needs a small disk, which the test above makes"]
async fn on_a_small_disk() {
    let mut talk = talk().await;
    let filler = Filler::fill(talk.project.path());
    assert_eq!(rebuilt(&mut talk.browser, 42).await, Status::Error);
    let shown = talk.shown("one");
    assert!(
        shown.contains("free some space and build again; until then the last good build stays"),
        "{shown}"
    );
    still_answers(&mut talk, 2).await;
    talk.goes_on().await;
    drop(filler);
    assert_eq!(rebuilt(&mut talk.browser, 43).await, Status::Ok);
    assert_eq!(talk.browser.output("call"), "prepared 43\n");
    talk.goes_on().await;
}

#[tokio::test]
async fn a_build_that_never_ends_its_import() {
    let mut talk = talk().await;
    write(talk.project.path(), PACKAGE, "while True: pass\n");
    edit(&mut talk.browser, 42).await;
    rebuild(&mut talk.browser).await;
    let compiled = |change: &Change| {
        matches!(change, Change::Ran { event: CellEvent::Phase { phase: Phase::Build, .. }, .. })
    };
    while !talk.browser.changes.iter().any(compiled) {
        talk.browser.message().await;
    }
    talk.look();
    still_answers(&mut talk, 2).await;
    assert_eq!(talk.browser.stage.cells["one"].run, Run::Running);
    talk.browser.send(Command::Stop).await;
    assert_eq!(talk.browser.end_of("one").await, Status::Stopped);
    still_answers(&mut talk, 2).await;
    talk.goes_on().await;
}

#[tokio::test]
async fn a_build_that_is_never_compiled() {
    let mut talk = talk().await;
    rebuild_without_end(&mut talk).await;
    still_answers(&mut talk, 2).await;
    assert_eq!(talk.browser.stage.cells["one"].run, Run::Running);
    talk.browser.send(Command::Stop).await;
    assert_eq!(talk.browser.end_of("one").await, Status::Stopped);
    still_answers(&mut talk, 2).await;
    assert_eq!(rebuilt(&mut talk.browser, 42).await, Status::Ok);
    assert_eq!(talk.browser.output("call"), "prepared 42\n");
    talk.goes_on().await;
}

#[tokio::test]
async fn a_server_that_is_killed_while_the_compiler_works() {
    let mut talk = talk().await;
    rebuild_without_end(&mut talk).await;
    let mut talk = talk.killed_and_started_again().await;
    talk.browser.unlock().await;
    assert_eq!(rebuilt(&mut talk.browser, 42).await, Status::Ok, "{}", talk.shown("one"));
    assert_eq!(talk.browser.output("call"), "prepared 42\n");
    talk.goes_on().await;
}

#[tokio::test]
async fn a_rebuild_that_takes_longer_than_planned_asks() {
    let mut talk = talk().await;
    talk.browser.edit("prepare", Some("while True: pass")).await;
    edit(&mut talk.browser, 42).await;
    rebuild(&mut talk.browser).await;
    talk.browser.until(|stage| stage.cells["one"].overdue == Some(0.5)).await;
    talk.browser.send(Command::GoOn).await;
    talk.browser.until(|stage| stage.cells["one"].overdue.is_none()).await;
    talk.browser.until(|stage| stage.cells["one"].overdue == Some(1.0)).await;
    talk.browser.send(Command::Stop).await;
    assert_eq!(talk.browser.end_of("one").await, Status::Stopped);
    talk.browser.edit("prepare", None).await;
    still_answers(&mut talk, 2).await;
    talk.goes_on().await;
}
