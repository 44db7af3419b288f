//! How one is let in, and what every answer carries. What strangers try instead is in `attacks/`.

use crate::{
    stand::Stand,
    wire::{Answer, ask, refused},
};

fn launch(stand: &Stand) -> String {
    let link = stand.server.access.link().unwrap();
    link.strip_prefix(&format!("http://127.0.0.1:{}", stand.port)).unwrap().to_owned()
}

/// The value of a header that stands once.
#[track_caller]
fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    let values =
        || answer.head.lines().filter_map(|line| line.split_once(": ")).filter(|(found, _)| *found == name);
    assert_eq!(values().count(), 1, "{name} in {}", answer.head);
    values().next().unwrap().1
}

#[tokio::test]
async fn a_link_lets_one_browser_in_once() {
    let stand = Stand::start().await;
    let path = launch(&stand);
    let first = ask(&stand, "GET", &path, &[]).await;
    assert_eq!((first.status, header(&first, "location")), (303, "/"));
    let cookie = header(&first, "set-cookie");
    let (pair, flags) = cookie.split_once("; ").unwrap();
    // No `Domain`: the cookie is for this name alone. No `Secure`: browsers would not send it to this machine without TLS.
    assert_eq!(flags, "path=/; httponly; samesite=strict");
    let page = ask(&stand, "GET", "/", &[("Cookie", pair)]).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("# One"));

    let second = ask(&stand, "GET", &path, &[]).await;
    refused(&second);
    assert!(second.body.contains("press Enter"), "{}", second.body);
}

#[tokio::test]
async fn every_answer_carries_the_headers_of_security_and_none_of_sharing() {
    let stand = Stand::start().await;
    let (cookie, own) = (stand.cookie(), format!("http://127.0.0.1:{}", stand.port));
    let inside = [("Cookie", cookie.as_str()), ("Origin", own.as_str())];
    let rebound = [("Host", "evil.example")];
    let answers = [
        ("GET", "/", inside.as_slice()),
        ("HEAD", "/", &inside),
        ("POST", "/", &inside),
        ("GET", "/assets/deck.css", &inside),
        ("GET", "/nothing", &inside),
        ("GET", "/socket", &inside),
        ("POST", "/trace/1", &inside),
        ("GET", "/", &[]),
        ("GET", "/", &rebound),
        ("GET", "/launch?token=1&token=2", &[]),
    ];
    for (method, path, headers) in answers {
        let answer = ask(&stand, method, path, headers).await;
        let policy: Vec<_> = header(&answer, "content-security-policy").split("; ").collect();
        let parts = [
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            "frame-ancestors 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ];
        for part in parts {
            assert!(policy.contains(&part), "{path}: {policy:?}");
        }
        let expected = [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", "no-store"),
        ];
        for (name, value) in expected {
            assert_eq!(header(&answer, name), value, "{method} {path}");
        }
        assert!(!answer.head.contains("access-control"), "{}", answer.head);
    }
}
