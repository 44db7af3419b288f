//! A run as one text: what two runs are compared by, and what a difference shows.

use crate::{
    model::Compare,
    protocol::{Bytes, CellError, CellEvent, Fd, Status},
};

use super::{
    assertions::{NamedValue, RELATION, Relation, VALUE},
    normalise::normalise_compiler,
};

/// A run in sections: the whole of standard output, the whole of standard error (their order among each other is not
/// promised), then displays, the error and the status. Durations are no part of it. Named numbers are measurements: only
/// [`Compare::Exact`] writes them out, otherwise name and unit stand alone.
pub fn transcript(events: &[CellEvent], compare: Compare) -> String {
    let mut text = String::new();
    for (fd, title) in [(Fd::Stdout, "stdout"), (Fd::Stderr, "stderr")] {
        let written: Vec<u8> = events.iter().flat_map(|event| written(event, fd)).copied().collect();
        if !written.is_empty() {
            section(&mut text, title, &visible(&written));
        }
    }
    for event in events {
        match event {
            CellEvent::Started
            | CellEvent::Stream { .. }
            | CellEvent::Phase { .. }
            | CellEvent::Overdue { .. } => {}
            CellEvent::Display { mime, data } => display(&mut text, mime, data, compare),
            CellEvent::Error { error: CellError::Traceback { text: traceback, .. } } => {
                section(&mut text, "traceback", &visible(traceback.as_bytes()));
            }
            CellEvent::Error { error: error @ CellError::Compile { .. } } => {
                let said = match compare {
                    Compare::Exact => error.text(),
                    Compare::Text | Compare::Relation => normalise_compiler(&error.text()).into(),
                };
                section(&mut text, "does not compile", &visible(said.as_bytes()));
            }
            CellEvent::Error { error: CellError::Crash { signal, code, explanation } } => {
                let ended = match (signal, code) {
                    (Some(signal), _) => format!("crash by signal {signal}"),
                    (None, Some(code)) => format!("crash with exit code {code}"),
                    (None, None) => "crash".to_owned(),
                };
                section(&mut text, &ended, &visible(explanation.as_bytes()));
            }
            CellEvent::Finished { status, limits, .. } => {
                let met = limits.iter().map(|limit| format!(", {limit}")).collect::<String>();
                text.push_str(&format!("[{}{met}]\n", ended(*status)));
            }
        }
    }
    text
}

fn written(event: &CellEvent, wanted: Fd) -> &[u8] {
    match event {
        CellEvent::Stream { fd, data: Bytes(bytes) } if *fd == wanted => bytes,
        _ => &[],
    }
}

fn display(text: &mut String, mime: &str, data: &str, compare: Compare) {
    let line = match mime {
        VALUE => serde_json::from_str(data).ok().map(|value| value_line(&value, compare)),
        RELATION => serde_json::from_str(data).ok().map(|Relation { text, holds }| {
            format!("[relation] {text}: {}", if holds { "holds" } else { "does not hold" })
        }),
        _ => None,
    };
    match line {
        Some(line) => text.push_str(&(line + "\n")),
        None => section(text, &format!("display {mime}"), &visible(data.as_bytes())),
    }
}

fn value_line(NamedValue { name, number, unit }: &NamedValue, compare: Compare) -> String {
    match compare {
        Compare::Exact => format!("[value] {name} = {number} {unit}"),
        Compare::Text | Compare::Relation => format!("[value] {name} in {unit}"),
    }
}

fn section(text: &mut String, title: &str, body: &str) {
    let end = if body.ends_with('\n') { "" } else { "\n[no line end]\n" };
    text.push_str(&format!("[{title}]\n{body}{end}"));
}

fn ended(status: Status) -> &'static str {
    match status {
        Status::Ok => "ended without an error",
        Status::Error => "ended with an error",
        Status::Stopped => "was stopped",
        Status::Crashed => "crashed",
    }
}

/// Text that a terminal can show: control characters and what is not UTF-8 become their numbers. Different bytes stay
/// different.
fn visible(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\n' | '\t' => text.push(c),
                c if c.is_control() => text.push_str(&format!("⟨U+{:04X}⟩", u32::from(c))),
                c => text.push(c),
            }
        }
        text.extend(chunk.invalid().iter().map(|byte| format!("⟨{byte:02X}⟩")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Limit;

    #[track_caller]
    fn check(events: &[CellEvent], compare: Compare, expected: &str) {
        assert_eq!(transcript(events, compare), expected);
    }

    fn stream(fd: Fd, bytes: &[u8]) -> CellEvent {
        CellEvent::Stream { fd, data: Bytes(bytes.to_vec()) }
    }

    #[test]
    fn streams_are_joined_whatever_pieces_they_came_in() {
        let events = [stream(Fd::Stdout, b"a"), stream(Fd::Stderr, b"x\n"), stream(Fd::Stdout, b"b\n")];
        check(&events, Compare::Text, "[stdout]\nab\n[stderr]\nx\n");
    }

    #[test]
    fn what_no_terminal_shows_is_made_visible() {
        check(
            &[stream(Fd::Stdout, b"\x1b[1m\r\0\xff\t.")],
            Compare::Text,
            "[stdout]\n⟨U+001B⟩[1m⟨U+000D⟩⟨U+0000⟩⟨FF⟩\t.\n[no line end]\n",
        );
    }

    #[test]
    fn only_an_exact_cell_compares_its_numbers() {
        let value = CellEvent::Display {
            mime: VALUE.into(),
            data: r#"{"name": "ratio", "number": 2.87, "unit": "x"}"#.into(),
        };
        check(std::slice::from_ref(&value), Compare::Text, "[value] ratio in x\n");
        check(&[value], Compare::Exact, "[value] ratio = 2.87 x\n");
    }

    #[test]
    fn the_end_tells_status_and_limits_but_no_duration() {
        let events = [
            CellEvent::Display { mime: RELATION.into(), data: r#"{"text": "a < b", "holds": true}"#.into() },
            CellEvent::Display { mime: "text/html".into(), data: "<b>".into() },
            CellEvent::Error {
                error: CellError::Crash { signal: Some(11), code: None, explanation: "It died.".into() },
            },
            CellEvent::Finished {
                status: Status::Crashed,
                seconds: 1.0,
                limits: vec![Limit::Memory { bytes: 7 }],
            },
        ];
        let expected = "[relation] a < b: holds\n[display text/html]\n<b>\n[no line end]\n\
             [crash by signal 11]\nIt died.\n[no line end]\n[crashed, memory limit of 7 bytes reached]\n";
        check(&events, Compare::Relation, expected);
    }
}
