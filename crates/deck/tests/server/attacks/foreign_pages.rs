//! Pages of others that make the speaker's browser send requests here. The browser adds the cookie at worst; it always
//! says where the request comes from.

use crate::{
    browser::knock,
    stand::Stand,
    wire::{ask, raw, refused, request},
};

/// Origins that are not the deck's: none, that of a sandboxed frame or of a file, others, and nearly ours.
fn foreign(stand: &Stand) -> Vec<String> {
    let (port, own) = (stand.port, format!("http://127.0.0.1:{}", stand.port));
    let nearly = [
        own.replace("http:", "https:"),
        own.replace("http:", "ws:"),
        format!("{own}/"),
        format!("{own}.evil.example"),
        format!("{own} http://evil.example"),
        own.to_uppercase(),
        format!("http://127.0.0.1:{}", port ^ 1),
        // It must be that of the name which the browser used, not only any of ours.
        format!("http://localhost:{port}"),
        format!("http://[::1]:{port}"),
    ];
    let others = ["", "null", "http://evil.example", "file://", "chrome-extension://abcdef"];
    others.map(str::to_owned).into_iter().chain(nearly).collect()
}

#[tokio::test]
async fn only_the_decks_own_page_may_change_something() {
    let stand = Stand::start().await;
    let cookie = stand.cookie();
    for origin in foreign(&stand) {
        for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"] {
            refused(&ask(&stand, method, "/", &[("Cookie", &cookie), ("Origin", &origin)]).await);
        }
    }
    let own = format!("http://127.0.0.1:{}", stand.port);
    let answer = ask(&stand, "POST", "/", &[("Cookie", &cookie), ("Origin", &own)]).await;
    assert_eq!(answer.status, 405);
    let both = [("Cookie", cookie.as_str()), ("Origin", &own), ("Origin", "http://evil.example")];
    assert_eq!(ask(&stand, "POST", "/", &both).await.status, 400, "two origins");
}

#[tokio::test]
async fn only_the_decks_own_page_opens_the_socket() {
    let stand = Stand::start().await;
    let (port, cookie) = (stand.port, stand.cookie());
    for origin in foreign(&stand) {
        let headers = [("cookie", cookie.as_str()), ("origin", &origin)];
        let headers = if origin.is_empty() { &headers[..1] } else { &headers[..] };
        assert!(knock(port, headers).await.is_err(), "`{origin}` opened the socket");
    }
    let own = format!("http://127.0.0.1:{port}");
    assert!(knock(port, &[("origin", &own)]).await.is_err(), "no cookie");
    assert!(knock(port, &[("cookie", &cookie), ("origin", &own)]).await.is_ok());
    // A request that only looks like a page's: with `Upgrade`, the origin is needed whatever the method.
    let plain = [("Cookie", cookie.as_str()), ("Upgrade", "websocket")];
    refused(&ask(&stand, "GET", "/", &plain).await);
}

/// Bodies that a page may send to another origin without asking it first.
const SIMPLE: [(&str, &str); 4] = [
    ("text/plain", r#"{"command":"run","cell":"hello"}"#),
    ("text/plain; application/json", r#"{"command":"unlock"}"#),
    ("application/x-www-form-urlencoded", "command=run&cell=hello"),
    (
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"command\"\r\n\r\nrun\r\n--b--\r\n",
    ),
];

#[tokio::test]
async fn forms_and_fetches_of_other_sites_do_nothing() {
    let stand = Stand::start().await;
    let cookie = stand.cookie();
    let kinds = SIMPLE.iter().copied().chain([("application/json", r#"{"command":"stop"}"#), ("", "x")]);
    for (kind, body) in kinds {
        for target in ["/", "/socket", "/launch", "/trace/1", "/api/run"] {
            for origin in ["http://evil.example", "null", ""] {
                let length = body.len().to_string();
                let headers = [
                    ("Cookie", cookie.as_str()),
                    ("Origin", origin),
                    ("Content-Type", kind),
                    ("Content-Length", &length),
                    ("Sec-Fetch-Site", "cross-site"),
                    ("Sec-Fetch-Mode", "navigate"),
                    ("Sec-Fetch-Dest", "document"),
                ];
                refused(
                    &raw(stand.port, (request(&stand, "POST", target, &headers) + body).as_bytes()).await,
                );
            }
        }
    }
    assert_eq!(stand.script.cells(), [""; 0]);
}

#[tokio::test]
async fn no_http_request_is_a_command_even_from_the_decks_own_page() {
    let stand = Stand::start().await;
    let (cookie, own) = (stand.cookie(), format!("http://127.0.0.1:{}", stand.port));
    for target in ["/", "/socket", "/launch", "/trace/1"] {
        let headers = [
            ("Cookie", cookie.as_str()),
            ("Origin", &own),
            ("Content-Type", "text/plain"),
            ("Content-Length", "20"),
        ];
        let text = request(&stand, "POST", target, &headers) + r#"{"command":"unlock"}"#;
        assert_eq!(raw(stand.port, text.as_bytes()).await.status, 405, "{target}");
    }
}

#[tokio::test]
async fn another_page_on_this_machine_cannot_load_parts_of_the_deck() {
    let stand = Stand::start().await;
    let cookie = stand.cookie();
    // To a browser, a server on another port is the same site, and gets the cookie sent along.
    for site in ["cross-site", "same-site"] {
        for (mode, dest) in [
            ("no-cors", "script"),
            ("no-cors", "image"),
            ("cors", "empty"),
            ("navigate", "iframe"),
            ("navigate", "object"),
            ("websocket", "empty"),
        ] {
            for path in ["/", "/assets/deck.css", "/trace/1"] {
                let headers = [
                    ("Cookie", cookie.as_str()),
                    ("Sec-Fetch-Site", site),
                    ("Sec-Fetch-Mode", mode),
                    ("Sec-Fetch-Dest", dest),
                ];
                refused(&ask(&stand, "GET", path, &headers).await);
            }
        }
    }
    let own = [("Cookie", cookie.as_str()), ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "no-cors")];
    assert_eq!(ask(&stand, "GET", "/assets/deck.css", &own).await.status, 200);
    let link = [
        ("Cookie", cookie.as_str()),
        ("Sec-Fetch-Site", "same-site"),
        ("Sec-Fetch-Mode", "navigate"),
        ("Sec-Fetch-Dest", "document"),
    ];
    assert_eq!(ask(&stand, "GET", "/", &link).await.status, 200, "a link may lead here");
}

#[tokio::test]
async fn nobody_is_told_that_sharing_is_allowed() {
    let stand = Stand::start().await;
    let cookie = stand.cookie();
    let preflight = [
        ("Cookie", cookie.as_str()),
        ("Origin", "http://evil.example"),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Private-Network", "true"),
    ];
    for (method, headers) in [("OPTIONS", &preflight[..]), ("GET", &preflight[..2]), ("GET", &preflight[..1])]
    {
        let answer = ask(&stand, method, "/", headers).await;
        assert!(!answer.head.contains("access-control"), "{}", answer.head);
    }
}
