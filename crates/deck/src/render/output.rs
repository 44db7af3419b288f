//! A recorded run as HTML: readable without script, in print, and by a screen reader.

use std::borrow::Cow;

use maud::{Markup, html};

use super::{Recorded, frame::frame};
use crate::protocol::{CellError, CellEvent, Fd};

/// The output of a recorded run, labelled.
pub fn output(recorded: &Recorded) -> Markup {
    html! {
        div.output {
            @for part in parts(&recorded.events) {
                @match part {
                    Part::Stream(fd, text) => pre class=(format!("stream {}", stream_class(fd))) { (text) },
                    Part::Error(error) => (self::error(error)),
                    Part::Display(mime, data) => (display(mime, data)),
                }
            }
            p.label { (recorded.label) }
        }
    }
}

enum Part<'a> {
    Stream(Fd, Cow<'a, str>),
    Error(&'a CellError),
    Display(&'a str, &'a str),
}

/// The events that leave something to see, with consecutive pieces of one stream joined.
fn parts(events: &[CellEvent]) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for event in events {
        match event {
            CellEvent::Stream { fd, data } => match parts.last_mut() {
                Some(Part::Stream(last, text)) if last == fd => text.to_mut().push_str(&data.lossy()),
                _ => parts.push(Part::Stream(*fd, data.lossy())),
            },
            CellEvent::Error { error } => parts.push(Part::Error(error)),
            CellEvent::Display { mime, data } => parts.push(Part::Display(mime, data)),
            CellEvent::Started | CellEvent::Finished { .. } => {}
        }
    }
    parts
}

fn stream_class(fd: Fd) -> &'static str {
    match fd {
        Fd::Stdout => "stdout",
        Fd::Stderr => "stderr",
    }
}

fn error(error: &CellError) -> Markup {
    html! {
        @match error {
            CellError::Traceback { text, .. } => pre.traceback { (text) },
            CellError::Crash { explanation, .. } => p.crash { (explanation) },
        }
    }
}

/// A picture is shown as one: in that place browsers run no script of an SVG and load nothing for it. HTML stands in a frame of
/// its own. The deck's own messages show nothing.
fn display(mime: &str, data: &str) -> Markup {
    html! {
        @match mime {
            "image/svg+xml" => { img alt="A picture drawn by the cell" src=(format!("data:{mime};utf8,{}", encoded(data))); },
            "image/png" => { img alt="A picture drawn by the cell" src=(format!("data:{mime};base64,{data}")); },
            "text/html" => (frame(data)),
            "text/plain" => pre.stream.stdout { (data) },
            _ => {},
        }
    }
}

/// Text as part of a data address.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => (byte as char).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
