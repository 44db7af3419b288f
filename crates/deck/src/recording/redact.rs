//! Paths of the author's machine never reach a recording: what begins with one of a few folders gets a name in
//! square brackets instead. This is the one change that is made when writing. It is made to every run before it is
//! compared as well, so that recording and run speak of places in the same words.

use std::path::PathBuf;

use crate::protocol::{Bytes, CellError, CellEvent, Finding};

/// Folders of this machine and what stands for them.
#[derive(Debug, Clone, Default)]
pub struct Redaction(Vec<(Vec<u8>, String)>);

impl Redaction {
    /// Takes folders with their names, e.g. the home with `~`. Of two folders that lie within each other, the inner one
    /// counts. A folder reached through links is known by both of its paths.
    pub fn new(places: impl IntoIterator<Item = (PathBuf, String)>) -> Self {
        let mut folders = Vec::new();
        for (path, name) in places {
            let real = path.canonicalize().unwrap_or_else(|_| path.clone());
            for path in [path, real].into_iter().filter(|path| path.is_absolute() && path.parent().is_some())
            {
                folders
                    .push((path.to_string_lossy().trim_end_matches('/').as_bytes().to_vec(), name.clone()));
            }
        }
        folders.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.len()));
        folders.dedup();
        Self(folders)
    }

    /// The events without this machine's paths.
    pub fn apply(&self, events: Vec<CellEvent>) -> Vec<CellEvent> {
        events.into_iter().map(|event| self.event(event)).collect()
    }

    fn event(&self, event: CellEvent) -> CellEvent {
        match event {
            CellEvent::Stream { fd, data } => CellEvent::Stream { fd, data: Bytes(self.bytes(&data.0)) },
            CellEvent::Display { mime, data } => CellEvent::Display { mime, data: self.text(&data) },
            CellEvent::Error { error } => CellEvent::Error { error: self.error(error) },
            CellEvent::Started | CellEvent::Phase { .. } | CellEvent::Finished { .. } => event,
        }
    }

    fn error(&self, error: CellError) -> CellError {
        match error {
            CellError::Traceback { exception, message, text } => {
                CellError::Traceback { exception, message: self.text(&message), text: self.text(&text) }
            }
            CellError::Crash { signal, code, explanation } => {
                CellError::Crash { signal, code, explanation: self.text(&explanation) }
            }
            CellError::Compile { findings } => {
                let redacted =
                    |finding: Finding| Finding { rendered: self.text(&finding.rendered), ..finding };
                CellError::Compile { findings: findings.into_iter().map(redacted).collect() }
            }
        }
    }

    fn text(&self, text: &str) -> String {
        // Whole paths are replaced by ASCII: what was UTF-8 still is.
        String::from_utf8_lossy(&self.bytes(text.as_bytes())).into_owned()
    }

    fn bytes(&self, bytes: &[u8]) -> Vec<u8> {
        let mut redacted = Vec::with_capacity(bytes.len());
        let mut rest = bytes;
        while let Some(&byte) = rest.first() {
            match self.0.iter().find(|(folder, _)| leads(folder, rest) && !within_path(&redacted)) {
                Some((folder, name)) => {
                    redacted.extend_from_slice(name.as_bytes());
                    rest = &rest[folder.len()..];
                }
                None => {
                    redacted.push(byte);
                    rest = &rest[1..];
                }
            }
        }
        redacted
    }
}

/// Whether `text` begins with the folder, and not with one whose name is only longer.
fn leads(folder: &[u8], text: &[u8]) -> bool {
    text.starts_with(folder) && !text.get(folder.len()).is_some_and(|byte| in_name(*byte))
}

/// Whether a path has begun at the end of `before`, and not with what follows: `/srv` has, `-I` and `file://` have not.
fn within_path(before: &[u8]) -> bool {
    let begin = before.iter().rposition(|byte| !in_name(*byte) && !matches!(byte, b'/' | b'.'));
    let word = &before[begin.map_or(0, |position| position + 1)..];
    word.contains(&b'/') && !word.ends_with(b"//")
}

/// Whether a byte may belong to a file's name next to it. A full stop ends sentences too: it is taken for none.
fn in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Fd;

    fn redaction() -> Redaction {
        let places = [
            ("/home/ada", "~"),
            ("/home/ada/talk", "[project]"),
            ("/home/ada/talk/.venv/lib/python3.13/site-packages", "[site-packages]"),
            ("/", "[never]"),
            ("relative", "[never]"),
        ];
        Redaction::new(places.map(|(path, name)| (PathBuf::from(path), name.to_owned())))
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(redaction().text(text), expected);
    }

    #[test]
    fn the_innermost_folder_counts() {
        check("/home/ada/talk/demo_crate/src", "[project]/demo_crate/src");
        check("'/home/ada/x'", "'~/x'");
        check("/home/ada", "~");
        check("see /home/ada.", "see ~.");
        check("a=/home/ada:/home/ada/talk:", "a=~:[project]:");
        check("-I/home/ada/x file:///home/ada/x", "-I~/x file://~/x");
        check("/home/ada/talk/.venv/lib/python3.13/site-packages/x.py", "[site-packages]/x.py");
    }

    #[test]
    fn a_longer_name_is_another_folder() {
        check("/home/adam /home/ada-x /srv/home/ada", "/home/adam /home/ada-x /srv/home/ada");
        check("/home/ada/talks", "~/talks");
    }

    #[test]
    fn streams_displays_and_errors_lose_their_paths_and_nothing_else() {
        let raw = |path: &str| [path.as_bytes(), b"\xff\0\r"].concat();
        let events = |path: &str| {
            vec![
                CellEvent::Stream { fd: Fd::Stdout, data: Bytes(raw(path)) },
                CellEvent::Display { mime: "text/html".into(), data: format!("<b>{path}</b>") },
                CellEvent::Error {
                    error: CellError::Traceback {
                        exception: "E".into(),
                        message: path.into(),
                        text: format!("File \"{path}\""),
                    },
                },
                CellEvent::Error {
                    error: CellError::Crash { signal: None, code: Some(1), explanation: path.into() },
                },
            ]
        };
        assert_eq!(redaction().apply(events("/home/ada/talk/a.py")), events("[project]/a.py"));
    }
}
