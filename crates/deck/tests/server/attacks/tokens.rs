//! Getting in without the link, or with one that is used up.

use deck::server::{Access, secret};

use crate::{
    browser::knock,
    stand::Stand,
    wire::{ask, refused},
};

fn launch(stand: &Stand) -> String {
    let link = stand.server.access.link().unwrap();
    link.strip_prefix(&format!("http://127.0.0.1:{}", stand.port)).unwrap().to_owned()
}

#[tokio::test]
async fn a_replayed_token_is_refused() {
    let stand = Stand::start().await;
    let path = launch(&stand);
    let first = ask(&stand, "GET", &path, &[]).await;
    assert_eq!(first.status, 303);
    for _ in 0..3 {
        refused(&ask(&stand, "GET", &path, &[]).await);
    }
    // Not even whoever is in gets a second cookie for it.
    refused(&ask(&stand, "GET", &path, &[("Cookie", &stand.cookie())]).await);
}

#[tokio::test]
async fn of_two_who_open_a_link_at_once_one_gets_in() {
    let stand = Stand::start().await;
    for _ in 0..20 {
        let path = launch(&stand);
        let asks = std::iter::repeat_with(|| ask(&stand, "GET", &path, &[])).take(8);
        let answers = futures_util::future::join_all(asks).await;
        let let_in = answers.iter().filter(|answer| answer.status == 303).count();
        assert_eq!(let_in, 1);
    }
}

#[tokio::test]
async fn a_wrong_token_is_refused_and_leaves_the_right_one_alone() {
    let stand = Stand::start().await;
    let path = launch(&stand);
    let token = path.split_once('=').unwrap().1;
    let wrong = [
        "/launch".to_owned(),
        "/launch?".to_owned(),
        "/launch?token".to_owned(),
        "/launch?token=".to_owned(),
        format!("/launch?token={}", "0".repeat(64)),
        format!("/launch?token={}", token.to_uppercase()),
        format!("/launch?token={}", &token[..63]),
        format!("/launch?token={token}0"),
        format!("/launch?token={token}%00"),
        format!("/launch?token=%20{token}"),
        format!("/launch?token[]={token}"),
        format!("/launch?Token={token}"),
        format!("/launch/?token={token}"),
        format!("/LAUNCH?token={token}"),
        format!("//launch?token={token}"),
        format!("/launch#?token={token}"),
        format!("/?token={token}"),
    ];
    for path in wrong {
        let answer = ask(&stand, "GET", &path, &[]).await;
        assert!(
            [400, 403].contains(&answer.status) && !answer.head.contains("set-cookie"),
            "{path}: {answer:?}"
        );
    }
    // Looking in advance, as link checkers and browsers do.
    refused(&ask(&stand, "HEAD", &path, &[]).await);
    for name in ["Sec-Purpose", "Purpose", "X-Moz"] {
        refused(&ask(&stand, "GET", &path, &[(name, "prefetch")]).await);
    }
    assert_eq!(ask(&stand, "GET", &path, &[]).await.status, 303);
}

#[tokio::test]
async fn without_the_right_cookie_there_is_nothing() {
    let stand = Stand::start().await;
    let (port, own) = (stand.port, stand.cookie());
    let origin = format!("http://127.0.0.1:{port}");
    let key = own.split_once('=').unwrap().1;
    let other = Access::new(port, secret().unwrap()).cookie();
    let cookies = [
        String::new(),
        format!("deck-{port}="),
        format!("deck-{port}={}", "0".repeat(64)),
        format!("deck-{port}={}", key.to_uppercase()),
        format!("deck-{port}={}", &key[..63]),
        format!("deck-{port}={key}x"),
        format!("deck-{port}=\"{key}\""),
        format!("deck-{}={key}", port ^ 1),
        format!("DECK-{port}={key}"),
        format!("deck={key}"),
        key.to_owned(),
        other.split(';').next().unwrap().to_owned(),
    ];
    for cookie in cookies {
        for path in ["/", "/index.html", "/assets/deck.css", "/socket", "/trace/1", "/nothing", "/launch"] {
            refused(&ask(&stand, "GET", path, &[("Cookie", &cookie)]).await);
        }
        assert!(knock(port, &[("cookie", &cookie), ("origin", &origin)]).await.is_err(), "{cookie}");
    }
    let among_others = format!("a=b; {own}; c=d");
    assert_eq!(ask(&stand, "GET", "/", &[("Cookie", &among_others)]).await.status, 200);
}

#[tokio::test]
async fn the_token_stays_in_no_address() {
    let stand = Stand::start().await;
    let path = launch(&stand);
    let token = path.split_once('=').unwrap().1.to_owned();
    let answer = ask(&stand, "GET", &path, &[]).await;
    let location = answer.head.lines().find(|line| line.starts_with("location:"));
    assert_eq!(location, Some("location: /"));
    assert!(
        answer.head.contains("referrer-policy: no-referrer")
            && answer.head.contains("cache-control: no-store")
    );
    assert!(!answer.head.contains(&token) && !answer.body.contains(&token));
    let again = ask(&stand, "GET", &path, &[]).await;
    assert!(!again.head.contains(&token) && !again.body.contains(&token), "a refusal repeats the token");
}
