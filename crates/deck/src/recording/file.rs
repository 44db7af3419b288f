//! The file of a recording: TOML, so that a reviewer reads the output in `git diff` as the audience would see it.
//! Output is text where it is UTF-8 (other control characters than line ends are escaped) and base64 where it is not;
//! either way it comes back to the byte.

use std::path::Path;

use super::{Recording, SCHEMA};
use crate::{
    diagnostic::Diagnostic,
    model::Location,
    source::{Line, lines_of},
};

const HEADER: &str =
    "# Written by `deck record`. `git diff` reviews it, `deck verify` compares it with a new run.\n";

impl Recording {
    /// The file's text.
    ///
    /// # Errors
    /// Where the events hold what TOML cannot say, such as a limit beyond 63 bits.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        Ok(HEADER.to_owned() + &toml::to_string_pretty(self)?)
    }

    /// Reads a file's text; `file` is its path from the project's folder.
    ///
    /// # Errors
    /// Where it is no recording of this format.
    pub fn from_toml(file: &Path, text: &str) -> Result<Self, Diagnostic> {
        let recording: Self = toml::from_str(text).map_err(|error| unreadable(file, text, &error))?;
        if recording.schema == SCHEMA {
            return Ok(recording);
        }
        let found = format!("schema = {}", recording.schema);
        let line = lines_of(file, text).into_iter().find(|line| line.text == found);
        let line =
            line.unwrap_or_else(|| Line { text: found, place: Location { file: file.into(), line: 1 } });
        let message =
            format!("this recording has format {}, but this `deck` reads format {SCHEMA}", recording.schema);
        Err(Diagnostic::new(&line, message).help("delete the file and run `deck record`"))
    }
}

fn unreadable(file: &Path, text: &str, error: &toml::de::Error) -> Diagnostic {
    let offset = error.span().map_or(0, |span| span.start).min(text.len());
    let number = text.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count();
    let line = lines_of(file, text).into_iter().nth(number);
    let line =
        line.unwrap_or_else(|| Line { text: String::new(), place: Location { file: file.into(), line: 1 } });
    let message = format!("this recording cannot be read: {}", error.message().trim_end_matches('.'));
    Diagnostic::new(&line, message).help("restore the file, or delete it and run `deck record`")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        protocol::{Bytes, CellError, CellEvent, Fd, Limit, Status},
        recording::fingerprint::tests::fingerprint,
    };

    fn recording(events: Vec<CellEvent>) -> Recording {
        Recording::new("first-call".into(), "3f".repeat(32), fingerprint("3.13.0"), events)
    }

    #[track_caller]
    fn survives(events: Vec<CellEvent>) {
        let recording = recording(events);
        let text = recording.to_toml().unwrap();
        let read = Recording::from_toml(Path::new("a.toml"), &text).unwrap_or_else(|error| {
            panic!("{}\n{text}", error.render(false));
        });
        assert_eq!(read, recording, "{text}");
    }

    fn bytes(fd: Fd, bytes: &[u8]) -> CellEvent {
        CellEvent::Stream { fd, data: Bytes(bytes.to_vec()) }
    }

    fn sample() -> Vec<CellEvent> {
        let traceback =
            "Traceback (most recent call last):\n  File \"<boom>\", line 1, in <module>\nValueError: 'no'\n";
        vec![
            CellEvent::Started,
            bytes(Fd::Stdout, b"41 \n  \"quoted\" \\ and 'single'\n"),
            bytes(Fd::Stderr, b"thread '<unnamed>' (71) panicked at src/errors.rs:9:5:\nno\n"),
            CellEvent::Display {
                mime: super::super::VALUE.into(),
                data: r#"{"name": "n", "number": 2.87, "unit": "x"}"#.into(),
            },
            bytes(Fd::Stdout, b"\xff\xfe raw"),
            CellEvent::Error {
                error: CellError::Traceback {
                    exception: "ValueError".into(),
                    message: "'no'".into(),
                    text: traceback.into(),
                },
            },
            CellEvent::Finished {
                status: Status::Error,
                seconds: 0.0123,
                limits: vec![Limit::Output { bytes: 1 << 20 }, Limit::Time { seconds: 30.0 }],
            },
        ]
    }

    #[test]
    fn a_reviewer_reads_the_output_as_it_was() {
        insta::assert_snapshot!(recording(sample()).to_toml().unwrap());
    }

    #[test]
    fn everything_comes_back_to_the_byte() {
        survives(sample());
        for tricky in [
            "\r",
            "a\r\nb",
            "\0",
            "\x1b[1m",
            "trailing  \n\n \n",
            "\"\"\"",
            "'''",
            "\\u0041",
            "\n",
            "",
            "\u{feff}",
            "\u{7f}\u{85}",
        ] {
            survives(vec![bytes(Fd::Stdout, tricky.as_bytes())]);
            survives(vec![CellEvent::Display { mime: "text/html".into(), data: tricky.into() }]);
        }
        let crash = CellError::Crash { signal: Some(11), code: None, explanation: "It died.".into() };
        survives(vec![CellEvent::Error { error: crash }]);
    }

    proptest! {
        #[test]
        fn any_bytes_come_back(data in proptest::collection::vec(any::<u8>(), 0..60)) {
            survives(vec![bytes(Fd::Stdout, &data), CellEvent::Started, bytes(Fd::Stderr, &data)]);
        }

        #[test]
        fn any_text_comes_back(text in "[\\PC\\n\\r\\t\\x00\\x1b \"'\\\\]{0,60}") {
            survives(vec![bytes(Fd::Stdout, text.as_bytes())]);
        }
    }

    #[track_caller]
    fn check(text: &str, line: u32, message: &str) {
        let error = Recording::from_toml(Path::new("slides/recordings/a.toml"), text).unwrap_err();
        assert_eq!((error.place.line, error.message.as_str()), (line, message));
    }

    #[test]
    fn what_is_no_recording_is_an_error_with_its_line() {
        check("schema = 1\ncell = [", 2, "this recording cannot be read: unclosed array, expected `]`");
        let text = recording(Vec::new()).to_toml().unwrap();
        let other = text.replace("schema = 1", "schema = 7");
        check(&other, 2, "this recording has format 7, but this `deck` reads format 1");
        let unknown = text.replace("cell =", "sell =");
        check(
            &unknown,
            3,
            "this recording cannot be read: unknown field `sell`, expected one of `schema`, `cell`, `source`, `fingerprint`, `event`",
        );
    }
}
