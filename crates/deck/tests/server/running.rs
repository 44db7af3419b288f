//! Cells run one at a time, and whatever one does, the next one runs.

use deck::protocol::{CellError, CellEvent, Change, Command, Fd, Limit, Run, Status};

use crate::stand::Stand;

#[tokio::test]
async fn a_run_is_its_events_in_order() {
    let stand = Stand::start().await;
    let mut browser = stand.browser().await;
    assert_eq!(browser.run("hello").await, Status::Ok);
    let cell = |event| Change::Ran { cell: "hello".to_owned(), event };
    let text = |fd, text: &str| cell(CellEvent::Stream { fd, data: text.into() });
    assert_eq!(browser.changes[0], Change::Queued { cell: "hello".to_owned() });
    assert_eq!(browser.changes[1], cell(CellEvent::Started));
    assert_eq!(browser.changes[2], text(Fd::Stdout, "one\n"));
    assert_eq!(browser.changes[3], text(Fd::Stderr, "two\n"));
    assert_eq!(browser.changes[4], text(Fd::Stdout, "three\n"));
    assert!(matches!(browser.changes[5], Change::Ran { event: CellEvent::Finished { .. }, .. }));
    assert_eq!(browser.changes.len(), 6);
}

#[tokio::test]
async fn what_a_cell_builds_on_runs_first_once_and_unseen() {
    let stand = Stand::start().await;
    let mut browser = stand.browser().await;
    assert_eq!(browser.run("needs-b").await, Status::Ok);
    assert_eq!(browser.output("needs-b"), "b is there\n");
    assert_eq!(browser.run("uses-a").await, Status::Ok);
    assert!(!browser.stage.cells.contains_key("setup"));
    assert_eq!(stand.script.cells(), ["setup", "defines-b", "needs-b", "uses-a"]);
}

#[tokio::test]
async fn when_what_a_cell_builds_on_fails_the_cell_says_so() {
    let cells = [("broken,setup", "raise no luck"), ("asked", "print never")];
    let stand = Stand::with(&crate::stand::chapter(&cells)).await;
    let mut browser = stand.browser().await;
    assert_eq!(browser.run("asked").await, Status::Error);
    let said = browser.output("asked");
    assert!(said.contains("`broken`") && said.contains("failed"), "{said}");
    let error = |event: &CellEvent| matches!(event, CellEvent::Error { error: CellError::Traceback { message, .. } } if message == "no luck");
    assert!(browser.stage.cells["asked"].events.iter().any(error));
    assert!(!browser.stage.cells.contains_key("broken"));
}

#[tokio::test]
async fn a_cell_waits_for_the_build_that_it_imports_and_lets_others_pass() {
    let cells = [("hello", "print one"), ("two,build=dev", "print two"), ("three,needs=two", "print three")];
    let stand = Stand::with(&crate::stand::chapter(&cells)).await;
    let mut browser = stand.browser().await;
    browser.ask("three").await;
    assert_eq!(browser.run("hello").await, Status::Ok);
    assert_eq!(browser.stage.cells["three"].run, Run::Queued);
    let talk = stand.talk.clone();
    assert!(std::thread::spawn(move || talk.second_build_made()).join().unwrap());
    browser.end_of("three").await;
    assert_eq!(stand.script.cells(), ["hello", "two", "three"]);
}

#[tokio::test]
async fn cells_run_in_the_order_in_which_they_were_asked_for() {
    let stand = Stand::start().await;
    let mut browser = stand.browser().await;
    for cell in ["deaf", "hello", "defines-b"] {
        browser.ask(cell).await;
    }
    browser.until(|stage| stage.cells.contains_key("defines-b")).await;
    assert_eq!(browser.stage.cells["hello"].run, Run::Queued);
    browser.end_of("defines-b").await;
    assert_eq!(stand.script.cells(), ["setup", "deaf", "hello", "defines-b"]);
}

#[tokio::test]
async fn a_cell_that_waits_or_runs_is_not_asked_for_twice() {
    let stand = Stand::start().await;
    let mut browser = stand.browser().await;
    browser.ask("deaf").await;
    browser.ask("deaf").await;
    assert!(browser.refusal().await.contains("already"));
}

#[tokio::test]
async fn a_cell_that_has_ended_is_asked_for_again_while_its_session_tidies_up() {
    let stand = Stand::with(&crate::stand::chapter(&[("slow", "print one\ntidy 300")])).await;
    let mut browser = stand.browser().await;
    assert_eq!(browser.run("slow").await, Status::Ok);
    assert_eq!(browser.run("slow").await, Status::Ok);
    // Nothing is left to be stopped, and what came out stays.
    browser.send(Command::Restart).await;
    browser.until(|stage| stage.cells["slow"].stale).await;
    let ended = |event: &CellEvent| matches!(event, CellEvent::Finished { status: Status::Ok, .. });
    assert!(browser.stage.cells["slow"].events.last().is_some_and(ended));
    assert_eq!(stand.script.cells(), ["slow", "slow"]);
}

#[tokio::test]
async fn stop_ends_an_endless_loop_and_forgets_what_waits() {
    let stand = Stand::start().await;
    let mut browser = stand.browser().await;
    browser.ask("endless").await;
    browser.ask("hello").await;
    browser.until(|stage| stage.cells.get("endless").is_some_and(|state| state.events.len() > 1)).await;
    browser.send(Command::Stop).await;
    assert_eq!(browser.end_of("endless").await, Status::Stopped);
    assert_eq!(browser.end_of("hello").await, Status::Stopped);
    assert_eq!(browser.output("endless"), "before\n");
    assert_eq!(stand.script.cells(), ["setup", "endless"]);
    assert_eq!(browser.run("hello").await, Status::Ok);
}

#[tokio::test]
async fn a_stop_that_comes_before_the_cell_runs_is_not_lost() {
    let cells = [("slow,setup", "deaf 200"), ("endless", "loop")];
    let stand = Stand::with(&crate::stand::chapter(&cells)).await;
    let mut browser = stand.browser().await;
    browser.ask("endless").await;
    browser.send(Command::Stop).await;
    assert_eq!(browser.end_of("endless").await, Status::Stopped);
    let ran = stand.script.cells();
    assert!(ran.iter().all(|cell| cell == "slow"), "a cell that is not wanted any more was run: {ran:?}");
}

#[tokio::test]
async fn restart_makes_all_results_stale_and_prepares_the_fresh_session() {
    let stand = Stand::start().await;
    let mut browser = stand.browser().await;
    browser.run("needs-b").await;
    browser.send(Command::Restart).await;
    browser.until(|stage| stage.cells["needs-b"].stale).await;
    assert_eq!(browser.run("needs-b").await, Status::Ok);
    assert!(!browser.is_stale("needs-b"));
    let once = ["setup", "defines-b", "needs-b"];
    assert_eq!(stand.script.cells(), [once, once].concat());
    let runs = stand.script.runs.lock().unwrap();
    assert_ne!(runs[0].split(' ').next(), runs[3].split(' ').next(), "the session is the same");
}

#[tokio::test]
async fn restart_does_not_wait_for_a_cell_that_will_not_stop() {
    // It would not stop for longer than the browser waits for anything.
    let cells = [("deaf", "deaf 60000"), ("hello", "print one")];
    let stand = Stand::with(&crate::stand::chapter(&cells)).await;
    let mut browser = stand.browser().await;
    browser.ask("deaf").await;
    browser.until(|stage| stage.cells.contains_key("deaf")).await;
    browser.send(Command::Restart).await;
    assert_eq!(browser.end_of("deaf").await, Status::Stopped);
    assert_eq!(browser.run("hello").await, Status::Ok);
}

#[tokio::test]
async fn after_a_crash_the_next_cell_runs_in_a_fresh_session() {
    let stand = Stand::start().await;
    let mut browser = stand.browser().await;
    browser.run("defines-b").await;
    assert_eq!(browser.run("crashes").await, Status::Crashed);
    assert_eq!(browser.output("crashes"), "before\n");
    assert!(!browser.is_stale("crashes"), "the crash is what the audience should look at");
    assert_eq!(browser.run("needs-b").await, Status::Ok);
    assert!(browser.is_stale("defines-b"));
    let ran = ["setup", "defines-b", "crashes", "setup", "defines-b", "needs-b"];
    assert_eq!(stand.script.cells(), ran);
}

#[tokio::test]
async fn a_cell_that_fails_as_it_must_is_good_enough_to_build_on() {
    let cells = [("fails,expect-error", "set a\nraise x"), ("after,needs=fails", "use a")];
    let stand = Stand::with(&crate::stand::chapter(&cells)).await;
    let mut browser = stand.browser().await;
    assert_eq!(browser.run("after").await, Status::Ok);
}

#[tokio::test]
async fn much_output_is_joined_and_cut_and_the_end_says_so() {
    let stand = Stand::start().await;
    let mut browser = stand.browser().await;
    assert_eq!(browser.run("flood").await, Status::Ok);
    assert!(browser.output("flood").len() <= 256 << 10);
    assert!(browser.output("flood").len() > 200 << 10);
    let cell = &browser.stage.cells["flood"];
    let Some(CellEvent::Finished { limits, .. }) = cell.events.last() else { panic!() };
    assert_eq!(*limits, [Limit::Output { bytes: 256 << 10 }]);
    assert!(browser.changes.len() < 100, "2000 writes came as {} changes", browser.changes.len());
}

#[tokio::test]
async fn unknown_cells_slides_and_words_are_refused_with_a_reason() {
    let stand = Stand::start().await;
    let mut browser = stand.browser().await;
    browser.ask("no-such-cell").await;
    assert!(browser.refusal().await.contains("`no-such-cell`"));
    browser.move_to("no-such-slide", 0).await;
    assert!(browser.refusal().await.contains("`no-such-slide`"));
    let nonsense =
        ["", "{}", "[]", "nonsense", r#"{"command":"run"}"#, r#"{"command":"run","source":"import os"}"#];
    for text in nonsense {
        browser.write(text).await;
        assert!(browser.refusal().await.contains("not understood"), "{text}");
    }
    assert_eq!(stand.script.cells(), [""; 0]);
}
