//! The file of a recorded trace: JSON, with one function, node, bytecode, stage or object to a line, so that `git diff`
//! shows what changed, and ten runs of the path.

use std::{
    io::{self, Write},
    path::Path,
};

use native_trace::Trace;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::TraceRecording;
use crate::{
    diagnostic::Diagnostic,
    model::Location,
    source::{Line, lines_of},
};

/// Version of the format. A change that old files do not survive raises it.
pub const SCHEMA: u32 = 1;

/// Containers that are broken into lines, counted from the outside: the recording, the trace, the trace's lists.
const BROKEN: usize = 3;
/// Runs of the path on one line.
const RUNS: usize = 10;

impl TraceRecording {
    /// The file's text.
    ///
    /// # Errors
    /// None that these types can bring about; they are serde's.
    pub fn to_json(&self) -> io::Result<String> {
        let mut text = Vec::new();
        self.serialize(&mut Serializer::with_formatter(&mut text, Lines::default()))?;
        text.push(b'\n');
        String::from_utf8(text).map_err(io::Error::other)
    }

    /// Reads a file's text; `file` is its path from the project's folder.
    ///
    /// # Errors
    /// Where it is no recorded trace of this format.
    pub fn from_json(file: &Path, text: &str) -> Result<Self, Diagnostic> {
        let recording: Self = serde_json::from_str(text).map_err(|error| {
            let line = line(file, text, error.line());
            let message = format!("this recorded trace cannot be read: {error}");
            Diagnostic::new(&line, message).help("restore the file, or delete it and run `deck record`")
        })?;
        let versions = [
            ("this file", recording.schema, SCHEMA),
            ("its trace", recording.trace.schema, native_trace::SCHEMA),
        ];
        for (what, found, expected) in versions {
            if found != expected {
                let message = format!("{what} has format {found}, but this `deck` reads format {expected}");
                return Err(Diagnostic::new(&line(file, text, 1), message)
                    .help("delete the file and run `deck record`"));
            }
        }
        if !is_countable(&recording.trace) {
            let message = "its path has more instructions than can be counted";
            return Err(Diagnostic::new(&line(file, text, 1), message)
                .help("restore the file, or delete it and run `deck record`"));
        }
        Ok(recording)
    }
}

/// Whether sums over a trace fit: no tracer writes one where they do not.
fn is_countable(trace: &Trace) -> bool {
    let path = trace.path.iter().try_fold(0_u32, |sum, run| sum.checked_add(run.instructions));
    let stages = trace.stages.iter().try_fold(0_u32, |sum, span| sum.checked_add(span.instructions));
    path.is_some() && stages.is_some()
}

/// A line of the file, from 1; where a text ends too early, the reader names the line after its last.
fn line(file: &Path, text: &str, number: usize) -> Line {
    let number = number.clamp(1, text.lines().count().max(1));
    let place = Location { file: file.into(), line: u32::try_from(number).unwrap_or(u32::MAX) };
    lines_of(file, text).into_iter().nth(number - 1).unwrap_or(Line { text: String::new(), place })
}

/// Breaks the outer containers into lines.
#[derive(Default)]
struct Lines {
    depth: usize,
    /// Nothing has been written into the innermost container.
    is_empty: bool,
    /// The container of the innermost broken level is a list, whose elements stand on lines of their own.
    in_list: bool,
    /// Elements so far of the list of runs.
    runs: usize,
}

impl Lines {
    fn open(&mut self, out: &mut (impl Write + ?Sized), bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.is_empty = true;
        if self.depth == BROKEN {
            (self.in_list, self.runs) = (bracket == b"[", 0);
        }
        out.write_all(bracket)
    }

    fn close(&mut self, out: &mut (impl Write + ?Sized), bracket: &[u8]) -> io::Result<()> {
        if self.depth <= BROKEN && !self.is_empty {
            out.write_all(b"\n")?;
        }
        self.depth -= 1;
        self.is_empty = false;
        out.write_all(bracket)
    }

    fn separate(&mut self, out: &mut (impl Write + ?Sized), first: bool) -> io::Result<()> {
        self.is_empty = false;
        if first { Ok(()) } else { out.write_all(b",") }
    }
}

impl Formatter for Lines {
    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        if self.depth == BROKEN && self.in_list {
            out.write_all(b"\n")?;
        }
        self.open(out, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.separate(out, first)?;
        if self.depth <= BROKEN { out.write_all(b"\n") } else { Ok(()) }
    }

    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        if self.depth == BROKEN && self.in_list {
            if self.runs.is_multiple_of(RUNS) {
                out.write_all(b"\n")?;
            }
            self.runs += 1;
        }
        self.open(out, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.separate(out, first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xray::fixture::recording;

    #[test]
    fn a_reviewer_sees_one_thing_on_a_line() {
        insta::assert_snapshot!(recording().to_json().unwrap());
    }

    #[test]
    fn everything_comes_back() {
        let recording = recording();
        let text = recording.to_json().unwrap();
        assert_eq!(TraceRecording::from_json(Path::new("a"), &text).unwrap(), recording);
        let mut bare = recording;
        (bare.trace.objects, bare.trace.opcodes, bare.trace.path) = (Vec::new(), Vec::new(), Vec::new());
        let text = bare.to_json().unwrap();
        assert_eq!(TraceRecording::from_json(Path::new("a"), &text).unwrap(), bare, "{text}");
    }

    #[test]
    fn a_text_that_ends_too_early_has_its_error_in_its_last_line() {
        for (text, line) in [("{\n\"schema\":\n", 2), ("{\n", 1), ("", 1)] {
            assert_eq!(
                TraceRecording::from_json(Path::new("a"), text).unwrap_err().place.line,
                line,
                "{text:?}"
            );
        }
    }

    #[test]
    fn more_instructions_than_can_be_counted_are_an_error() {
        let mut long = recording();
        long.trace.path.extend([native_trace::Run { node: 0, instructions: u32::MAX, line: None }]);
        let error = TraceRecording::from_json(Path::new("a"), &long.to_json().unwrap()).unwrap_err();
        assert_eq!(error.message, "its path has more instructions than can be counted");
    }

    #[track_caller]
    fn check(change: (&str, &str), line: u32, message: &str) {
        let text = recording().to_json().unwrap().replacen(change.0, change.1, 1);
        let error = TraceRecording::from_json(Path::new("a.trace.json"), &text).unwrap_err();
        assert_eq!((error.place.line, error.message.as_str()), (line, message));
    }

    #[test]
    fn what_is_no_recorded_trace_is_an_error_with_its_line() {
        check(("\"schema\":1", "\"schema\":7"), 1, "this file has format 7, but this `deck` reads format 1");
        let message = "this recorded trace cannot be read: unknown field `sauce`, expected one of `schema`, `xray`, \
                       `source`, `fingerprint`, `trace` at line 4 column 7";
        check(("\"source\"", "\"sauce\""), 4, message);
        let message =
            "this recorded trace cannot be read: a run is [node, instructions] or [node, instructions, line]";
        let text = recording().to_json().unwrap().replace("[3,2,10]", "[3]");
        let error = TraceRecording::from_json(Path::new("a"), &text).unwrap_err();
        assert!(error.message.starts_with(message), "{}", error.message);
    }
}
