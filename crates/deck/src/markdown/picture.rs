//! Pictures on slides: files of the project, taken along to the site.

use std::path::{Path, PathBuf};

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    diagnostic::Diagnostic,
    site::media_type,
    source::{Files, Line, resolve},
};

/// The file that a picture's address names, from the project's folder.
///
/// # Errors
/// If it is no file of the project: the talk must work without a network.
pub fn picture(url: &str, line: &Line, files: &dyn Files) -> Result<PathBuf, Diagnostic> {
    let fault = |message: String| Diagnostic::new(line, message).at(url);
    if url.contains("://") {
        let fault = fault("an image must be a file of the project".into());
        return Err(fault.help("the talk must work without a network"));
    }
    let path =
        resolve(&line.place.file, url).ok_or_else(|| fault("this path leads out of the project".into()))?;
    if files.exists(&path) { Ok(path) } else { Err(fault(format!("{} does not exist", path.display()))) }
}

/// A picture as an address that holds it, for pages that take no files along.
///
/// # Errors
/// If it is no file of the project, or cannot be read.
pub fn embedded(url: &str, line: &Line, files: &dyn Files) -> Result<String, Diagnostic> {
    let path = picture(url, line, files)?;
    let bytes = files.bytes(&path).map_err(|error| {
        Diagnostic::new(line, format!("{} cannot be read: {error}", path.display())).at(url)
    })?;
    Ok(format!("data:{};base64,{}", media_type(&path.to_string_lossy()), STANDARD.encode(bytes)))
}

/// Where a picture of the project lies on the site.
pub fn picture_address(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    format!("images/{}", parts.join("/"))
}
