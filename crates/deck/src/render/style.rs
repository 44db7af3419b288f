//! The deck's style inside of a page that stands alone.

use std::collections::BTreeMap;

/// A style sheet as the text of a style element.
///
/// # Errors
/// Its name if it is missing among `assets`.
pub fn within(name: &'static str, assets: &BTreeMap<String, Vec<u8>>) -> Result<String, &'static str> {
    let style = assets.get(name).map(|bytes| String::from_utf8_lossy(bytes)).ok_or(name)?;
    Ok(inert(&style, "</style"))
}

/// A text whose element nothing in it can end: in scripts and styles, an escaped slash in a string is a slash.
pub fn inert(text: &str, end: &str) -> String {
    text.replace(end, &end.replace('/', "\\/"))
}
