//! Traces that are asked for on stage.

use std::sync::atomic::Ordering;

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use deck::{
    protocol::{Build, Command, TraceSubject},
    tracer::TracedExtension,
};
use tower::ServiceExt;

use crate::{browser::Browser, stand::Stand};

const CHAPTER: &str = "# One {#one}\n\n```python,live,id=prepare,setup\nset a\n```\n\n\
    ```python,xray,id=dive,first\nimport x\nx.call(1)\n```\n\n```python,xray,id=other-build,build=dev\ny()\n```\n";

async fn stand() -> Stand {
    Stand::with(CHAPTER).await
}

async fn trace(browser: &mut Browser, xray: &str) {
    browser.send(Command::Trace { xray: xray.to_owned() }).await;
}

async fn expression(browser: &mut Browser, expression: &str) {
    browser.send(Command::TraceExpression { setup: None, expression: expression.to_owned() }).await;
}

async fn until_done(browser: &mut Browser, number: u32) {
    browser
        .until(|stage| stage.trace.as_ref().is_some_and(|trace| trace.number == number && trace.done))
        .await;
}

/// Fetches a path with these headers besides the right `Host`.
async fn fetch(stand: &Stand, method: &str, path: &str, headers: &[(&str, &str)]) -> (StatusCode, String) {
    let mut request =
        Request::builder().method(method).uri(path).header("host", format!("127.0.0.1:{}", stand.port));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = stand.server.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn anybody_traces_an_xray_of_the_deck_by_its_id() {
    let stand = stand().await;
    let (mut browser, mut other) = (stand.browser().await, stand.browser().await);
    trace(&mut browser, "dive").await;
    until_done(&mut browser, 1).await;
    until_done(&mut other, 1).await;
    let subject = TraceSubject::Xray { id: "dive".to_owned() };
    assert_eq!(browser.stage.trace.as_ref().unwrap().subject, subject);
    let request = stand.tracer.requests.lock().unwrap()[0].clone();
    assert_eq!((request.statement.as_str(), request.execution), ("x.call(1)", 1));
    assert_eq!(request.setup.as_deref(), Some("set a\nimport x\n"));
    let limits = request.limits.unwrap();
    assert_eq!((limits.steps, limits.seconds, limits.memory), (200_000, 10, 1024));

    let cookie = stand.cookie();
    let (status, body) = fetch(&stand, "GET", "/trace/1", &[("cookie", &cookie)]).await;
    assert_eq!(status, StatusCode::OK);
    let answer: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(answer["trace"]["nodes"].as_array().unwrap().len(), 5);
    assert_eq!(
        answer["label"],
        "Traced here: CPython 3.13.0, rustc 1.95.0, PyO3 0.30.1, A processor, warm call"
    );
}

#[tokio::test]
async fn what_is_no_xray_of_the_deck_is_refused() {
    let stand = stand().await;
    let mut browser = stand.presenter().await;
    for id in ["prepare", "nothing", "", "../dive", &"x".repeat(10_000)] {
        trace(&mut browser, id).await;
        let reason = browser.refusal().await;
        assert!(reason.starts_with("There is no X-ray") && reason.len() < 200, "{reason}");
    }
    assert!(stand.tracer.requests.lock().unwrap().is_empty());
}

#[tokio::test]
async fn another_build_than_the_installed_one_is_made_and_named() {
    let stand = stand().await;
    let mut browser = stand.browser().await;
    trace(&mut browser, "other-build").await;
    until_done(&mut browser, 1).await;
    assert_eq!(browser.stage.trace.as_ref().unwrap().build.as_deref(), Some("dev build"));
    let request = stand.tracer.requests.lock().unwrap()[0].clone();
    let build = Build { number: 0, profile: "dev".to_owned(), ..Build::default() };
    assert_eq!(request.extension, TracedExtension::Built { sources: "project".into(), build });
    let (_, body) = fetch(&stand, "GET", "/trace/1", &[("cookie", &stand.cookie())]).await;
    let answer: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert!(answer["label"].as_str().unwrap().starts_with("Traced here: dev build, CPython"));

    trace(&mut browser, "dive").await;
    until_done(&mut browser, 2).await;
    assert_eq!(browser.stage.trace.as_ref().unwrap().build, None);
    assert_eq!(stand.tracer.requests.lock().unwrap()[1].extension, TracedExtension::Installed);
}

#[tokio::test]
async fn only_the_presenter_traces_an_expression() {
    let stand = stand().await;
    let mut browser = stand.browser().await;
    expression(&mut browser, "abs(-41)").await;
    assert!(browser.refusal().await.contains("Unlock"));
    assert!(stand.tracer.requests.lock().unwrap().is_empty());
    browser.unlock().await;
    expression(&mut browser, "abs(-41)").await;
    until_done(&mut browser, 1).await;
    let request = stand.tracer.requests.lock().unwrap()[0].clone();
    assert_eq!((request.statement.as_str(), request.setup, request.execution), ("abs(-41)", None, 16));
}

#[tokio::test]
async fn an_expression_is_short() {
    let stand = stand().await;
    let mut browser = stand.presenter().await;
    expression(&mut browser, &"1".repeat(501)).await;
    assert!(browser.refusal().await.contains("500 bytes"));
    let (setup, rest) = (Some("x".repeat(300)), "1".repeat(201));
    browser.send(Command::TraceExpression { setup, expression: rest }).await;
    assert!(browser.refusal().await.contains("500 bytes"));
    expression(&mut browser, &"1".repeat(500)).await;
    until_done(&mut browser, 1).await;
}

#[tokio::test]
async fn traces_are_made_one_at_a_time() {
    let stand = stand().await;
    let mut browser = stand.presenter().await;
    stand.tracer.holds.store(true, Ordering::SeqCst);
    trace(&mut browser, "dive").await;
    expression(&mut browser, "abs(-41)").await;
    assert_eq!(browser.refusal().await, "Another trace is under way.");
    stand.tracer.holds.store(false, Ordering::SeqCst);
    until_done(&mut browser, 1).await;
    expression(&mut browser, "abs(-41)").await;
    until_done(&mut browser, 2).await;
    // A cell does not wait for a trace, nor the other way round.
    assert_eq!(stand.tracer.requests.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn why_there_is_no_trace_is_data() {
    let stand = stand().await;
    let mut browser = stand.presenter().await;
    expression(&mut browser, "fail the statement ended its process").await;
    until_done(&mut browser, 1).await;
    let cookie = stand.cookie();
    let (status, body) = fetch(&stand, "GET", "/trace/1", &[("cookie", &cookie)]).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body, r#"{"error":"the statement ended its process"}"#);
}

#[tokio::test]
async fn traces_are_for_the_decks_own_page_only() {
    let stand = stand().await;
    let mut browser = stand.browser().await;
    trace(&mut browser, "dive").await;
    until_done(&mut browser, 1).await;
    let (cookie, own) = (stand.cookie(), format!("http://127.0.0.1:{}", stand.port));
    let cookie = ("cookie", cookie.as_str());
    let foreign = [("origin", "http://evil.example"), cookie];
    let embedded = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors"), cookie];
    let forbidden: [&[(&str, &str)]; 3] = [&[], &foreign, &embedded];
    for headers in forbidden {
        let (status, body) = fetch(&stand, "GET", "/trace/1", headers).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{headers:?}");
        assert!(!body.contains("CPython"), "{body}");
    }
    for path in [
        "/trace/2",
        "/trace/0",
        "/trace/-1",
        "/trace/99999999999999999999",
        "/trace/1/",
        "/trace/",
        "/trace/..%2f1",
    ] {
        assert_eq!(fetch(&stand, "GET", path, &[cookie]).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    let post = fetch(&stand, "POST", "/trace/1", &[cookie, ("origin", &own)]).await;
    assert_eq!(post.0, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn only_the_latest_traces_are_kept() {
    let stand = stand().await;
    let mut browser = stand.browser().await;
    for number in 1..=9 {
        trace(&mut browser, "dive").await;
        until_done(&mut browser, number).await;
    }
    let cookie = stand.cookie();
    assert_eq!(fetch(&stand, "GET", "/trace/1", &[("cookie", &cookie)]).await.0, StatusCode::NOT_FOUND);
    assert_eq!(fetch(&stand, "GET", "/trace/9", &[("cookie", &cookie)]).await.0, StatusCode::OK);
}

#[tokio::test]
async fn the_end_of_the_server_ends_a_trace() {
    let stand = stand().await;
    let mut browser = stand.browser().await;
    stand.tracer.holds.store(true, Ordering::SeqCst);
    trace(&mut browser, "dive").await;
    browser.until(|stage| stage.trace.is_some()).await;
    stand.talk.end().await;
    stand.task.await.unwrap();
    assert!(stand.tracer.ended.load(Ordering::SeqCst));
}
