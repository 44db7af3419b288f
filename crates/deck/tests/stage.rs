//! The fold from changes to a stage exists twice, here and in `web/src/stage/stage.ts`. One file of examples tests both.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{fs, path::Path};

use deck::protocol::{Change, Stage};
use serde::Deserialize;

#[derive(Deserialize)]
struct Example {
    name: String,
    changes: Vec<Change>,
    stage: Stage,
}

#[test]
fn the_server_folds_changes_as_the_browser_does() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/test/stage-fold.json");
    let examples: Vec<Example> = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    assert!(!examples.is_empty());
    for example in examples {
        let mut stage = Stage::default();
        for change in &example.changes {
            stage.apply(change);
        }
        assert_eq!(stage, example.stage, "{}", example.name);
    }
}
