//! The info strings of code fences: what is read is what was written, and an error points into the text.

#![no_main]

use deck::markdown::{Fence, parse_fence};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for info in text.lines().map(|line| line.trim_start_matches('`')) {
        match parse_fence(info) {
            Ok(fence) => assert_eq!(parse_fence(&written(&fence)).as_ref(), Ok(&fence), "{info:?}"),
            Err(error) => assert!(info.get(error.span.clone()).is_some(), "{error:?} of {info:?}"),
        }
    }
});

fn written(fence: &Fence) -> String {
    let attributes = fence.attributes.iter().map(|attribute| match attribute.value {
        Some(value) => format!(",{}=\"{value}\"", attribute.name),
        None => format!(",{}", attribute.name),
    });
    // The one thing that a language may hold besides plain text is a quoted part, which stands as it was written.
    format!("{}{}", fence.language, attributes.collect::<String>())
}
