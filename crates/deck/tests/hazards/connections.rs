//! Browsers that go and come while a cell runs, and a laptop that sleeps.

use std::time::Duration;

use deck::protocol::{Change, Command, Run, Status};
use nix::sys::signal::Signal;
use tokio_tungstenite::MaybeTlsStream;

use crate::{browser::Browser, talk::Talk};

/// As long as a page tries to come back before it says that the server is gone, and longer than the server waits for one
/// that takes nothing in.
const OUTAGE: Duration = Duration::from_secs(11);

/// Counts as fast as it can for about three seconds.
const BUSY: (&str, &str) = (
    "id=busy",
    "import time\nend = time.monotonic() + 3\nprint('ready')\ncount = 0\nwhile time.monotonic() < end:\n    count += 1\n    print(count, 'x' * 100)",
);
/// Ends when it is stopped.
const ENDLESS: (&str, &str) = ("id=endless", "print('ready')\nwhile True: pass");

/// The connection is gone, and nobody has said so.
fn cut(browser: Browser) {
    let MaybeTlsStream::Plain(stream) = browser.socket.get_ref() else { panic!("not a plain connection") };
    nix::sys::socket::shutdown(std::os::fd::AsRawFd::as_raw_fd(stream), nix::sys::socket::Shutdown::Both)
        .unwrap();
}

#[tokio::test]
async fn a_tab_that_is_closed_during_a_run() {
    let mut talk = Talk::with(&[BUSY]).await;
    let mut tab = talk.another_browser().await;
    tab.ask("busy").await;
    talk.until_printed("busy", "ready").await;
    tab.socket.close(None).await.unwrap();
    drop(tab);
    assert_eq!(talk.browser.end_of("busy").await, Status::Ok);
    talk.goes_on().await;
}

#[tokio::test]
async fn a_tab_that_is_reloaded_during_a_run() {
    let mut talk = Talk::with(&[BUSY]).await;
    talk.browser.ask("busy").await;
    talk.until_printed("busy", "ready").await;
    for _ in 0..5 {
        let again = talk.another_browser().await;
        let before = std::mem::replace(&mut talk.browser, again);
        cut(before);
        assert_eq!(talk.browser.stage.cells["busy"].run, Run::Running);
        assert!(talk.browser.output("busy").starts_with("ready\n"));
    }
    assert_eq!(talk.browser.end_of("busy").await, Status::Ok);
    talk.goes_on().await;
}

#[tokio::test]
async fn two_tabs_at_once() {
    let mut talk = Talk::with(&[ENDLESS, BUSY]).await;
    let mut other = talk.another_browser().await;
    for _ in 0..3 {
        talk.browser.ask("endless").await;
        other.ask("endless").await;
        other.ask("hello").await;
        talk.until_printed("endless", "ready").await;
        talk.browser.send(Command::Stop).await;
        other.send(Command::Stop).await;
        other.send(Command::Restart).await;
        assert_eq!(talk.browser.end_of("endless").await, Status::Stopped);
        let restarted = |change: &Change| matches!(change, Change::Restarted { .. });
        while !talk.browser.changes.iter().any(restarted) {
            talk.browser.message().await;
        }
        talk.browser.changes.clear();
    }
    talk.browser.run("hello").await;
    // Both see the same, to the last change.
    while other.stage.seq < talk.browser.stage.seq {
        other.message().await;
    }
    while talk.browser.stage.seq < other.stage.seq {
        talk.browser.message().await;
    }
    assert_eq!(talk.browser.stage, other.stage);
    talk.goes_on().await;
}

#[tokio::test]
async fn a_network_that_is_gone_for_ten_seconds() {
    let mut talk = Talk::with(&[BUSY, ENDLESS]).await;
    talk.browser.ask("busy").await;
    talk.browser.ask("endless").await;
    talk.until_printed("busy", "ready").await;
    // One whose packets get lost, and one whose connection breaks.
    let silent = talk.another_browser().await;
    let back = talk.another_browser().await;
    cut(std::mem::replace(&mut talk.browser, back));
    let last = talk.browser.stage.seq;
    let away = std::mem::replace(&mut talk.browser, silent);
    tokio::time::sleep(OUTAGE).await;
    drop(away);
    talk.browser = talk.another_browser().await;
    assert!(talk.browser.stage.seq > last);
    assert_eq!(talk.browser.stage.cells["busy"].run, Run::Done);
    assert_eq!(talk.browser.stage.cells["endless"].run, Run::Running);
    talk.browser.send(Command::Stop).await;
    assert_eq!(talk.browser.end_of("endless").await, Status::Stopped);
    talk.goes_on().await;
}

#[tokio::test]
async fn a_laptop_that_is_suspended() {
    let mut talk = Talk::with(&[BUSY]).await;
    talk.browser.ask("busy").await;
    talk.until_printed("busy", "ready").await;
    suspend(&mut talk).await;
    assert_eq!(talk.browser.end_of("busy").await, Status::Ok);
    talk.goes_on().await;
}

#[tokio::test]
async fn a_laptop_that_is_suspended_for_longer_than_a_run_may_take() {
    let (_, endless) = ENDLESS;
    let mut talk = Talk::with(&[("id=endless,timeout=5", endless)]).await;
    talk.browser.ask("endless").await;
    talk.until_printed("endless", "ready").await;
    suspend(&mut talk).await;
    talk.browser.until(|stage| stage.cells["endless"].overdue.is_some()).await;
    assert_eq!(talk.browser.stage.cells["endless"].run, Run::Running, "it is asked about, not ended");
    talk.browser.send(Command::Stop).await;
    assert_eq!(talk.browser.end_of("endless").await, Status::Stopped);
    talk.goes_on().await;
}

/// Suspends the machine for so long that the server takes its browsers for gone when it wakes up; the talk's one comes back.
async fn suspend(talk: &mut Talk) {
    talk.signal_all(Signal::SIGSTOP);
    tokio::time::sleep(OUTAGE).await;
    talk.signal_all(Signal::SIGCONT);
    while talk.browser.frame().await.is_some() {}
    talk.browser = talk.another_browser().await;
}
