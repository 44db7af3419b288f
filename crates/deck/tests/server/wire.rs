//! HTTP as an attacker writes it: bytes to the running server, and what comes back.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::stand::Stand;

/// Nothing in these tests takes longer, except on purpose.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the server sent until it closed.
#[derive(Debug)]
pub struct Answer {
    /// Zero if it closed without a word.
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// A connection, while the server has a place for it.
pub async fn connect(port: u16) -> TcpStream {
    TcpStream::connect(("127.0.0.1", port)).await.unwrap()
}

/// A request with its headers, and `Host` unless they name it; `Host` with no value is left out.
pub fn request(stand: &Stand, method: &str, target: &str, headers: &[(&str, &str)]) -> String {
    let own = format!("127.0.0.1:{}", stand.port);
    let mut head = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n");
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        head += &format!("Host: {own}\r\n");
    }
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        head += &format!("{name}: {value}\r\n");
    }
    head + "\r\n"
}

/// Sends a request without a body.
pub async fn ask(stand: &Stand, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
    raw(stand.port, request(stand, method, target, headers).as_bytes()).await
}

/// Sends these bytes and reads until the server closes.
pub async fn raw(port: u16, bytes: &[u8]) -> Answer {
    let mut stream = connect(port).await;
    // The server may close before all is written: that is an answer, too.
    let _ = stream.write_all(bytes).await;
    rest(&mut stream).await
}

/// Reads until the server closes.
pub async fn rest(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let read = timeout(PATIENCE, stream.read_to_end(&mut bytes)).await;
    // A reset is a way to close.
    assert!(read.is_ok(), "the server neither closes nor goes on: {}", String::from_utf8_lossy(&bytes));
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
}

/// Says no, gives no cookie, and shows no slide.
#[track_caller]
pub fn refused(answer: &Answer) {
    assert_eq!(answer.status, 403, "{answer:?}");
    assert!(!answer.head.contains("set-cookie"), "{answer:?}");
    assert!(!answer.body.contains("# One"), "a slide leaked: {answer:?}");
}
