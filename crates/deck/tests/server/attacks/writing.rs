//! Whoever has the socket names a cell: what is written, and where, is the deck's.

use std::{collections::BTreeMap, fs, os::unix::fs::symlink, path::Path};

use deck::protocol::Message;

use crate::rebuilding::{ONE, SOURCE, Stage};

/// The texts of a project by their path, but for what is built.
fn texts(folder: &Path, into: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with(".deck") && !path.ends_with("target") {
                texts(&path, into);
            }
        } else {
            into.insert(path.display().to_string(), fs::read_to_string(&path).unwrap());
        }
    }
}

fn all(stage: &Stage) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    texts(stage.project.path(), &mut all);
    all
}

async fn refused(stage: &mut Stage, command: &str) -> String {
    stage.presenter.write(command).await;
    stage.presenter.refusal().await
}

#[tokio::test]
async fn a_path_from_the_socket_is_no_cell() {
    let mut stage = Stage::new().await;
    stage.presenter.edit("one", Some(&ONE.replace('1', "3"))).await;
    let (_, digest) = stage.difference().await;
    let before = all(&stage);
    for cell in
        [SOURCE, "../../etc/passwd", "/etc/passwd", "demo_crate/src/lib.rs:one", "one/../one", "call", ""]
    {
        for command in ["difference", "write-back"] {
            let command = serde_json::json!({ "command": command, "cell": cell, "digest": digest });
            let reason = refused(&mut stage, &command.to_string()).await;
            assert!(reason.starts_with("There is no cell of Rust"), "{cell}: {reason}");
        }
    }
    assert_eq!(all(&stage), before);
}

#[tokio::test]
async fn what_else_a_message_says_changes_neither_file_nor_text() {
    let mut stage = Stage::new().await;
    let edited = ONE.replace('1', "3");
    stage.presenter.edit("one", Some(&edited)).await;
    let (_, digest) = stage.difference().await;
    let mut expected = all(&stage);
    let command = serde_json::json!({
        "command": "write-back", "cell": "one", "digest": digest, "file": "pwned.rs", "path": "/tmp/pwned.rs",
        "region": { "file": "slides/src/1.md", "anchor": "x" }, "text": "pwned", "source": "pwned",
    });
    stage.presenter.write(&command.to_string()).await;
    let written = loop {
        match stage.presenter.message().await {
            Message::Written { file, .. } => break file,
            Message::Refused { reason } => panic!("{reason}"),
            _ => {}
        }
    };
    assert_eq!(written, SOURCE);
    let source = expected.get_mut(&stage.project.path().join(SOURCE).display().to_string()).unwrap();
    *source = source.replace(ONE, &edited);
    assert_eq!(all(&stage), expected, "the region and nothing else");
}

#[tokio::test]
async fn nothing_is_written_through_a_link_or_past_the_end_of_the_region() {
    let mut stage = Stage::new().await;
    stage.presenter.edit("one", Some(&ONE.replace('1', "3"))).await;
    let (_, digest) = stage.difference().await;
    stage.presenter.edit("one", Some(&format!("{ONE}// ANCHOR_END: one\nfn more() {{}}\n"))).await;
    let before = all(&stage);
    let command = serde_json::json!({ "command": "write-back", "cell": "one", "digest": digest }).to_string();
    let reason = refused(&mut stage, &command).await;
    assert!(reason.contains("would end or begin a region"), "{reason}");
    assert_eq!(all(&stage), before);

    stage.presenter.edit("one", Some(&ONE.replace('1', "3"))).await;
    let outside = tempfile::tempdir().unwrap();
    let (file, elsewhere) = (stage.project.path().join(SOURCE), outside.path().join("lib.rs"));
    fs::rename(&file, &elsewhere).unwrap();
    symlink(&elsewhere, &file).unwrap();
    let reason = refused(&mut stage, &command).await;
    assert!(reason.contains("leads out of the demo crate"), "{reason}");
    assert!(fs::read_to_string(&elsewhere).unwrap().contains(ONE));
}
