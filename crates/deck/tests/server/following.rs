//! Every browser has the same stage, whenever it came.

use deck::protocol::{CellEvent, Stage};

use crate::stand::Stand;

/// The server joins neighbouring pieces of a stream, which a browser may not yet have done.
fn joined(stage: &Stage) -> Stage {
    let mut stage = stage.clone();
    for cell in stage.cells.values_mut() {
        let mut events: Vec<CellEvent> = Vec::new();
        for event in cell.events.drain(..) {
            match (events.last_mut(), event) {
                (Some(CellEvent::Stream { fd, data }), CellEvent::Stream { fd: same, data: more })
                    if *fd == same =>
                {
                    data.0.extend(more.0);
                }
                (_, event) => events.push(event),
            }
        }
        cell.events = events;
    }
    stage
}

#[tokio::test]
async fn two_browsers_see_the_same_changes() {
    let stand = Stand::start().await;
    let mut one = stand.presenter().await;
    let mut other = stand.browser().await;
    one.run("needs-b").await;
    one.edit("hello", Some("print edited")).await;
    one.move_to("two", 3).await;
    one.until(|stage| stage.position.slide == "two").await;
    other.until(|stage| stage.position.slide == "two").await;
    assert_eq!(one.changes, other.changes);
    assert_eq!(one.stage, other.stage);
}

#[tokio::test]
async fn a_snapshot_is_the_stage_that_others_have() {
    let stand = Stand::start().await;
    let mut one = stand.presenter().await;
    for cell in ["hello", "flood", "crashes", "uses-a"] {
        one.run(cell).await;
    }
    one.edit("hello", Some("print edited")).await;
    one.move_to("one", 1).await;
    one.until(|stage| stage.position.step == 1).await;
    let late = stand.browser().await;
    assert_eq!(late.stage, joined(&one.stage));
    assert!(late.changes.is_empty());
}

#[tokio::test]
async fn nothing_is_missing_between_a_snapshot_and_the_changes_after_it() {
    let stand = Stand::start().await;
    let mut one = stand.browser().await;
    one.ask("flood").await;
    // `message` checks the numbers of each of them.
    let mut late = Vec::new();
    for _ in 0..5 {
        late.push(stand.browser().await);
    }
    one.end_of("flood").await;
    for mut browser in late {
        browser.until(|stage| stage.cells.contains_key("flood")).await;
        browser.end_of("flood").await;
        assert_eq!(joined(&browser.stage), joined(&one.stage));
    }
}

#[tokio::test]
async fn a_browser_that_leaves_during_a_run_leaves_the_run_alone() {
    let stand = Stand::start().await;
    let mut gone = stand.browser().await;
    gone.ask("deaf").await;
    gone.until_queued("deaf").await;
    drop(gone);
    let mut browser = stand.browser().await;
    browser.until(|stage| stage.cells.contains_key("deaf")).await;
    browser.end_of("deaf").await;
}

#[tokio::test]
async fn the_end_of_the_talk_ends_the_connections() {
    let stand = Stand::start().await;
    let mut browser = stand.browser().await;
    stand.talk.end().await;
    assert_eq!(browser.frame().await, None);
    stand.task.await.unwrap();
}
