//! Cells that do not end.

use deck::protocol::{CellEvent, Change, Command, Status};

use crate::{hazard::Hazard, talk::Talk};

const KILLED: &[&str] = &["did not react to the interrupt", "the next run starts with a fresh interpreter"];

#[tokio::test]
async fn an_endless_loop_in_python() {
    Hazard::new("print('ready')\nwhile True: pass").stopped().shows(&["KeyboardInterrupt"]).check().await;
}

#[tokio::test]
async fn an_endless_loop_in_rust_that_holds_the_lock_of_the_interpreter() {
    Hazard::new("import ctypes\nctypes.PyDLL('LIBRARY').spin()").stopped().shows(KILLED).check().await;
}

#[tokio::test]
async fn an_endless_loop_in_rust_where_namespaces_are_refused() {
    Hazard::new("import ctypes\nctypes.PyDLL('LIBRARY').spin()").bare().stopped().shows(KILLED).check().await;
}

#[tokio::test]
async fn an_endless_loop_in_rust_that_is_detached() {
    Hazard::new("import ctypes\nctypes.CDLL('LIBRARY').spin()").stopped().shows(KILLED).check().await;
}

#[tokio::test]
async fn a_loop_that_catches_everything() {
    let source = "while True:\n    try:\n        print('ready')\n        while True: pass\n    except BaseException: pass";
    Hazard::new(source).stopped().shows(KILLED).check().await;
}

#[tokio::test]
async fn a_recursion_without_end() {
    Hazard::new("def down(): down()\ndown()").raises().shows(&["RecursionError", "more times"]).check().await;
}

#[tokio::test]
async fn a_run_that_nobody_answers_for_ends_at_its_last_limit() {
    Hazard::new("while True: pass")
        .limited("timeout=0.1")
        .shows(&["KeyboardInterrupt", "time limit of 1 s reached"])
        .ends_stopped()
        .check()
        .await;
}

#[tokio::test]
async fn a_run_that_takes_longer_than_planned_asks_and_goes_on() {
    let mut talk = Talk::with(&[("id=long,timeout=0.5", "print('ready')\nwhile True: pass")]).await;
    let asked = |talk: &Talk| {
        let overdue =
            |change: &&Change| matches!(change, Change::Ran { event: CellEvent::Overdue { .. }, .. });
        talk.browser.changes.iter().filter(overdue).count()
    };
    talk.browser.ask("long").await;
    talk.browser.until(|stage| stage.cells.get("long").is_some_and(|cell| cell.overdue == Some(0.5))).await;
    // Whoever comes now is asked, too.
    let mut other = talk.another_browser().await;
    assert_eq!(other.stage.cells["long"].overdue, Some(0.5));
    other.send(Command::GoOn).await;
    talk.browser.until(|stage| stage.cells["long"].overdue.is_none()).await;
    talk.browser.until(|stage| stage.cells["long"].overdue == Some(1.0)).await;
    assert_eq!(asked(&talk), 2);
    talk.browser.send(Command::Stop).await;
    assert_eq!(talk.browser.end_of("long").await, Status::Stopped);
    assert_eq!(talk.browser.stage.cells["long"].overdue, None);
    talk.goes_on().await;
}
