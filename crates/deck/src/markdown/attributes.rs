//! The attributes of a code fence: which exist, and what a fence that carries them is.

use super::{
    attribute_values::{
        Fault, beside_build, build, compare, count, execution, kebab, number, ordered, patterns, unfit,
    },
    fence::{Fence, RawAttribute},
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    model::{Claims, Compare, Limits, TracedBuild},
    source::Line,
};

/// One attribute, as the author's guide lists it.
#[derive(Debug)]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// What its value is; nothing for a bare word.
    pub value: Option<&'static str>,
    /// The fences that it is for.
    pub owner: Owner,
    /// What it does.
    pub meaning: &'static str,
}

/// The fences that an attribute is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// All of them.
    Any,
    /// Live cells of Python.
    Cell,
    /// Live cells of Rust.
    Rust,
    /// Live cells of either language.
    Live,
    /// X-rays.
    Xray,
    /// Live cells of Python, and X-rays.
    Prepared,
    /// Live cells and X-rays.
    Named,
}

/// What a fence is, by its words and its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Snippet,
    Cell,
    Rust,
    Xray,
}

/// Every attribute there is. A name can stand twice, for other fences.
pub const ATTRIBUTES: [Attribute; 27] = [
    bare("live", Owner::Any, "the code can be run; needs an `id`"),
    bare("xray", Owner::Any, "the last line is traced when the lines above it have run; needs an `id`"),
    valued("id", "kebab-case", Owner::Named, "the cell's name, unique in the deck"),
    bare("setup", Owner::Cell, "prepares the interpreter for every cell of the chapter"),
    valued("needs", "ids", Owner::Prepared, "cells that must run before this one"),
    bare("manual", Owner::Cell, "`Next` does not run it"),
    bare("expect-error", Owner::Live, "the cell must end with an error, or Rust must not compile"),
    valued(
        "replaces",
        "file:anchor",
        Owner::Rust,
        "the region of the demo crate that the block's own text stands for",
    ),
    valued("compare", "text, exact or relation", Owner::Cell, "what `deck verify` compares"),
    valued(
        "build",
        "dev",
        Owner::Cell,
        "`rusty_dev` can be imported, too: the demo crate built with this profile",
    ),
    valued(
        "timeout",
        "seconds",
        Owner::Cell,
        "how long it may run; 30 unless said. On stage the deck then asks whether to go on, and ends it after ten times as long",
    ),
    valued("memory", "MiB", Owner::Cell, "how much memory it may ask for; 4096 unless said"),
    valued("output", "KiB", Owner::Cell, "how much it may write; 1024 unless said"),
    valued(
        "processes",
        "number",
        Owner::Cell,
        "how many processes and threads it may start; 256 unless said",
    ),
    valued(
        "browser",
        "no: reason",
        Owner::Cell,
        "it cannot run in the reader's browser, who is told the reason; without it, `make verify-pyodide` runs it there, too",
    ),
    bare("unseen", Owner::Xray, "is not drawn: prose quotes its numbers, `deck verify` checks its claims"),
    bare("first", Owner::Xray, "traces the first, cold execution"),
    valued("warm", "number", Owner::Xray, "traces this execution of the same bytecode; 16 unless said"),
    valued("build", "dev or lto", Owner::Xray, "traces a build of the extension with this profile"),
    valued("compare", "xray-id", Owner::Xray, "the X-ray that is drawn below it at the same scale"),
    valued("enters", "a > b|c > d*", Owner::Xray, "claims that these functions are entered in this order"),
    valued("lacks", "a b*", Owner::Xray, "claims that these functions are not entered"),
    valued("opcode", "A|B", Owner::Xray, "claims that one of these bytecodes is executed"),
    bare("unsteady", Owner::Xray, "is never twice the same: `deck verify` checks its claims alone"),
    valued("steps", "1|3-5|all", Owner::Any, "the lines lit at each step"),
    valued("hidelines", "prefix", Owner::Any, "lines that begin with it run but are not shown"),
    bare("noplayground", Owner::Any, "for mdBook: no playground button"),
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
    pub replaces: Option<String>,
    pub compare: Compare,
    pub limits: Limits,
    pub beside_build: Option<String>,
    pub unfit: Option<String>,
    pub xray: bool,
    pub unseen: bool,
    /// Nothing for the usual one.
    pub execution: Option<u32>,
    pub build: TracedBuild,
    pub beside: Option<String>,
    pub claims: Claims,
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
                Err(fault) => diagnostics.push(fault.on(raw, line, &names())),
            }
        }
        if attributes.live || attributes.xray {
            attributes.check(fence, line, diagnostics);
        }
        attributes
    }

    fn check(&self, fence: &Fence, line: &Line, diagnostics: &mut Diagnostics) {
        let (whose, word, done, languages) = match self.live {
            true => ("a live cell", "live", "run", ["python", "rust"].as_slice()),
            false => ("an X-ray", "xray", "traced", ["python"].as_slice()),
        };
        if self.live && self.xray {
            let diagnostic = Diagnostic::new(line, "a block is either live or an X-ray").at("xray");
            diagnostics.push(diagnostic.help("make two blocks, with two ids"));
        }
        if self.id.is_none() {
            diagnostics.push(
                Diagnostic::new(line, format!("{whose} needs an id"))
                    .help(format!("write `{},{word},id=what-it-shows`", fence.language)),
            );
        }
        if !languages.contains(&fence.language) {
            let message = format!("`{}` cells cannot be {done}", fence.language);
            let help = format!("only cells of these languages are {word}: {}", languages.join(", "));
            diagnostics.push(Diagnostic::new(line, message).help(help));
        }
    }

    fn take(&mut self, attribute: &Attribute, raw: &RawAttribute) -> Result<(), Fault> {
        let value = raw.value.unwrap_or_default();
        match attribute.name {
            "live" => self.live = true,
            "xray" => self.xray = true,
            "unsteady" => self.claims.alone = true,
            "unseen" => self.unseen = true,
            "first" => self.execution = Some(1),
            "warm" => self.execution = Some(execution(value)?),
            "build" if attribute.owner == Owner::Cell => self.beside_build = Some(beside_build(value)?),
            "browser" => self.unfit = Some(unfit(value)?),
            "build" => self.build = build(value)?,
            "compare" if attribute.owner == Owner::Xray => self.beside = Some(kebab(value)?.to_owned()),
            "enters" => self.claims.enters = ordered(value)?,
            "lacks" => self.claims.lacks = patterns(value.split_whitespace())?,
            "opcode" => self.claims.opcode = patterns([value].into_iter())?.pop(),
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
            "processes" => self.limits.processes = count(value)?,
            "replaces" => self.replaces = Some(value.to_owned()),
            "steps" => self.steps = Some(value.to_owned()),
            "hidelines" => self.hidelines = Some(value.to_owned()),
            _ => {}
        }
        Ok(())
    }
}

fn known(raw: &RawAttribute, fence: &Fence) -> Result<&'static Attribute, Fault> {
    let has = |word: &str| fence.attributes.iter().any(|other| other.name == word);
    let kind = match (has("live"), has("xray")) {
        (true, _) if fence.language == "rust" => Kind::Rust,
        (true, _) => Kind::Cell,
        (false, true) => Kind::Xray,
        (false, false) => Kind::Snippet,
    };
    let named = || ATTRIBUTES.iter().filter(|attribute| attribute.name == raw.name);
    let Some(first) = named().next() else {
        return Err(Fault::unknown(raw));
    };
    let attribute = named().find(|attribute| attribute.owner.has(kind)).unwrap_or(first);
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
    if !attribute.owner.has(kind) {
        let (whose, word) = attribute.owner.words();
        return Err(Fault::new(format!("`{name}` is for {whose}"), format!("write `{word},{name}…`")));
    }
    let twice = fence.attributes.iter().filter(|other| other.name == name).count() > 1;
    if twice {
        return Err(Fault::new(format!("`{name}` is given twice"), "keep one of them"));
    }
    if name == "warm" && has("first") {
        return Err(Fault::new("`first` and `warm` exclude each other", "keep one of them"));
    }
    Ok(attribute)
}

impl Owner {
    /// Whether a fence of this kind is among them.
    fn has(self, kind: Kind) -> bool {
        match self {
            Self::Any => true,
            Self::Cell => kind == Kind::Cell,
            Self::Rust => kind == Kind::Rust,
            Self::Live => matches!(kind, Kind::Cell | Kind::Rust),
            Self::Xray => kind == Kind::Xray,
            Self::Prepared => matches!(kind, Kind::Cell | Kind::Xray),
            Self::Named => kind != Kind::Snippet,
        }
    }

    /// Who they are, and the beginning of a fence that is one of them.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Any => ("all blocks", ""),
            Self::Cell => ("live cells of Python", "python,live"),
            Self::Rust => ("live cells of Rust", "rust,live"),
            Self::Live => ("live cells", "python,live"),
            Self::Xray => ("X-rays", "python,xray"),
            Self::Prepared => ("live cells of Python and X-rays", "python,live"),
            Self::Named => ("live cells and X-rays", "python,live"),
        }
    }
}

fn names() -> Vec<&'static str> {
    ATTRIBUTES.iter().map(|attribute| attribute.name).collect()
}

const fn bare(name: &'static str, owner: Owner, meaning: &'static str) -> Attribute {
    Attribute { name, value: None, owner, meaning }
}

const fn valued(name: &'static str, value: &'static str, owner: Owner, meaning: &'static str) -> Attribute {
    Attribute { name, value: Some(value), owner, meaning }
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
        check(r#"python,live,id=a,browser="no: It starts threads, which Python has not there.""#, Ok(()));
        check("rust,steps=1|2-3,noplayground", Ok(()));
        check("rust,live,id=a,expect-error,replaces=../../demo_crate/src/a.rs:b", Ok(()));
        check(r#"python,xray,id=dive,first,build=dev,compare=other,enters="a > b|c*",lacks="d e""#, Ok(()));
    }

    #[test]
    fn what_is_wrong_is_said_with_the_next_step() {
        check("python,liev", Err("there is no attribute `liev` (did you mean `live`?)"));
        check("python,live", Err("a live cell needs an id (write `python,live,id=what-it-shows`)"));
        check("python,setup", Err("`setup` is for live cells of Python (write `python,live,setup…`)"));
        check(
            "python,xray,setup,id=a",
            Err("`setup` is for live cells of Python (write `python,live,setup…`)"),
        );
        check("python,live,warm=2,id=a", Err("`warm` is for X-rays (write `python,xray,warm…`)"));
        check("python,xray", Err("an X-ray needs an id (write `python,xray,id=what-it-shows`)"));
        check(
            "python,xray,id=a,warm=0",
            Err("`0` is not an execution from 1 to 1000 (write e.g. `warm=16`)"),
        );
        check(
            "python,xray,id=a,warm=2,first",
            Err("`first` and `warm` exclude each other (keep one of them)"),
        );
        check(
            "python,xray,live,id=a",
            Err("a block is either live or an X-ray (make two blocks, with two ids)"),
        );
        check("python,xray,id=a,entrs=b", Err("there is no attribute `entrs` (did you mean `enters`?)"));
        check(
            "python,xray,id=a,enters=b >",
            Err("a name is missing in this claim (write e.g. `PyObject_Vectorcall > *fastcall*`)"),
        );
        check(
            "python,xray,id=a,build=release",
            Err(
                "`release` is not a build that can be traced (write `dev` or `lto`; without it, the installed build is traced)",
            ),
        );
        check("python,live,id", Err("`id` needs a value (write `id=…` with: kebab-case)"));
        check("python,live=1,id=a", Err("`live` takes no value (write `live`)"));
        check(
            "python,live,id=First_Call",
            Err(
                "`First_Call` is not a cell id (ids are lower-case words joined by hyphens, e.g. `first-call`)",
            ),
        );
        let reason = r#"write the reason as a sentence for the reader: `browser="no: It needs …"`; leave it out where it can"#;
        for (value, found) in
            [("yes", "yes"), ("no", "no"), (r#""no: ""#, "no:"), ("nothing: a", "nothing: a")]
        {
            let expected = format!("`{found}` does not say why the cell cannot run in a browser ({reason})");
            check(&format!("python,live,id=a,browser={value}"), Err(&expected));
        }
        check(
            "rust,live,id=a,browser=no: It is Rust.",
            Err("`browser` is for live cells of Python (write `python,live,browser…`)"),
        );
        check("python,live,id=a,timeout=-1", Err("`-1` is not a number above zero (write e.g. `30`)"));
        check(
            "toml,live,id=a",
            Err("`toml` cells cannot be run (only cells of these languages are live: python, rust)"),
        );
        check(
            "rust,live,id=a,timeout=1",
            Err("`timeout` is for live cells of Python (write `python,live,timeout…`)"),
        );
        check(
            "python,live,id=a,replaces=b",
            Err("`replaces` is for live cells of Rust (write `rust,live,replaces…`)"),
        );
        check("python,live,id=a,id=b", Err("`id` is given twice (keep one of them)"));
    }
}
