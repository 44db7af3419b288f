//! The values of a fence's attributes: how each is written, and what is said where it is not.

use super::fence::RawAttribute;
use crate::{
    diagnostic::Diagnostic,
    model::{Compare, TracedBuild},
    source::Line,
};

/// What is wrong with an attribute.
pub struct Fault {
    message: String,
    help: Help,
}

enum Help {
    Text(String),
    Nearest,
}

impl Fault {
    /// A fault with the next step.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: Help::Text(help.into()) }
    }

    /// An attribute that does not exist.
    pub fn unknown(raw: &RawAttribute) -> Self {
        Self { message: format!("there is no attribute `{}`", raw.name), help: Help::Nearest }
    }

    /// The fault as an error on its fence; `names` are those of all attributes.
    pub fn on(self, raw: &RawAttribute, line: &Line, names: &[&str]) -> Diagnostic {
        let diagnostic = Diagnostic::new(line, self.message).at(raw.name);
        match self.help {
            Help::Text(help) => diagnostic.help(help),
            Help::Nearest => diagnostic.suggest(raw.name, names.iter().copied()),
        }
    }
}

/// Which execution of the bytecode is traced.
pub fn execution(value: &str) -> Result<u32, Fault> {
    match value.parse() {
        Ok(number @ 1..=1000) => Ok(number),
        _ => Err(Fault::new(format!("`{value}` is not an execution from 1 to 1000"), "write e.g. `warm=16`")),
    }
}

/// A build of the extension.
pub fn build(value: &str) -> Result<TracedBuild, Fault> {
    let builds = [TracedBuild::Dev, TracedBuild::Lto];
    builds.into_iter().find(|build| build.profile() == Some(value)).ok_or_else(|| {
        Fault::new(
            format!("`{value}` is not a build that can be traced"),
            "write `dev` or `lto`; without it, the installed build is traced",
        )
    })
}

/// A second build, which is imported beside the installed one.
pub fn second_build(value: &str) -> Result<String, Fault> {
    match value {
        "dev" => Ok(value.to_owned()),
        _ => Err(Fault::new(
            format!("`{value}` is not a build that can stand beside the installed one"),
            "write `build=dev`",
        )),
    }
}

/// Why a cell cannot run in the reader's browser.
pub fn browser_refusal(value: &str) -> Result<String, Fault> {
    let reason = value.strip_prefix("no:").map(str::trim).filter(|reason| !reason.is_empty());
    reason.map(str::to_owned).ok_or_else(|| {
        Fault::new(
            format!("`{}` does not say why the cell cannot run in a browser", value.trim()),
            r#"write the reason as a sentence for the reader: `browser="no: It needs …"`; leave it out where it can"#,
        )
    })
}

/// Names joined by `>` with blanks around it: names themselves can hold one.
pub fn ordered(value: &str) -> Result<Vec<String>, Fault> {
    let words: Vec<_> = value.split_whitespace().collect();
    let names: Vec<_> = words.split(|word| *word == ">").map(|words| words.join(" ")).collect();
    patterns(names.iter().map(String::as_str))
}

/// Names of functions or bytecodes, as patterns.
pub fn patterns<'a>(names: impl Iterator<Item = &'a str>) -> Result<Vec<String>, Fault> {
    let names: Vec<_> = names.map(|name| name.trim().to_owned()).collect();
    match names.iter().all(|name| !name.is_empty() && !name.split('|').any(|part| part.trim().is_empty())) {
        true => Ok(names),
        false => Err(Fault::new(
            "a name is missing in this claim",
            "write e.g. `PyObject_Vectorcall > *fastcall*`",
        )),
    }
}

/// A kind of comparison.
pub fn compare(value: &str) -> Result<Compare, Fault> {
    match value {
        "text" => Ok(Compare::Text),
        "exact" => Ok(Compare::Exact),
        "relation" => Ok(Compare::Relation),
        _ => Err(Fault::new(
            format!("`{value}` is not a kind of comparison"),
            "write `text`, `exact` or `relation`",
        )),
    }
}

/// An id.
pub fn kebab(id: &str) -> Result<&str, Fault> {
    let part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if id.starts_with(|c: char| c.is_ascii_lowercase()) && id.split('-').all(part) {
        return Ok(id);
    }
    Err(Fault::new(
        format!("`{id}` is not a cell id"),
        "ids are lower-case words joined by hyphens, e.g. `first-call`",
    ))
}

/// A number above zero.
pub fn number(value: &str) -> Result<f64, Fault> {
    match value.parse::<f64>() {
        Ok(number) if number.is_finite() && number > 0.0 => Ok(number),
        _ => Err(Fault::new(format!("`{value}` is not a number above zero"), "write e.g. `30`")),
    }
}

/// A whole number above zero.
pub fn count(value: &str) -> Result<u32, Fault> {
    match value.parse() {
        Ok(number @ 1..) => Ok(number),
        _ => Err(Fault::new(format!("`{value}` is not a whole number above zero"), "write e.g. `16`")),
    }
}
