//! The server is killed, and started again.

use deck::protocol::Status;

use crate::talk::Talk;

const DAEMON: &str = "import os, time\npid = os.fork()\nif pid == 0:\n    os.setsid()\n    if os.fork(): os._exit(0)\n    \
    os.execve('/bin/sleep', ['sleep', '1000'], {})\nos.waitpid(pid, 0)\nprint('ready')\nwhile True: pass";

#[tokio::test]
async fn an_open_tab_continues_when_the_server_was_killed_and_started_again() {
    let mut talk = Talk::with(&[("id=daemon", DAEMON)]).await;
    talk.browser.ask("daemon").await;
    talk.until_printed("daemon", "ready").await;
    let mut talk = talk.killed_and_started_again().await;
    talk.goes_on().await;
    talk.browser.ask("daemon").await;
    talk.until_printed("daemon", "ready").await;
    talk.browser.send(deck::protocol::Command::Stop).await;
    assert_eq!(talk.browser.end_of("daemon").await, Status::Stopped);
    talk.goes_on().await;
}
