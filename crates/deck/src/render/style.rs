//! The deck's style inside of a page that stands alone.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};

/// A style sheet with its typefaces in it.
///
/// # Errors
/// Its name if it is missing among `assets`.
pub fn whole(name: &'static str, assets: &BTreeMap<String, Vec<u8>>) -> Result<String, &'static str> {
    let style = assets.get(name).map(|bytes| String::from_utf8_lossy(bytes)).ok_or(name)?;
    let fonts = assets.iter().filter(|(name, _)| name.ends_with(".woff2"));
    let style = fonts.fold(style.into_owned(), |style, (name, bytes)| {
        style.replace(&format!("./{name}"), &format!("data:font/woff2;base64,{}", STANDARD.encode(bytes)))
    });
    Ok(inert(&style, "</style"))
}

/// A text whose element nothing in it can end: in scripts and styles, an escaped slash in a string is a slash.
pub fn inert(text: &str, end: &str) -> String {
    text.replace(end, &end.replace('/', "\\/"))
}
