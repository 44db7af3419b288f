//! A recorded run as HTML: readable without script, in print, and by a screen reader.

use std::borrow::Cow;

use maud::{Markup, html};

use super::{frame::frame, ingredients::Recorded, panic::error_output, rustc};
use crate::protocol::{CellError, CellEvent, Fd};

/// The output of a recorded run, labelled. `page` tells the address of a line of a file, if the site has a page for it.
pub fn output(recorded: &Recorded, page: &dyn Fn(&str, u32) -> Option<String>) -> Markup {
    html! {
        div.output {
            @for part in parts(&recorded.events) {
                @match part {
                    Part::Stream(Fd::Stdout, text) => pre.stream.stdout { (text) },
                    Part::Stream(Fd::Stderr, text) => (error_output(&text, page)),
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
            CellEvent::Started
            | CellEvent::Phase { .. }
            | CellEvent::Overdue { .. }
            | CellEvent::Finished { .. } => {}
        }
    }
    parts
}

fn error(error: &CellError) -> Markup {
    html! {
        @match error {
            CellError::Traceback { text, .. } => pre.traceback { (text) },
            CellError::Crash { explanation, .. } => p.crash { (explanation) },
            CellError::Compile { .. } => (rustc::rendering(&error.text())),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Finding;

    #[test]
    fn output_of_every_kind_is_text() {
        const MARKUP: &str = "<img src=x onerror=go()></pre>'\"><script>go()</script>";
        let stream = |fd| CellEvent::Stream { fd, data: MARKUP.into() };
        let display = |mime: &str| CellEvent::Display { mime: mime.to_owned(), data: MARKUP.to_owned() };
        let error = |error| CellEvent::Error { error };
        let panic =
            format!("\nthread '{MARKUP}' (1) panicked at {MARKUP}.rs:1:2:\n{MARKUP}\nnote: {MARKUP}\n");
        let rendered = format!(
            "error[{MARKUP}]: {MARKUP}\n --> {MARKUP}.rs:1:2\n  |\n1 | {MARKUP}\n  | ^^ {MARKUP}\n  |\nhelp: {MARKUP}\n1 ~ {MARKUP}\n"
        );
        let finding = serde_json::json!({ "level": "error", "code": MARKUP, "message": MARKUP, "spots": [],
            "rendered": rendered, "fixes": [] });
        let finding: Finding = serde_json::from_value(finding).unwrap();
        let owned = || MARKUP.to_owned();
        let kinds = [
            stream(Fd::Stdout),
            stream(Fd::Stderr),
            CellEvent::Stream { fd: Fd::Stderr, data: panic.as_str().into() },
            error(CellError::Traceback { exception: owned(), message: owned(), text: owned() }),
            error(CellError::Crash { signal: None, code: None, explanation: owned() }),
            error(CellError::Compile { findings: vec![finding] }),
            display("text/plain"),
            display("text/html"),
            display("image/svg+xml"),
            display("image/png"),
            display(MARKUP),
        ];
        for kind in kinds {
            let recorded = Recorded { label: owned(), events: vec![kind.clone()] };
            let page = output(&recorded, &|_, _| None).into_string();
            assert!(!page.contains("<img src=x") && !page.contains("<script"), "{kind:?}: {page}");
            // Every quote inside of an attribute is written as an entity: the elements are as many as their ends.
            assert_eq!(page.matches("<pre").count(), page.matches("</pre>").count(), "{page}");
        }
    }
}
