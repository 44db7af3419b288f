//! A hazard as data: what a cell does, and what the audience must see of it.

use deck::protocol::{Command, Status};

use crate::talk::{LIBRARY, Talk};

/// What a cell does. It is stopped if it does not end by itself.
pub struct Hazard {
    source: String,
    attributes: &'static str,
    /// It prints `ready` and then goes on for ever.
    is_stopped: bool,
    is_bare: bool,
    ends: Status,
    shows: &'static [&'static str],
}

impl Hazard {
    /// A cell that ends by itself, well. `LIBRARY` in its source stands for the path of the native hazards.
    pub fn new(source: &str) -> Self {
        let source = source.to_owned();
        Self { source, attributes: "", is_stopped: false, is_bare: false, ends: Status::Ok, shows: &[] }
    }

    /// With these attributes of its fence.
    pub fn limited(self, attributes: &'static str) -> Self {
        Self { attributes, ..self }
    }

    /// Where nobody may make namespaces.
    pub fn bare(self) -> Self {
        Self { is_bare: true, ..self }
    }

    /// Stop is pressed when it has printed `ready`.
    pub fn stopped(self) -> Self {
        Self { is_stopped: true, ends: Status::Stopped, ..self }
    }

    /// It is stopped, though nobody presses anything.
    pub fn ends_stopped(self) -> Self {
        Self { ends: Status::Stopped, ..self }
    }

    /// It raises what it does not catch.
    pub fn raises(self) -> Self {
        Self { ends: Status::Error, ..self }
    }

    /// Its process ends.
    pub fn crashes(self) -> Self {
        Self { ends: Status::Crashed, ..self }
    }

    /// The audience sees all of these.
    pub fn shows(self, shows: &'static [&'static str]) -> Self {
        Self { shows, ..self }
    }

    /// Asserts that it ends as it must, that what it shows explains it, and that the talk goes on.
    pub async fn check(self) {
        let library = LIBRARY.display().to_string();
        let attributes =
            format!("id=hazard{}{}", if self.attributes.is_empty() { "" } else { "," }, self.attributes);
        // Whatever it starts has this file open from then on, and is known by it wherever it goes.
        let mark = tempfile::NamedTempFile::new().unwrap().into_temp_path();
        let open = "__import__('os').set_inheritable(__import__('os').open('MARK', 0), True)\n";
        let open = open.replace("MARK", mark.to_str().unwrap());
        let source = open + &self.source.replace("LIBRARY", &library);
        let cells = [(attributes.as_str(), source.as_str())];
        let mut talk = match self.is_bare {
            false => Talk::with(&cells).await,
            true => match Talk::without_namespaces(&cells).await {
                Some(talk) => talk,
                None => return,
            },
        };
        talk.browser.ask("hazard").await;
        talk.browser.until_queued("hazard").await;
        if self.is_stopped {
            talk.until_printed("hazard", "ready").await;
            talk.browser.send(Command::Stop).await;
        }
        let status = talk.browser.end_of("hazard").await;
        let shown = talk.shown("hazard");
        assert_eq!(status, self.ends, "{shown}");
        for text in self.shows {
            assert!(shown.contains(text), "expected to see `{text}` in:\n{shown}");
        }
        talk.goes_on().await;
        talk.holds_alone(&mark);
    }
}
