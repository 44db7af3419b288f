//! Who may ask for what, command by command.

use std::{collections::BTreeSet, time::Duration};

use deck::protocol::{Command, Message};
use ts_rs::{Config, TS};

use crate::{browser::Browser, stand::Stand};

/// Each command as a browser writes it, and whether whoever has not unlocked may ask for it. A new command gets a row here, and
/// is refused to runners as long as `server/talk/permission.rs` does not name it.
const ROWS: [(&str, bool); 15] = [
    (r#"{"command":"run","cell":"hello"}"#, true),
    (r#"{"command":"edit","cell":"hello","source":"print other"}"#, false),
    (r#"{"command":"trace","xray":"none"}"#, true),
    (r#"{"command":"trace-expression","setup":null,"expression":"abs(-41)"}"#, false),
    (r#"{"command":"stop"}"#, true),
    (r#"{"command":"go-on"}"#, true),
    (r#"{"command":"restart"}"#, true),
    (r#"{"command":"move","position":{"slide":"two","step":0}}"#, true),
    (r#"{"command":"use-build","build":{"number":1,"profile":"release","edited":[]}}"#, false),
    (r#"{"command":"rebuild","cell":"hello"}"#, false),
    (r#"{"command":"return-build"}"#, false),
    (r#"{"command":"difference","cell":"hello"}"#, false),
    (r#"{"command":"write-back","cell":"hello","digest":""}"#, false),
    (r#"{"command":"unlock"}"#, true),
    (r#"{"command":"lock"}"#, true),
];

fn name(command: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(command).unwrap();
    value["command"].as_str().unwrap().to_owned()
}

#[test]
fn every_command_has_a_row() {
    let declared = Command::decl(&Config::new());
    let names: BTreeSet<_> = declared
        .split(r#""command": ""#)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    let rows: BTreeSet<_> = ROWS.iter().map(|(command, _)| name(command)).collect();
    assert_eq!(names, rows, "the commands of the protocol, and the rows of this table");
}

/// The reasons of all refusals up to the answer to the last command.
async fn refusals(browser: &mut Browser, commands: &[&str]) -> Vec<String> {
    for command in commands {
        browser.write(command).await;
    }
    // Commands are carried out in order, so after this one's answer there is none to come.
    browser.write(r#"{"command":"run","cell":"the-end"}"#).await;
    let mut reasons = Vec::new();
    loop {
        if let Message::Refused { reason } = browser.message().await {
            if reason.contains("the-end") {
                return reasons;
            }
            reasons.push(reason);
        }
    }
}

#[tokio::test]
async fn without_the_unlock_only_what_the_table_allows_is_done() {
    for (command, allowed) in ROWS {
        let stand = Stand::start().await;
        let mut runner = stand.browser().await;
        let reasons = refusals(&mut runner, &[command]).await;
        assert!(reasons.iter().all(|reason| !reason.contains("not understood")), "{command}: {reasons:?}");
        let locked = reasons.iter().any(|reason| reason.contains("Unlock this window"));
        assert_eq!(locked, !allowed, "{command}: {reasons:?}");
        if !allowed {
            assert!(runner.changes.is_empty(), "{command} changed something: {:?}", runner.changes);
            assert_eq!(stand.script.cells(), [""; 0], "{command}");
            assert!(stand.tracer.requests.lock().unwrap().is_empty(), "{command}");
        }
    }
}

#[tokio::test]
async fn with_the_unlock_no_command_is_refused_for_the_role() {
    for (command, _) in ROWS {
        let stand = Stand::start().await;
        let mut presenter = stand.presenter().await;
        let reasons = refusals(&mut presenter, &[command]).await;
        assert!(
            !reasons.iter().any(|reason| reason.contains("Unlock this window")),
            "{command}: {reasons:?}"
        );
    }
}

#[tokio::test]
async fn a_role_that_was_given_back_is_gone() {
    let denied: Vec<_> = ROWS.iter().filter(|(_, allowed)| !allowed).map(|(command, _)| *command).collect();
    let stand = Stand::start().await;
    let mut presenter = stand.presenter().await;
    presenter.write(r#"{"command":"lock"}"#).await;
    let reasons = refusals(&mut presenter, &denied).await;
    assert_eq!(reasons.len(), denied.len(), "{reasons:?}");
    // Nor does it come back with a new connection of the same browser.
    presenter.unlock().await;
    drop(presenter);
    tokio::time::sleep(Duration::from_millis(20)).await;
    let mut again = stand.browser().await;
    assert_eq!(refusals(&mut again, &denied).await.len(), denied.len());
}

#[tokio::test]
async fn a_runner_cannot_smuggle_code_into_a_command_that_it_may_use() {
    let stand = Stand::start().await;
    let mut runner = stand.browser().await;
    let smuggled = [
        r#"{"command":"run","cell":"hello","source":"print smuggled"}"#,
        r#"{"command":"run","cell":"hello","edited":"print smuggled","role":"presenter"}"#,
        r#"{"command":"run","cell":"hello\nprint smuggled"}"#,
        r#"{"command":"trace","xray":"none","expression":"abs(1)","setup":"x"}"#,
    ];
    for command in smuggled {
        runner.write(command).await;
    }
    refusals(&mut runner, &[]).await;
    let cells = stand.script.cells();
    assert!(cells.iter().all(|cell| cell == "hello" || cell == "setup"), "{cells:?}");
    assert!(!runner.output("hello").contains("smuggled"));
    assert!(stand.tracer.requests.lock().unwrap().is_empty());
}
