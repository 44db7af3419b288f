//! A slide's own heading: its title, and what the braces behind it say.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag};

use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    model::{Here, STAGES},
    source::Line,
};

/// What may stand in the braces besides an id and classes.
const ATTRIBUTES: [&str; 3] = ["minutes", "map", "stage"];

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

    /// Whether braces stand behind its text.
    pub fn has_braces(&self) -> bool {
        self.id.is_some() || !self.classes.is_empty() || !self.attributes.is_empty()
    }

    /// The planned minutes.
    pub fn minutes(&self, line: &Line, diagnostics: &mut Diagnostics) -> Option<f32> {
        let value = self.attribute("minutes")?;
        let minutes = value.and_then(|value| value.parse().ok()).filter(|minutes| *minutes > 0.0);
        if minutes.is_none() {
            diagnostics.push(Diagnostic::new(line, "`minutes` needs a number above zero").at("minutes"));
        }
        minutes
    }

    /// Where in a call the slide is: `{map=xray-id stage=enter}`.
    pub fn here(&self, line: &Line, diagnostics: &mut Diagnostics) -> Option<Here> {
        let (map, stage) = (self.attribute("map"), self.attribute("stage"));
        if map.is_none() && stage.is_none() {
            return None;
        }
        let (Some(Some(xray)), Some(Some(name))) = (map, stage) else {
            let diagnostic = Diagnostic::new(line, "a map needs an X-ray and a stage");
            diagnostics.push(diagnostic.help("write `{map=xray-id stage=enter}`"));
            return None;
        };
        let Some((_, stage)) = STAGES.into_iter().find(|(known, _)| *known == name) else {
            let names = STAGES.map(|(name, _)| name);
            let diagnostic = Diagnostic::new(line, format!("`{name}` is not a stage of a call")).at(name);
            let diagnostic = diagnostic.help(format!("the stages are: {}", names.join(", ")));
            diagnostics.push(diagnostic.suggest(name, names));
            return None;
        };
        Some(Here { xray: xray.to_owned(), stage, place: line.place.clone() })
    }

    /// Reports attributes that no heading has.
    pub fn check(&self, line: &Line, diagnostics: &mut Diagnostics) {
        for (name, _) in self.attributes.iter().filter(|(name, _)| !ATTRIBUTES.contains(&name.as_str())) {
            diagnostics.push(
                Diagnostic::new(line, format!("a heading has no attribute `{name}`"))
                    .at(name)
                    .help("write `## Title {#id .class minutes=1.5}`"),
            );
        }
    }

    /// The value of an attribute, which may be there without one.
    fn attribute(&self, name: &str) -> Option<Option<&str>> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_deref())
    }
}

/// The event that opens a heading on the page, where id and classes belong to the slide.
pub fn plain(level: HeadingLevel) -> Event<'static> {
    Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() })
}
