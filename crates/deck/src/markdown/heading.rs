//! A slide's own heading: its title, and what the braces behind it say.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag};

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    source::Line,
};

/// The first heading of a slide.
#[derive(Debug, Default)]
pub struct Heading {
    /// Its text without markup.
    pub text: String,
    /// Its `#id`.
    pub id: Option<String>,
    /// Its `.classes`.
    pub classes: Vec<String>,
    attributes: Vec<(String, Option<String>)>,
}

impl Heading {
    /// A heading from the parts that open it; its text comes later.
    pub fn new<'a>(
        id: Option<CowStr<'a>>,
        classes: Vec<CowStr<'a>>,
        attributes: Vec<(CowStr<'a>, Option<CowStr<'a>>)>,
    ) -> Self {
        let attribute =
            |(name, value): (CowStr, Option<CowStr>)| (name.into_string(), value.map(CowStr::into_string));
        Self {
            text: String::new(),
            id: id.map(CowStr::into_string),
            classes: classes.into_iter().map(CowStr::into_string).collect(),
            attributes: attributes.into_iter().map(attribute).collect(),
        }
    }

    /// The id of the slide: the heading's own, else its words in lower case, joined by hyphens.
    pub fn slide_id(&self) -> String {
        self.id.clone().unwrap_or_else(|| {
            let lower = self.text.to_lowercase();
            let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.collect::<Vec<_>>().join("-")
        })
    }

    /// Whether it has a class.
    pub fn is(&self, class: &str) -> bool {
        self.classes.iter().any(|other| other == class)
    }

    /// The planned minutes; any other attribute is reported.
    pub fn minutes(&self, line: &Line, diagnostics: &mut Diagnostics) -> Option<f32> {
        let mut minutes = None;
        for (name, value) in &self.attributes {
            let number = value.as_deref().and_then(|value| value.parse::<f32>().ok());
            match (name.as_str(), number) {
                ("minutes", Some(number)) if number > 0.0 => minutes = Some(number),
                ("minutes", _) => {
                    let message = "`minutes` needs a number above zero";
                    diagnostics.push(Diagnostic::new(line, message).at(name));
                }
                _ => diagnostics.push(
                    Diagnostic::new(line, format!("a heading has no attribute `{name}`"))
                        .at(name)
                        .help("write `## Title {#id .class minutes=1.5}`"),
                ),
            }
        }
        minutes
    }
}

/// The event that opens a heading on the page, where id and classes belong to the slide.
pub fn plain(level: HeadingLevel) -> Event<'static> {
    Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() })
}
