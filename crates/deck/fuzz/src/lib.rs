//! What has to hold whatever is read. A target calls these with what libFuzzer makes up; what does not hold is a panic.

use std::{collections::BTreeMap, fmt::Debug};

use deck::{diagnostic::Diagnostic, source::Line};
use serde::{Serialize, de::DeserializeOwned};

/// Files by their path from the project's folder.
pub type Texts<'a> = BTreeMap<&'a str, &'a str>;

/// An error names a line that is there and bytes of it, and can be shown.
pub fn is_placed(diagnostic: &Diagnostic, files: &Texts) {
    let Diagnostic { place, excerpt, span, message, .. } = diagnostic;
    let file = place.file.to_str().unwrap();
    let lines = files.get(file).map_or(0, |text| text.lines().count());
    // An empty file has its error in line 1.
    assert!(
        (1..=lines.max(1)).contains(&(place.line as usize)),
        "{file}:{} of {lines}: {message}",
        place.line
    );
    assert!(excerpt.get(span.clone()).is_some(), "{span:?} of {excerpt:?}: {message}");
    assert!(!message.trim().is_empty());
    // Not by its message: what a terminal would obey is shown as something else.
    assert!(diagnostic.render(false).contains(file));
    diagnostic.render(true);
}

/// A line says truly where it was written.
pub fn is_from(line: &Line, files: &Texts) {
    let written = files[line.place.file.to_str().unwrap()].lines().nth(line.place.line as usize - 1);
    let written = written.expect("the line is there");
    assert!(written.contains(&line.text), "{:?} is no part of {written:?}", line.text);
}

/// What can be read can be written, and reads the same again. Returns it.
pub fn survives<T: Serialize + DeserializeOwned + PartialEq + Debug>(text: &str) -> Option<T> {
    let read: T = serde_json::from_str(text).ok()?;
    let written = serde_json::to_string(&read).expect("what was read can be written");
    let again: T = serde_json::from_str(&written).expect("what was written can be read");
    assert_eq!(read, again, "{written}");
    Some(read)
}
