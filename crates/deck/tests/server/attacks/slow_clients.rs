//! Clients that take their time, so that what they hold is not there for others.

use std::time::{Duration, Instant};

use deck::server::talk::BACKLOG;
use futures_util::SinkExt;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::{sleep, timeout},
};
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::{
    stand::Stand,
    wire::{connect, request, rest},
};

#[tokio::test]
async fn a_head_that_comes_drop_by_drop_has_a_deadline() {
    let stand = Stand::start().await;
    let mut stream = connect(stand.port).await;
    stream.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(30) && stream.write_all(b"X: x\r\n").await.is_ok() {
        sleep(Duration::from_millis(100)).await;
    }
    assert!(began.elapsed() < Duration::from_secs(15), "every drop moves the deadline");
}

#[tokio::test]
async fn a_client_that_never_says_what_it_wants_is_let_go() {
    let stand = Stand::start().await;
    let cookie = stand.cookie();
    let whole = request(&stand, "GET", "/", &[("Cookie", &cookie)]).replace("Connection: close\r\n", "");
    // From the beginning, in the middle of a head, and after an answer.
    for said in ["", "GET / HTTP/1.1\r\nX: ", &whole] {
        let mut stream = connect(stand.port).await;
        stream.write_all(said.as_bytes()).await.unwrap();
        rest(&mut stream).await;
    }
}

#[tokio::test]
async fn a_body_that_never_comes_holds_nobody_up() {
    let stand = Stand::start().await;
    let (cookie, own) = (stand.cookie(), format!("http://127.0.0.1:{}", stand.port));
    let headers = [("Cookie", cookie.as_str()), ("Origin", &own), ("Content-Length", "60000")];
    let mut stream = connect(stand.port).await;
    stream.write_all(request(&stand, "POST", "/", &headers).as_bytes()).await.unwrap();
    assert_eq!(rest(&mut stream).await.status, 405);
}

#[tokio::test]
async fn a_half_closed_connection_is_closed() {
    let stand = Stand::start().await;
    let mut stream = connect(stand.port).await;
    stream.write_all(b"GET / HT").await.unwrap();
    stream.shutdown().await.unwrap();
    let mut bytes = Vec::new();
    timeout(Duration::from_secs(2), stream.read_to_end(&mut bytes)).await.expect("it is held open").unwrap();
}

#[tokio::test]
async fn a_browser_that_does_not_read_is_dropped_and_the_others_do_not_wait() {
    let stand = Stand::start().await;
    let mut slow = stand.browser().await;
    let mut presenter = stand.presenter().await;
    // Far more than the server keeps for one browser and the system for one connection.
    let rounds = 8 * BACKLOG / (60 << 10);
    for round in 0..rounds {
        let text = format!("print {round} {}", "x".repeat(60 << 10));
        presenter.edit("hello", Some(&text)).await;
        presenter.message().await;
    }
    assert_eq!(presenter.stage.seq as usize, rounds);
    let mut received = 0;
    while slow.frame().await.is_some() {
        received += 1;
    }
    assert!(received < rounds, "nothing was dropped");
    let again = stand.browser().await;
    assert_eq!(again.stage, presenter.stage);
}

#[tokio::test]
async fn a_browser_that_went_without_a_word_is_noticed_and_one_that_only_listens_stays() {
    let stand = Stand::start().await;
    let (mut gone, mut listens) = (stand.browser().await, stand.browser().await);
    // A client answers the server's questions while it reads; this one does nothing any more.
    let listening =
        tokio::spawn(async move { (listens.frame_within(Duration::from_secs(16)).await, listens) });
    sleep(Duration::from_secs(16)).await;
    let closed = timeout(Duration::from_secs(2), async { while gone.frame().await.is_some() {} }).await;
    assert!(closed.is_ok(), "it is still waited for");
    let (said, mut listens) = listening.await.unwrap();
    assert_eq!(said, None, "nothing was said to it");
    listens.run("hello").await;
}

#[tokio::test]
async fn a_browser_that_asks_much_waits_itself() {
    let stand = Stand::start().await;
    let (mut rude, mut other) = (stand.browser().await, stand.browser().await);
    let flood = async {
        for _ in 0..20_000 {
            // Every one of these is refused with a reason, which it does not read.
            if rude.socket.send(Frame::text(r#"{"command":"run","cell":"none"}"#)).await.is_err() {
                break;
            }
        }
    };
    let work = async {
        for _ in 0..20 {
            let began = Instant::now();
            other.run("hello").await;
            assert!(began.elapsed() < Duration::from_secs(2), "the speaker waited {:?}", began.elapsed());
        }
    };
    tokio::select! {
        () = work => {}
        () = async { flood.await; std::future::pending::<()>().await } => {}
    }
}
