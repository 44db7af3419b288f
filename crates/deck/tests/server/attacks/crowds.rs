//! Connections by the thousand.

use std::time::{Duration, Instant};

use deck::protocol::Status;
use tokio::{
    io::AsyncReadExt,
    net::TcpStream,
    time::{sleep, timeout},
};

use crate::{
    process::{Process, project, state},
    stand::Stand,
    wire::{ask, connect},
};

/// Connections that the server keeps at once.
const PLACES: usize = 128;

/// Opens connections that say nothing, from tasks of their own: those beyond the server's places wait in the system's queue.
fn crowd(port: u16, count: usize) -> tokio::task::JoinHandle<Vec<TcpStream>> {
    tokio::spawn(async move {
        let connects = (0..count).map(|_| async move { TcpStream::connect(("127.0.0.1", port)).await.ok() });
        futures_util::future::join_all(connects).await.into_iter().flatten().collect()
    })
}

/// Waits until the server has closed all connections but those that it has places for. It is the system that says how many
/// there are: a client believes itself connected as soon as it stands in the queue, and even if it was dropped from there.
async fn until_few(port: u16) {
    let began = Instant::now();
    loop {
        let open = open(port);
        if open <= PLACES {
            return;
        }
        assert!(began.elapsed() < Duration::from_secs(10), "{open} connections are open");
        sleep(Duration::from_millis(50)).await;
    }
}

/// The server's established connections.
fn open(port: u16) -> usize {
    let (local, established) = (format!("0100007F:{port:04X}"), "01");
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let is_open = |line: &&str| {
        let mut columns = line.split_whitespace().skip(1);
        columns.next() == Some(local.as_str()) && columns.nth(1) == Some(established)
    };
    table.lines().filter(is_open).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn among_two_thousand_idle_connections_the_speaker_gets_an_answer() {
    let stand = Stand::start().await;
    let mut presenter = stand.presenter().await;
    let cookie = stand.cookie();
    let crowd = crowd(stand.port, 2000);
    sleep(Duration::from_millis(50)).await;
    // While they come, and when all are there: a new page, a new tab, and the tab that is open.
    for _ in 0..5 {
        let began = Instant::now();
        assert_eq!(ask(&stand, "GET", "/", &[("Cookie", &cookie)]).await.status, 200);
        assert!(began.elapsed() < Duration::from_secs(5), "a page took {:?}", began.elapsed());
        let began = Instant::now();
        presenter.run("hello").await;
        assert!(began.elapsed() < Duration::from_secs(1), "a cell took {:?}", began.elapsed());
        stand.browser().await;
    }
    let crowd = crowd.await.unwrap();
    assert!(crowd.len() > 1900, "only {} have come", crowd.len());
    until_few(stand.port).await;
    presenter.run("hello").await;
}

#[tokio::test]
async fn whoever_has_shown_the_cookie_is_not_sent_away_for_a_stranger() {
    let stand = Stand::start().await;
    let cookie = stand.cookie();
    let head = format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {cookie}\r\n\r\n", stand.port);
    let mut own = connect(stand.port).await;
    say(&mut own, &head).await;
    let strangers = crowd(stand.port, 400).await.unwrap();
    until_few(stand.port).await;
    drop(strangers);
    say(&mut own, &head).await;
}

/// A request on a connection that stays, up to the end of its answer.
async fn say(stream: &mut TcpStream, head: &str) {
    tokio::io::AsyncWriteExt::write_all(stream, head.as_bytes()).await.unwrap();
    let mut text = Vec::new();
    while !String::from_utf8_lossy(&text).contains("Two {#two}") {
        let read = timeout(Duration::from_secs(5), stream.read_buf(&mut text)).await.unwrap().unwrap();
        assert!(read > 0, "the connection was closed");
    }
    assert!(text.starts_with(b"HTTP/1.1 200"));
}

#[tokio::test]
async fn a_server_that_may_open_no_more_files_goes_on() {
    let project = project();
    // Fewer than its places would need, and enough for a worker, which keeps its own beyond 100.
    let mut server = Process::start_with_files(project.path(), 120);
    server.says("link");
    let (port, cookie) = state(project.path());
    let strangers = crowd(port, 300);
    sleep(Duration::from_millis(300)).await;
    let began = Instant::now();
    let request =
        format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nCookie: {cookie}\r\n\r\n");
    let answer = crate::wire::raw(port, request.as_bytes()).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(began.elapsed() < Duration::from_secs(5), "it took {:?}", began.elapsed());
    drop(strangers.await.unwrap());
    let mut browser = crate::browser::Browser::follow(port, &cookie).await;
    let status = browser.run("hello").await;
    assert_eq!(status, Status::Ok, "{:?}", browser.stage.cells["hello"].events);
}
