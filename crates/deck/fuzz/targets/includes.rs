//! Include directives: a chapter and a file that it can include, with a NUL between them. Every line that comes out says truly
//! where it was written.

#![no_main]

use std::path::Path;

use deck::{
    diagnostic::Diagnostics,
    source::{Includes, lines_of},
};
use deck_fuzz::{Texts, is_from, is_placed};
use libfuzzer_sys::fuzz_target;

const CHAPTER: &str = "slides/src/c.md";

fuzz_target!(|text: &str| {
    let (chapter, included) = text.split_once('\0').unwrap_or((text, text));
    let files =
        Texts::from([(CHAPTER, chapter), ("slides/src/a.rs", included), ("demo_crate/src/a.rs", included)]);
    let (mut includes, mut diagnostics) = (Includes::new(&files), Diagnostics::default());
    for line in lines_of(Path::new(CHAPTER), chapter) {
        let is_escaped = line.text.contains("\\{{#");
        for expanded in includes.expand(line, &mut diagnostics) {
            if !is_escaped {
                is_from(&expanded, &files);
            }
        }
    }
    for error in diagnostics.finish(()).err().unwrap_or_default() {
        is_placed(&error, &files);
    }
});
