//! Addresses that try to reach the disk. None of them can: the server serves a site from memory.

use crate::{stand::Stand, wire::ask};

#[tokio::test]
async fn addresses_never_reach_the_disk() {
    let stand = Stand::start().await;
    let cookie = stand.cookie();
    let up = ["..", "%2e%2e", "%2E%2e", ".%2e", "%252e%252e", "..%00", "%c0%ae%c0%ae", "..;", "....", ". ."];
    let separators = ["/", "%2f", "%252f", "\\", "%5c", "//", "/./"];
    let mut targets = vec![
        "/etc/passwd".to_owned(),
        "//etc/passwd".to_owned(),
        "/index.html%00.css".to_owned(),
        "/index.html/".to_owned(),
        "/index.html/../index.html".to_owned(),
        "/.deck/server.toml".to_owned(),
        "/slides/src/one.md".to_owned(),
        "/Cargo.toml".to_owned(),
        "/assets".to_owned(),
        "/assets/".to_owned(),
        "/proc/self/environ".to_owned(),
        "/file:///etc/passwd".to_owned(),
        "/~root/.bashrc".to_owned(),
    ];
    for up in up {
        for separator in separators {
            let climb = format!("{up}{separator}").repeat(12);
            targets.push(format!("/{climb}etc{separator}passwd"));
            targets.push(format!("/assets/{climb}etc{separator}passwd"));
            targets.push(format!("/{up}{separator}Cargo.toml"));
        }
    }
    for target in targets.iter().filter(|target| !target.contains(' ')) {
        for cookie in [cookie.as_str(), ""] {
            let answer = ask(&stand, "GET", target, &[("Cookie", cookie)]).await;
            let expected: &[u16] = if cookie.is_empty() { &[400, 403] } else { &[400, 404] };
            assert!(expected.contains(&answer.status), "{target}: {answer:?}");
            for secret in ["root:", "[package]", "key =", "PATH="] {
                assert!(!answer.body.contains(secret), "{target}: {answer:?}");
            }
            assert!(!answer.body.contains(target.as_str()), "{target} is repeated to whoever asked");
        }
    }
}

#[tokio::test]
async fn an_address_is_taken_as_it_is_written() {
    let stand = Stand::start().await;
    let cookie = stand.cookie();
    for target in ["/%69ndex.html", "/index.html;x", "/INDEX.HTML", "/index.html%20", "/assets%2fdeck.css"] {
        let answer = ask(&stand, "GET", target, &[("Cookie", &cookie)]).await;
        assert_eq!(answer.status, 404, "{target}");
    }
    for target in ["/", "/index.html", "/index.html?q=../../etc/passwd", "/assets/deck.css"] {
        assert_eq!(ask(&stand, "GET", target, &[("Cookie", &cookie)]).await.status, 200, "{target}");
    }
}
