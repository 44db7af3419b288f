//! Editing needs the presenter's unlock, and makes results stale.

use deck::protocol::{Build, Command, Role, Status};

use crate::stand::{Stand, chapter};

#[tokio::test]
async fn without_the_unlock_nothing_is_edited() {
    let stand = Stand::start().await;
    let mut browser = stand.browser().await;
    browser.edit("hello", Some("print other")).await;
    assert!(browser.refusal().await.contains("Unlock"));
    browser.use_build(&Build { number: 1, profile: "release".to_owned(), ..Build::default() }).await;
    assert!(browser.refusal().await.contains("Unlock"));
    browser.run("hello").await;
    assert_eq!(browser.output("hello"), "one\ntwo\nthree\n");
}

#[tokio::test]
async fn the_unlock_is_for_one_connection_and_can_be_taken_back() {
    let stand = Stand::start().await;
    let mut presenter = stand.presenter().await;
    let mut other = stand.browser().await;
    assert_eq!(other.role, Role::Runner);
    other.edit("hello", Some("print other")).await;
    other.refusal().await;
    presenter.send(Command::Lock).await;
    presenter.edit("hello", Some("print other")).await;
    presenter.refusal().await;
    assert_eq!(presenter.role, Role::Runner);
    assert!(presenter.changes.is_empty());
}

#[tokio::test]
async fn an_edited_cell_runs_as_edited_and_can_be_put_back() {
    let stand = Stand::start().await;
    let mut presenter = stand.presenter().await;
    presenter.edit("hello", Some("print edited")).await;
    assert_eq!(presenter.run("hello").await, Status::Ok);
    assert_eq!(presenter.output("hello"), "edited\n");
    presenter.edit("hello", None).await;
    presenter.until(|stage| stage.cells["hello"].edited.is_none()).await;
    assert!(presenter.is_stale("hello"));
    presenter.run("hello").await;
    assert_eq!(presenter.output("hello"), "one\ntwo\nthree\n");
    assert!(!presenter.is_stale("hello"));
}

#[tokio::test]
async fn hidden_lines_run_though_they_were_not_edited() {
    let stand = Stand::with(&chapter(&[("hidden", "~set h\nprint shown\n~use h\n~print end")])).await;
    let mut presenter = stand.presenter().await;
    presenter.edit("hidden", Some("print edited\n")).await;
    assert_eq!(presenter.run("hidden").await, Status::Ok);
    assert_eq!(presenter.output("hidden"), "edited\nend\n");
}

#[tokio::test]
async fn the_decks_own_text_is_no_edit() {
    let stand = Stand::start().await;
    let mut presenter = stand.presenter().await;
    presenter.edit("defines-b", Some("set b\n")).await;
    presenter.edit("defines-b", Some("set c")).await;
    presenter.until(|stage| stage.cells.contains_key("defines-b")).await;
    assert_eq!(presenter.changes.len(), 1);
}

#[tokio::test]
async fn an_edit_makes_what_came_after_stale_and_is_run_before_what_needs_it() {
    let stand = Stand::start().await;
    let mut presenter = stand.presenter().await;
    for cell in ["hello", "needs-b", "uses-a"] {
        presenter.run(cell).await;
    }
    presenter.edit("defines-b", Some("set b\nset c")).await;
    presenter.until(|stage| stage.cells["needs-b"].stale).await;
    assert!(!presenter.is_stale("hello"));
    let before = stand.script.cells().len();
    presenter.run("needs-b").await;
    assert_eq!(stand.script.cells()[before..], ["defines-b", "needs-b"]);
}

#[tokio::test]
async fn a_text_that_no_slide_could_hold_is_refused() {
    let stand = Stand::start().await;
    let mut presenter = stand.presenter().await;
    presenter.edit("hello", Some(&"x".repeat(65 << 10))).await;
    assert!(presenter.refusal().await.contains("too long"));
}

#[tokio::test]
async fn a_build_that_was_not_offered_is_refused() {
    let stand = Stand::start().await;
    let mut presenter = stand.presenter().await;
    presenter.use_build(&Build { number: 7, profile: "release".to_owned(), ..Build::default() }).await;
    assert!(presenter.refusal().await.contains("Build 7"));
}
