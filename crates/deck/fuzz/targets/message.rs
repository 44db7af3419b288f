//! What browser and server say to each other: a message that can be read reads the same when it is written again, and a change
//! can be applied to any stage.

#![no_main]

use deck::protocol::{Command, Message, Stage};
use deck_fuzz::survives;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut stage = Stage::default();
    for line in text.lines() {
        survives::<Command>(line);
        match survives::<Message>(line) {
            // No talk has as many changes as a number can count.
            Some(Message::Snapshot { stage: other, .. }) => stage = Stage { seq: 0, ..*other },
            Some(Message::Changed { change, .. }) => stage.apply(&change),
            // The rest leaves the stage as it is.
            Some(_) | None => {}
        }
    }
    let changes = text.lines().filter(|line| serde_json::from_str::<Message>(line).is_ok()).count() as u64;
    assert!(stage.seq <= changes);
    survives::<Stage>(&serde_json::to_string(&stage).unwrap()).expect("a stage can be read");
});
