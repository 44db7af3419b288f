//! Who is let in, and who is not.

use std::time::Duration;

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tower::ServiceExt;

use crate::{browser::knock, stand::Stand};

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

/// Asks the router itself; `Host` is right unless the headers say otherwise.
async fn ask(stand: &Stand, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", format!("127.0.0.1:{}", stand.port));
    }
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    let response = stand.server.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
    Answer { status: parts.status, headers: parts.headers, body }
}

#[track_caller]
fn refused(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
    assert!(!answer.headers.contains_key(header::SET_COOKIE));
    assert!(!answer.body.contains("One"), "a slide leaked: {}", answer.body);
}

fn launch(stand: &Stand) -> String {
    let link = stand.server.access.link().unwrap();
    link.strip_prefix(&format!("http://127.0.0.1:{}", stand.port)).unwrap().to_owned()
}

#[tokio::test]
async fn a_link_lets_one_browser_in_once() {
    let stand = Stand::start().await;
    let path = launch(&stand);
    let first = ask(&stand, "GET", &path, &[]).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    let cookie = first.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let page = ask(&stand, "GET", "/", &[("cookie", cookie.split(';').next().unwrap())]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("# One"));

    let second = ask(&stand, "GET", &path, &[]).await;
    refused(&second);
    assert!(second.body.contains("press Enter"), "{}", second.body);
}

#[tokio::test]
async fn looking_at_a_link_does_not_use_it_up() {
    let stand = Stand::start().await;
    let path = launch(&stand);
    refused(&ask(&stand, "HEAD", &path, &[]).await);
    refused(&ask(&stand, "GET", &path, &[("sec-purpose", "prefetch")]).await);
    assert_eq!(ask(&stand, "GET", &path, &[]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn without_the_cookie_there_is_nothing() {
    let stand = Stand::start().await;
    let wrong = format!("deck-{}={}", stand.port, "0".repeat(64));
    for path in ["/", "/index.html", "/assets/deck.css", "/socket", "/nothing", "/launch", "/launch?token="] {
        refused(&ask(&stand, "GET", path, &[]).await);
        refused(&ask(&stand, "GET", path, &[("cookie", &wrong)]).await);
    }
}

#[tokio::test]
async fn a_foreign_name_that_points_here_is_refused() {
    let stand = Stand::start().await;
    let (cookie, port) = (stand.cookie(), stand.port);
    for host in
        [format!("evil.example:{port}"), "127.0.0.1:1".to_owned(), "localhost".to_owned(), String::new()]
    {
        refused(&ask(&stand, "GET", "/", &[("host", &host), ("cookie", &cookie)]).await);
    }
    let absolute = format!("http://evil.example:{port}/");
    refused(&ask(&stand, "GET", &absolute, &[("cookie", &cookie)]).await);
    for host in [format!("localhost:{port}"), format!("[::1]:{port}")] {
        let answer = ask(&stand, "GET", "/", &[("host", &host), ("cookie", &cookie)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn two_hosts_are_refused() {
    let stand = Stand::start().await;
    let own = format!("127.0.0.1:{}", stand.port);
    let headers = [("host", own.as_str()), ("host", "evil.example"), ("cookie", &stand.cookie())];
    assert_eq!(ask(&stand, "GET", "/", &headers).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_changes_something_needs_the_decks_own_origin() {
    let stand = Stand::start().await;
    let cookie = stand.cookie();
    let own = format!("http://127.0.0.1:{}", stand.port);
    let foreign = ["", "null", "http://evil.example", "http://127.0.0.1:1", &own.replace("http:", "https:")];
    for origin in foreign {
        for method in ["POST", "PUT", "DELETE"] {
            refused(&ask(&stand, method, "/", &[("cookie", &cookie), ("origin", origin)]).await);
        }
        let socket = [("cookie", cookie.as_str()), ("origin", origin), ("upgrade", "websocket")];
        refused(&ask(&stand, "GET", "/socket", &socket).await);
    }
    // The origin must be that of the name which the browser used, not only any of ours.
    let other = format!("http://localhost:{}", stand.port);
    refused(&ask(&stand, "POST", "/", &[("cookie", &cookie), ("origin", &other)]).await);
    let answer = ask(&stand, "POST", "/", &[("cookie", &cookie), ("origin", &own)]).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn the_socket_opens_for_the_decks_own_page_only() {
    let stand = Stand::start().await;
    let (cookie, own) = (stand.cookie(), format!("http://127.0.0.1:{}", stand.port));
    assert!(knock(stand.port, &[("cookie", &cookie)]).await.is_err(), "no origin");
    assert!(knock(stand.port, &[("cookie", &cookie), ("origin", "http://evil.example")]).await.is_err());
    assert!(knock(stand.port, &[("origin", &own)]).await.is_err(), "no cookie");
    assert!(knock(stand.port, &[("cookie", &cookie), ("origin", &own)]).await.is_ok());
}

#[tokio::test]
async fn another_page_on_this_machine_cannot_load_parts_of_the_deck() {
    let stand = Stand::start().await;
    let cookie = stand.cookie();
    for site in ["cross-site", "same-site"] {
        let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", site), ("sec-fetch-mode", "no-cors")];
        refused(&ask(&stand, "GET", "/assets/deck.css", &headers).await);
    }
    let own = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin")];
    assert_eq!(ask(&stand, "GET", "/assets/deck.css", &own).await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_answer_carries_the_headers_of_security_and_none_of_sharing() {
    let stand = Stand::start().await;
    let cookie = stand.cookie();
    let paths = [("/", cookie.as_str()), ("/", ""), ("/nothing", &cookie), ("/launch?token=1", "")];
    for (path, cookie) in paths {
        let headers = ask(&stand, "GET", path, &[("cookie", cookie)]).await.headers;
        let policy = headers["content-security-policy"].to_str().unwrap();
        for part in ["default-src 'self'", "frame-ancestors 'self'", "object-src 'none'", "base-uri 'none'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("script-src 'self' 'unsafe"), "{policy}");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        assert_eq!(headers["cache-control"], "no-store");
        assert!(!headers.keys().any(|name| name.as_str().starts_with("access-control")));
    }
}

#[tokio::test]
async fn addresses_never_reach_the_disk() {
    let stand = Stand::start().await;
    let cookie = stand.cookie();
    let paths = [
        "/../../../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/../../Cargo.toml",
        "/assets",
        "/assets/",
        "//etc/passwd",
        "/etc/passwd",
        "/index.html%00.css",
        "/.deck/server.toml",
    ];
    for path in paths {
        let head =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {cookie}\r\n\r\n", stand.port);
        let answer = raw(&stand, head.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        assert!(!answer.contains("root:"), "{path}");
    }
}

#[tokio::test]
async fn a_large_body_is_refused_before_it_is_read() {
    let stand = Stand::start().await;
    let (cookie, own) = (stand.cookie(), format!("http://127.0.0.1:{}", stand.port));
    for length in ["65537", "99999999999999999999999", "-1"] {
        let headers = [("cookie", cookie.as_str()), ("origin", &own), ("content-length", length)];
        assert_eq!(
            ask(&stand, "POST", "/", &headers).await.status,
            StatusCode::PAYLOAD_TOO_LARGE,
            "{length}"
        );
    }
}

#[tokio::test]
async fn a_large_head_is_refused() {
    let stand = Stand::start().await;
    let head = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(64 << 10));
    let answer = raw(&stand, head.as_bytes()).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
}

#[tokio::test]
async fn a_client_that_never_says_what_it_wants_is_let_go() {
    let stand = Stand::start().await;
    let mut stream = TcpStream::connect(("127.0.0.1", stand.port)).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nX: ").await.unwrap();
    let mut rest = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(60), stream.read_to_end(&mut rest)).await;
    assert!(closed.is_ok(), "the connection is still open");
}

#[tokio::test]
async fn idle_connections_are_bounded_and_then_there_is_place_again() {
    let stand = Stand::start().await;
    let mut idle = Vec::new();
    for _ in 0..200 {
        idle.push(TcpStream::connect(("127.0.0.1", stand.port)).await.unwrap());
    }
    // Whoever got no place is closed at once; of the others, none is as long as they may still say what they want.
    for stream in &mut idle[128..] {
        let read = tokio::time::timeout(Duration::from_secs(4), stream.read_u8()).await;
        assert!(read.is_ok(), "a connection beyond the bound is open");
    }
    drop(idle);
    let head = format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", stand.port);
    for _ in 0..100 {
        if raw(&stand, head.as_bytes()).await.starts_with("HTTP/1.1 403") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("there is no place again");
}

/// Sends these bytes and reads what comes in the next moment.
async fn raw(stand: &Stand, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", stand.port)).await.unwrap();
    // The server may close before all is written: that is an answer, too.
    let _ = stream.write_all(bytes).await;
    let mut answer = vec![0; 4096];
    let count = tokio::time::timeout(Duration::from_secs(20), stream.read(&mut answer)).await;
    String::from_utf8_lossy(&answer[..count.map_or(0, |count| count.unwrap_or(0))]).into_owned()
}
