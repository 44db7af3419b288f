//! Too much of something: bodies, heads, frames, followers.

use deck::server::talk::FOLLOWERS;
use futures_util::SinkExt;
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::tungstenite::{
    Message as Frame,
    protocol::frame::{
        Frame as RawFrame,
        coding::{Data, OpCode},
    },
};

use crate::{
    browser::knock,
    stand::Stand,
    wire::{ask, connect, raw, request, rest},
};

#[tokio::test]
async fn a_large_body_is_refused_before_it_is_read() {
    let stand = Stand::start().await;
    let (cookie, own) = (stand.cookie(), format!("http://127.0.0.1:{}", stand.port));
    let headers = [("Cookie", cookie.as_str()), ("Origin", &own), ("Content-Length", "65537")];
    // Nothing of it is ever sent.
    assert_eq!(ask(&stand, "POST", "/", &headers).await.status, 413);
    for length in ["99999999999999999999999", "-1", "0x10", "1,1", " "] {
        let headers = [("Cookie", cookie.as_str()), ("Origin", &own), ("Content-Length", length)];
        let status = ask(&stand, "POST", "/", &headers).await.status;
        assert!([400, 413].contains(&status), "`{length}`: {status}");
    }
}

#[tokio::test]
async fn a_body_without_a_length_is_not_collected() {
    let stand = Stand::start().await;
    let (cookie, own) = (stand.cookie(), format!("http://127.0.0.1:{}", stand.port));
    let headers = [("Cookie", cookie.as_str()), ("Origin", &own), ("Transfer-Encoding", "chunked")];
    let mut stream = connect(stand.port).await;
    stream.write_all(request(&stand, "POST", "/", &headers).as_bytes()).await.unwrap();
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    // Up to 64 MB: the server answers and hangs up long before.
    let mut sent = 0;
    while sent < 1000 && stream.write_all(chunk.as_bytes()).await.is_ok() {
        sent += 1;
    }
    assert!(sent < 1000, "the server reads a body without end");
}

#[tokio::test]
async fn two_lengths_of_one_body_are_refused() {
    let stand = Stand::start().await;
    let (cookie, own) = (stand.cookie(), format!("http://127.0.0.1:{}", stand.port));
    for second in [("Content-Length", "5"), ("Transfer-Encoding", "chunked")] {
        let headers = [("Cookie", cookie.as_str()), ("Origin", &own), ("Content-Length", "4"), second];
        let smuggled = "0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n";
        let answer = raw(stand.port, (request(&stand, "POST", "/", &headers) + smuggled).as_bytes()).await;
        assert!([400, 405].contains(&answer.status), "{answer:?}");
        assert_eq!(answer.body.matches("HTTP/1.1").count(), 0, "a second request was read: {answer:?}");
    }
}

#[tokio::test]
async fn a_large_head_is_refused() {
    let stand = Stand::start().await;
    let heads = [
        format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(64 << 10)),
        format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(64 << 10)),
        format!("GET / HTTP/1.1\r\n{}\r\n", "X: x\r\n".repeat(1000)),
        format!("GET / HTTP/1.1\r\nCookie: {}\r\n\r\n", "a=b; ".repeat(20_000)),
    ];
    for head in heads {
        let status = raw(stand.port, head.as_bytes()).await.status;
        assert!([0, 400, 414, 431].contains(&status), "{status}: {}", &head[..40]);
    }
}

#[tokio::test]
async fn what_is_no_http_is_hung_up_on() {
    let stand = Stand::start().await;
    let tls = [0x16, 3, 1, 0, 5, 1, 0, 0, 1, 3, b'\r', b'\n', b'\r', b'\n'];
    let nonsense: [&[u8]; 5] = [
        &tls,
        b"\r\n\r\n\r\n\x00\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
    ];
    for bytes in nonsense {
        let status = raw(stand.port, bytes).await.status;
        assert!([0, 400, 403, 505].contains(&status), "{status}: {bytes:?}");
    }
    assert_eq!(ask(&stand, "GET", "/", &[("Cookie", &stand.cookie())]).await.status, 200);
}

#[tokio::test]
async fn a_frame_that_is_too_large_ends_the_connection_and_nothing_else() {
    let stand = Stand::start().await;
    let (mut rude, mut other) = (stand.browser().await, stand.browser().await);
    // The server may hang up while this is still being sent.
    let _ = rude.socket.send(Frame::text("x".repeat((1 << 20) + 1))).await;
    assert_eq!(rude.frame().await, None);
    other.run("hello").await;
}

#[tokio::test]
async fn a_message_in_many_frames_is_bounded_too() {
    let stand = Stand::start().await;
    let mut rude = stand.browser().await;
    let piece = |code| RawFrame::message(vec![b'x'; 1 << 16], OpCode::Data(code), false);
    let mut sent = usize::from(rude.socket.send(Frame::Frame(piece(Data::Text))).await.is_ok());
    while sent < 1000 && rude.socket.send(Frame::Frame(piece(Data::Continue))).await.is_ok() {
        sent += 1;
    }
    assert!(sent < 1000, "the server collects a message without end");
    assert_eq!(rude.frame().await, None);
}

#[tokio::test]
async fn frames_that_no_browser_sends_end_the_connection() {
    let stand = Stand::start().await;
    let mut binary = stand.browser().await;
    binary.socket.send(Frame::binary(vec![0; 8])).await.unwrap();
    assert_eq!(binary.frame().await, None);
    let mut broken = stand.browser().await;
    let text = RawFrame::message(vec![0xff, 0xfe], OpCode::Data(Data::Text), true);
    broken.socket.send(Frame::Frame(text)).await.unwrap();
    assert_eq!(broken.frame().await, None, "text that is not UTF-8");
    let mut unmasked = connect(stand.port).await;
    let own = format!("http://127.0.0.1:{}", stand.port);
    let cookie = stand.cookie();
    let headers = [
        ("Cookie", cookie.as_str()),
        ("Origin", &own),
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="),
    ];
    let head = request(&stand, "GET", "/socket", &headers).replace("Connection: close\r\n", "");
    unmasked.write_all(head.as_bytes()).await.unwrap();
    unmasked.write_all(b"\x81\x02{}").await.unwrap();
    assert_eq!(rest(&mut unmasked).await.status, 101, "it was opened, and closed");
}

#[tokio::test]
async fn what_was_not_understood_is_not_repeated_at_length() {
    let stand = Stand::start().await;
    let mut browser = stand.browser().await;
    browser.write(&format!(r#"{{"command":"{}"}}"#, "x".repeat(1 << 19))).await;
    let reason = browser.refusal().await;
    assert!(reason.contains("not understood") && reason.len() < 200, "{} bytes", reason.len());
}

#[tokio::test]
async fn there_is_a_bound_on_followers_and_a_place_again_when_one_leaves() {
    let stand = Stand::start().await;
    let mut followers = Vec::new();
    for _ in 0..FOLLOWERS {
        followers.push(stand.browser().await);
    }
    let (cookie, own) = (stand.cookie(), format!("http://127.0.0.1:{}", stand.port));
    let mut late = knock(stand.port, &[("cookie", &cookie), ("origin", &own)]).await.unwrap();
    let said = futures_util::StreamExt::next(&mut late).await;
    assert!(!matches!(said, Some(Ok(Frame::Text(_)))), "{said:?}");
    followers.pop();
    let mut presenter = loop {
        let socket = knock(stand.port, &[("cookie", &cookie), ("origin", &own)]).await.unwrap();
        if let Some(browser) = crate::browser::Browser::on(socket).await {
            break browser;
        }
    };
    presenter.run("hello").await;
}
