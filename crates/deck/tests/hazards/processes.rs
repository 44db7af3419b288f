//! Cells that start processes, and cells that end those they should not.

use deck::protocol::Status;

use crate::{hazard::Hazard, talk::Talk};

const ENDED: &[&str] = &["[ended a process that the cell had left running]"];

#[tokio::test]
async fn a_child_that_loops() {
    Hazard::new("import os\nif os.fork() == 0:\n    while True: pass").shows(ENDED).check().await;
}

#[tokio::test]
async fn a_child_that_loops_in_a_session_of_its_own() {
    Hazard::new("import os\nif os.fork() == 0:\n    os.setsid()\n    while True: pass")
        .shows(ENDED)
        .check()
        .await;
}

#[tokio::test]
async fn a_daemon_without_a_mark() {
    let source = "import os\npid = os.fork()\nif pid == 0:\n    os.setsid()\n    if os.fork(): os._exit(0)\n    \
        os.execve('/bin/sleep', ['sleep', '1000'], {})\nos.waitpid(pid, 0) and None";
    Hazard::new(source).shows(ENDED).check().await;
}

#[tokio::test]
async fn killing_the_parent() {
    Hazard::new("import os, time\nos.kill(os.getppid(), 9)\ntime.sleep(60)")
        .crashes()
        .shows(&["Killed: the cell killed its own process or the one it came from"])
        .check()
        .await;
}

#[tokio::test]
async fn killing_everybody() {
    Hazard::new("import os\nfor pid in range(1, 1000):\n    try: os.kill(pid, 9)\n    except OSError: pass\nos.kill(-1, 9)")
        .crashes()
        .shows(&["Killed: "])
        .check()
        .await;
}

#[tokio::test]
async fn killing_the_server() {
    let mut talk = Talk::with(&[("id=edited", "pass")]).await;
    let pid = talk.pid();
    talk.browser.unlock().await;
    talk.browser.edit("edited", Some(&format!("import os\nos.kill({pid}, 9)"))).await;
    assert_eq!(talk.browser.run("edited").await, Status::Error);
    assert!(talk.shown("edited").contains("ProcessLookupError"), "{}", talk.shown("edited"));
    talk.goes_on().await;
}

/// On a machine without a limit it would stop at 600 processes.
#[tokio::test]
async fn a_fork_bomb() {
    let source = "import os, time\ndef fork(times, deeper):\n    for _ in range(times):\n        if os.fork() == 0:\n            \
        try: deeper and fork(2, False)\n            except OSError: pass\n            time.sleep(60)\nfork(200, True)";
    Hazard::new(source)
        .limited("processes=100")
        .raises()
        .shows(&[
            "BlockingIOError",
            "limit of 100 processes reached",
            "processes that the cell had left running]",
        ])
        .check()
        .await;
}

#[tokio::test]
async fn a_bomb_of_threads() {
    Hazard::new("import threading\nend = threading.Event()\ntry:\n    for _ in range(1000): threading.Thread(target=end.wait).start()\n\
        finally: end.set()")
    .limited("processes=100")
    .raises()
    .shows(&["can't start new thread", "limit of 100 processes reached"])
    .check()
    .await;
}

#[tokio::test]
async fn a_daemon_where_namespaces_are_refused() {
    let source = "import os, time\npid = os.fork()\nif pid == 0:\n    os.setsid()\n    if os.fork(): os._exit(0)\n    while True: pass\n\
        os.waitpid(pid, 0)\nos.kill(os.getppid(), 9)\ntime.sleep(60)";
    Hazard::new(source).bare().crashes().shows(&["the cell killed its parent"]).check().await;
}

#[tokio::test]
async fn a_child_in_a_session_of_its_own_where_namespaces_are_refused() {
    let source = "import os\nif os.fork() == 0:\n    os.setsid()\n    while True: pass";
    Hazard::new(source).bare().shows(ENDED).check().await;
}
