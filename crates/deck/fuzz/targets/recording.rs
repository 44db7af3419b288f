//! Files of recordings, cells' and traces': what is read can be written and reads the same again, and can be shown; an error
//! has its place in the file.

#![no_main]

use std::path::Path;

use deck::{
    model::{Claims, Compare},
    recording::{self, Recording},
    xray::{self, TraceRecording},
};
use deck_fuzz::{Texts, is_placed};
use libfuzzer_sys::fuzz_target;

const FILE: &str = "slides/recordings/a";

fuzz_target!(|text: &str| {
    match text.starts_with('{') {
        true => trace(text),
        false => cell(text),
    }
});

fn cell(text: &str) {
    let file = Path::new(FILE);
    match Recording::from_toml(file, text) {
        Ok(read) => {
            let written = read.to_toml().expect("what was read can be written");
            let again = Recording::from_toml(file, &written).expect("what was written can be read");
            // By its text: a number that is none does not equal itself.
            assert_eq!(again.to_toml().unwrap(), written);
            assert_eq!(again.label(), read.label());
            for compare in [Compare::Text, Compare::Exact, Compare::Relation] {
                let transcript = recording::transcript(&read.events, compare);
                recording::normalise(&transcript);
            }
            recording::relations(&read.events);
            read.values();
        }
        Err(error) => is_placed(&error, &Texts::from([(FILE, text)])),
    }
}

fn trace(text: &str) {
    let file = Path::new(FILE);
    match TraceRecording::from_json(file, text) {
        Ok(read) => {
            let written = read.to_json().expect("what was read can be written");
            let again = TraceRecording::from_json(file, &written);
            assert_eq!(again.as_ref(), Ok(&read), "{written}");
            let claims =
                Claims { lacks: vec!["*a*".into()], opcode: Some("CALL*".into()), ..Claims::default() };
            xray::judge(&claims, &read, &read.trace, &read.fingerprint);
            xray::named_figures(&read.trace);
            read.trace.total_instructions();
            read.label();
        }
        Err(error) => is_placed(&error, &Texts::from([(FILE, text)])),
    }
}
