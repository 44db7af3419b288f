//! DNS rebinding: a foreign name that was made to point at this machine makes a foreign page the deck's own origin. The
//! browser still says the name.

use crate::{
    browser::knock,
    stand::Stand,
    wire::{ask, raw, refused},
};

#[tokio::test]
async fn a_foreign_name_is_refused() {
    let stand = Stand::start().await;
    let (cookie, port) = (stand.cookie(), stand.port);
    let names = [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "localhost.",
        "LOCALHOST",
        // Other ways to write this machine's address, which browsers take for other origins.
        "0.0.0.0",
        "127.1",
        "127.0.0.2",
        "2130706433",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[0:0:0:0:0:0:0:1]",
        "[::1%25lo]",
        "::1",
        "me@127.0.0.1",
    ];
    for name in names {
        let host = format!("{name}:{port}");
        refused(&ask(&stand, "GET", "/", &[("Host", &host), ("Cookie", &cookie)]).await);
        let (origin, cookie) = (format!("http://{host}"), cookie.as_str());
        let socket = knock(port, &[("host", &host), ("origin", &origin), ("cookie", cookie)]).await;
        assert!(socket.is_err(), "{host} opened the socket");
    }
}

#[tokio::test]
async fn only_the_servers_own_port_counts() {
    let stand = Stand::start().await;
    let (cookie, port) = (stand.cookie(), stand.port);
    let hosts = [
        "127.0.0.1".to_owned(),
        "127.0.0.1:".to_owned(),
        "127.0.0.1:80".to_owned(),
        format!("127.0.0.1:{}", port ^ 1),
        format!("127.0.0.1:0{port}"),
        format!("127.0.0.1:+{port}"),
        format!("127.0.0.1:{port}:{port}"),
        format!("127.0.0.1:{port}, evil.example"),
        "[::1]".to_owned(),
        format!("[::1]:{}", port ^ 1),
    ];
    for host in hosts {
        refused(&ask(&stand, "GET", "/", &[("Host", &host), ("Cookie", &cookie)]).await);
    }
    for host in [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("[::1]:{port}")] {
        let answer = ask(&stand, "GET", "/", &[("Host", &host), ("Cookie", &cookie)]).await;
        assert_eq!(answer.status, 200, "{host}");
    }
}

#[tokio::test]
async fn a_request_names_one_host() {
    let stand = Stand::start().await;
    let (cookie, own) = (stand.cookie(), format!("127.0.0.1:{}", stand.port));
    refused(&ask(&stand, "GET", "/", &[("Host", ""), ("Cookie", &cookie)]).await);
    refused(&raw(stand.port, format!("GET / HTTP/1.0\r\nCookie: {cookie}\r\n\r\n").as_bytes()).await);
    for second in [own.as_str(), "evil.example"] {
        let both = [("Host", own.as_str()), ("Host", second), ("Cookie", &cookie)];
        assert_eq!(ask(&stand, "GET", "/", &both).await.status, 400, "{second}");
    }
}

#[tokio::test]
async fn a_target_that_names_a_host_names_the_same_one() {
    let stand = Stand::start().await;
    let (cookie, port) = (stand.cookie(), stand.port);
    let targets = [
        format!("http://evil.example:{port}/"),
        "http://evil.example/".to_owned(),
        format!("http://me@127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("https://127.0.0.1:{}/", port ^ 1),
    ];
    for target in targets {
        refused(&ask(&stand, "GET", &target, &[("Cookie", &cookie)]).await);
    }
    // A proxy's way to ask for a connection.
    refused(&ask(&stand, "CONNECT", &format!("127.0.0.1:{port}"), &[("Cookie", &cookie)]).await);
    let own = format!("http://127.0.0.1:{port}/");
    assert_eq!(ask(&stand, "GET", &own, &[("Cookie", &cookie)]).await.status, 200);
}

#[tokio::test]
async fn what_a_proxy_would_add_is_not_believed() {
    let stand = Stand::start().await;
    let (cookie, own) = (stand.cookie(), format!("127.0.0.1:{}", stand.port));
    for name in ["X-Forwarded-Host", "X-Original-Host", "Forwarded"] {
        let headers = [("Host", "evil.example"), (name, own.as_str()), ("Cookie", &cookie)];
        refused(&ask(&stand, "GET", "/", &headers).await);
    }
}
