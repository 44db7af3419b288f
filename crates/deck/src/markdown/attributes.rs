//! The attributes of a code fence: which exist, and what a fence that carries them is.

use super::fence::{Fence, RawAttribute};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    model::{Compare, Limits},
    source::Line,
};

/// One attribute, as the author's guide lists it.
#[derive(Debug)]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// What its value is; nothing for a bare word.
    pub value: Option<&'static str>,
    /// Whether it needs `live` beside it.
    pub cell: bool,
    /// What it does.
    pub meaning: &'static str,
}

/// Every attribute there is.
pub const ATTRIBUTES: [Attribute; 13] = [
    bare("live", false, "the code can be run; needs an `id`"),
    valued("id", "kebab-case", true, "the cell's name, unique in the deck"),
    bare("setup", true, "prepares the interpreter for every cell of the chapter"),
    valued("needs", "ids", true, "cells that must run before this one"),
    bare("manual", true, "`Next` does not run it"),
    bare("expect-error", true, "the cell must end with an error"),
    valued("compare", "text, exact or relation", true, "what `deck verify` compares"),
    valued("timeout", "seconds", true, "how long it may run"),
    valued("memory", "MiB", true, "how much memory it may ask for"),
    valued("output", "KiB", true, "how much it may write"),
    valued("steps", "1|3-5|all", false, "the lines lit at each step"),
    valued("hidelines", "prefix", false, "lines that begin with it run but are not shown"),
    bare("noplayground", false, "for mdBook: no playground button"),
];

/// What the attributes of one fence say.
#[derive(Debug, Default)]
pub struct Attributes {
    pub live: bool,
    pub id: Option<String>,
    pub setup: bool,
    pub needs: Vec<String>,
    pub manual: bool,
    pub expect_error: bool,
    pub compare: Compare,
    pub limits: Limits,
    pub steps: Option<String>,
    pub hidelines: Option<String>,
}

impl Attributes {
    /// Reads the attributes of a fence that opens on `line`. What is wrong is reported and counts as absent.
    pub fn read(fence: &Fence, line: &Line, diagnostics: &mut Diagnostics) -> Self {
        let mut attributes = Self::default();
        for raw in &fence.attributes {
            match known(raw, fence).and_then(|attribute| attributes.take(attribute, raw)) {
                Ok(()) => {}
                Err(fault) => diagnostics.push(fault.on(raw, line)),
            }
        }
        if attributes.live && attributes.id.is_none() {
            diagnostics.push(
                Diagnostic::new(line, "a live cell needs an id")
                    .help(format!("write `{},live,id=what-it-shows`", fence.language)),
            );
        }
        if attributes.live && fence.language != "python" {
            let message = format!("`{}` cells cannot be run", fence.language);
            diagnostics.push(Diagnostic::new(line, message).help("only `python` cells are live"));
        }
        attributes
    }

    fn take(&mut self, attribute: &Attribute, raw: &RawAttribute) -> Result<(), Fault> {
        let value = raw.value.unwrap_or_default();
        match attribute.name {
            "live" => self.live = true,
            "id" => self.id = Some(kebab(value)?.to_owned()),
            "setup" => self.setup = true,
            "needs" => {
                let ids = value.split_whitespace();
                self.needs = ids.map(|id| kebab(id).map(str::to_owned)).collect::<Result<_, _>>()?;
            }
            "manual" => self.manual = true,
            "expect-error" => self.expect_error = true,
            "compare" => self.compare = compare(value)?,
            "timeout" => self.limits.seconds = number(value)?,
            "memory" => self.limits.memory = (number(value)? * f64::from(1 << 20)) as u64,
            "output" => self.limits.output = (number(value)? * f64::from(1 << 10)) as u64,
            "steps" => self.steps = Some(value.to_owned()),
            "hidelines" => self.hidelines = Some(value.to_owned()),
            _ => {}
        }
        Ok(())
    }
}

struct Fault {
    message: String,
    help: Help,
}

enum Help {
    Text(String),
    Nearest,
}

impl Fault {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: Help::Text(help.into()) }
    }

    fn on(self, raw: &RawAttribute, line: &Line) -> Diagnostic {
        let diagnostic = Diagnostic::new(line, self.message).at(raw.name);
        match self.help {
            Help::Text(help) => diagnostic.help(help),
            Help::Nearest => diagnostic.suggest(raw.name, ATTRIBUTES.iter().map(|attribute| attribute.name)),
        }
    }
}

fn known(raw: &RawAttribute, fence: &Fence) -> Result<&'static Attribute, Fault> {
    let Some(attribute) = ATTRIBUTES.iter().find(|attribute| attribute.name == raw.name) else {
        return Err(Fault { message: format!("there is no attribute `{}`", raw.name), help: Help::Nearest });
    };
    let name = attribute.name;
    match (attribute.value, raw.value) {
        (Some(value), None | Some("")) if name != "needs" => {
            return Err(Fault::new(
                format!("`{name}` needs a value"),
                format!("write `{name}=…` with: {value}"),
            ));
        }
        (None, Some(_)) => {
            return Err(Fault::new(format!("`{name}` takes no value"), format!("write `{name}`")));
        }
        _ => {}
    }
    let live = fence.attributes.iter().any(|other| other.name == "live");
    if attribute.cell && !live {
        return Err(Fault::new(
            format!("`{name}` is for live cells"),
            format!("write `{},live,{name}…`", fence.language),
        ));
    }
    let twice = fence.attributes.iter().filter(|other| other.name == name).count() > 1;
    if twice {
        return Err(Fault::new(format!("`{name}` is given twice"), "keep one of them"));
    }
    Ok(attribute)
}

fn compare(value: &str) -> Result<Compare, Fault> {
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

fn kebab(id: &str) -> Result<&str, Fault> {
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

fn number(value: &str) -> Result<f64, Fault> {
    match value.parse::<f64>() {
        Ok(number) if number.is_finite() && number > 0.0 => Ok(number),
        _ => Err(Fault::new(format!("`{value}` is not a number above zero"), "write e.g. `30`")),
    }
}

const fn bare(name: &'static str, cell: bool, meaning: &'static str) -> Attribute {
    Attribute { name, value: None, cell, meaning }
}

const fn valued(name: &'static str, value: &'static str, cell: bool, meaning: &'static str) -> Attribute {
    Attribute { name, value: Some(value), cell, meaning }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::{markdown::parse_fence, source::lines_of};

    #[track_caller]
    fn check(info: &str, expected: Result<(), &str>) {
        let line = &lines_of(Path::new("c.md"), &format!("```{info}"))[0];
        let mut diagnostics = Diagnostics::default();
        Attributes::read(&parse_fence(info).unwrap(), line, &mut diagnostics);
        let result = diagnostics.finish(()).map_err(|errors| {
            let help = errors[0].help.clone().unwrap_or_default();
            format!("{} ({help})", errors[0].message)
        });
        assert_eq!(result.as_ref().copied().map_err(String::as_str), expected);
    }

    #[test]
    fn cells_and_snippets_have_their_attributes() {
        check(r#"python,live,id=first-call,needs="a b",timeout=2.5,compare=exact"#, Ok(()));
        check("rust,steps=1|2-3,noplayground", Ok(()));
    }

    #[test]
    fn what_is_wrong_is_said_with_the_next_step() {
        check("python,liev", Err("there is no attribute `liev` (did you mean `live`?)"));
        check("python,live", Err("a live cell needs an id (write `python,live,id=what-it-shows`)"));
        check("python,setup", Err("`setup` is for live cells (write `python,live,setup…`)"));
        check("python,live,id", Err("`id` needs a value (write `id=…` with: kebab-case)"));
        check("python,live=1,id=a", Err("`live` takes no value (write `live`)"));
        check(
            "python,live,id=First_Call",
            Err(
                "`First_Call` is not a cell id (ids are lower-case words joined by hyphens, e.g. `first-call`)",
            ),
        );
        check("python,live,id=a,timeout=-1", Err("`-1` is not a number above zero (write e.g. `30`)"));
        check("rust,live,id=a", Err("`rust` cells cannot be run (only `python` cells are live)"));
        check("python,live,id=a,id=b", Err("`id` is given twice (keep one of them)"));
    }
}
