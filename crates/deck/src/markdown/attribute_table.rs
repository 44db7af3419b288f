//! The attributes that a code fence can have: one row for each, with what it is for, its help, and what it sets.

use super::{
    attribute_values::{
        Fault, browser_refusal, build, compare, count, execution, kebab, number, ordered, patterns,
        second_build,
    },
    attributes::Attributes,
    fence_kind::Kind,
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
    /// What it writes into the attributes of a fence.
    pub set: Setter,
}

/// What an attribute writes.
#[derive(Debug, Clone, Copy)]
pub enum Setter {
    /// A word that stands there or does not.
    Word(fn(&mut Attributes)),
    /// A value, which may not be one.
    Value(fn(&mut Attributes, &str) -> Result<(), Fault>),
    /// Words with blanks between them; there may be none.
    List(fn(&mut Attributes, &str) -> Result<(), Fault>),
}

/// The fences that an attribute is for.
#[derive(Debug)]
pub struct Owner {
    /// What these fences are.
    pub kinds: &'static [Kind],
    /// Who they are in a message.
    pub name: &'static str,
    /// How one of them opens.
    pub opening: &'static str,
}

const ANY: Owner =
    Owner { kinds: &[Kind::Snippet, Kind::Python, Kind::Rust, Kind::Xray], name: "all blocks", opening: "" };
const PYTHON: Owner = Owner { kinds: &[Kind::Python], name: "live cells of Python", opening: "python,live" };
const RUST: Owner = Owner { kinds: &[Kind::Rust], name: "live cells of Rust", opening: "rust,live" };
const LIVE: Owner = Owner { kinds: &[Kind::Python, Kind::Rust], name: "live cells", opening: "python,live" };
const XRAY: Owner = Owner { kinds: &[Kind::Xray], name: "X-rays", opening: "python,xray" };
const PREPARED: Owner = Owner {
    kinds: &[Kind::Python, Kind::Xray],
    name: "live cells of Python and X-rays",
    opening: "python,live",
};
const NAMED: Owner = Owner {
    kinds: &[Kind::Python, Kind::Rust, Kind::Xray],
    name: "live cells and X-rays",
    opening: "python,live",
};

/// Every attribute there is. A name can stand twice, for other fences.
pub const ATTRIBUTES: [Attribute; 27] = [
    bare("live", ANY, "the code can be run; needs an `id`", |_| {}),
    bare("xray", ANY, "the last line is traced when the lines above it have run; needs an `id`", |_| {}),
    valued("id", "kebab-case", NAMED, "the cell's name, unique in the deck", |fence, id| {
        fence.id = Some(kebab(id)?.to_owned());
        Ok(())
    }),
    bare("setup", PYTHON, "prepares the interpreter for every cell of the chapter", |fence| {
        fence.python.setup = true
    }),
    list("needs", "ids", PREPARED, "cells that must run before this one", |fence, ids| {
        fence.needs =
            ids.split_whitespace().map(|id| kebab(id).map(str::to_owned)).collect::<Result<_, _>>()?;
        Ok(())
    }),
    bare("manual", PYTHON, "`Next` does not run it", |fence| fence.python.manual = true),
    bare("expect-error", LIVE, "the cell must end with an error, or Rust must not compile", |fence| {
        fence.expect_error = true
    }),
    valued(
        "replaces",
        "file:anchor",
        RUST,
        "the region of the demo crate that the block's own text stands for",
        |fence, region| {
            fence.replaces = Some(region.to_owned());
            Ok(())
        },
    ),
    valued("compare", "text, exact or relation", PYTHON, "what `deck verify` compares", |fence, kind| {
        fence.python.compare = compare(kind)?;
        Ok(())
    }),
    valued(
        "build",
        "dev",
        PYTHON,
        "the demo crate built with this profile can be imported, too, under the module's name and `_dev`",
        |fence, profile| {
            fence.python.second_build = Some(second_build(profile)?);
            Ok(())
        },
    ),
    valued(
        "timeout",
        "seconds",
        PYTHON,
        "how long it may run; 30 unless said. On stage the deck then asks whether to go on, and ends it after ten times as long",
        |fence, seconds| {
            fence.limits.seconds = number(seconds)?;
            Ok(())
        },
    ),
    valued(
        "memory",
        "MiB",
        PYTHON,
        "how much memory it may ask for; 4096 unless said",
        |fence, mebibytes| {
            fence.limits.memory = (number(mebibytes)? * f64::from(1 << 20)) as u64;
            Ok(())
        },
    ),
    valued("output", "KiB", PYTHON, "how much it may write; 1024 unless said", |fence, kibibytes| {
        fence.limits.output = (number(kibibytes)? * f64::from(1 << 10)) as u64;
        Ok(())
    }),
    valued(
        "processes",
        "number",
        PYTHON,
        "how many processes and threads it may start; 256 unless said",
        |fence, number| {
            fence.limits.processes = count(number)?;
            Ok(())
        },
    ),
    valued(
        "browser",
        "no: reason",
        PYTHON,
        "it cannot run in the reader's browser, who is told the reason; without it, `make verify-pyodide` runs it there, too",
        |fence, reason| {
            fence.python.browser_refusal = Some(browser_refusal(reason)?);
            Ok(())
        },
    ),
    bare(
        "unseen",
        XRAY,
        "is not drawn: prose quotes its numbers, `deck verify` checks its claims",
        |fence| fence.xray.unseen = true,
    ),
    bare("first", XRAY, "traces the first, cold execution", |fence| fence.xray.execution = 1),
    valued(
        "warm",
        "number",
        XRAY,
        "traces this execution of the same bytecode; 16 unless said",
        |fence, number| {
            fence.xray.execution = execution(number)?;
            Ok(())
        },
    ),
    valued(
        "build",
        "dev or lto",
        XRAY,
        "traces a build of the extension with this profile",
        |fence, profile| {
            fence.xray.build = build(profile)?;
            Ok(())
        },
    ),
    valued("compare", "xray-id", XRAY, "the X-ray that is drawn below it at the same scale", |fence, id| {
        fence.xray.comparison = Some(kebab(id)?.to_owned());
        Ok(())
    }),
    valued(
        "enters",
        "a > b|c > d*",
        XRAY,
        "claims that these functions are entered in this order",
        |fence, names| {
            fence.xray.claims.enters = ordered(names)?;
            Ok(())
        },
    ),
    valued("lacks", "a b*", XRAY, "claims that these functions are not entered", |fence, names| {
        fence.xray.claims.lacks = patterns(names.split_whitespace())?;
        Ok(())
    }),
    valued("opcode", "A|B", XRAY, "claims that one of these bytecodes is executed", |fence, names| {
        fence.xray.claims.opcode = patterns([names].into_iter())?.pop();
        Ok(())
    }),
    bare("unsteady", XRAY, "is never twice the same: `deck verify` checks its claims alone", |fence| {
        fence.xray.claims.nondeterministic = true
    }),
    valued("steps", "1|3-5|all", ANY, "the lines lit at each step", |fence, steps| {
        fence.steps = Some(steps.to_owned());
        Ok(())
    }),
    valued("hidelines", "prefix", ANY, "lines that begin with it run but are not shown", |fence, prefix| {
        fence.hidelines = Some(prefix.to_owned());
        Ok(())
    }),
    bare("noplayground", ANY, "for mdBook: no playground button", |_| {}),
];

/// Attributes that say the same thing in two ways.
pub const EXCLUSIVE: [(&str, &str); 1] = [("first", "warm")];

/// An attribute without a value.
const fn bare(
    name: &'static str,
    owner: Owner,
    meaning: &'static str,
    set: fn(&mut Attributes),
) -> Attribute {
    Attribute { name, value: None, owner, meaning, set: Setter::Word(set) }
}

/// An attribute with a value.
const fn valued(
    name: &'static str,
    value: &'static str,
    owner: Owner,
    meaning: &'static str,
    set: fn(&mut Attributes, &str) -> Result<(), Fault>,
) -> Attribute {
    Attribute { name, value: Some(value), owner, meaning, set: Setter::Value(set) }
}

/// An attribute whose value is a list.
const fn list(
    name: &'static str,
    value: &'static str,
    owner: Owner,
    meaning: &'static str,
    set: fn(&mut Attributes, &str) -> Result<(), Fault>,
) -> Attribute {
    Attribute { name, value: Some(value), owner, meaning, set: Setter::List(set) }
}

impl Setter {
    /// Writes the value, which a word has none of.
    ///
    /// # Errors
    /// What is wrong with the value.
    pub fn apply(self, attributes: &mut Attributes, value: &str) -> Result<(), Fault> {
        match self {
            Self::Word(set) => {
                set(attributes);
                Ok(())
            }
            Self::Value(set) | Self::List(set) => set(attributes, value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Limits, WARM};

    #[test]
    fn the_help_names_the_defaults() {
        let Limits { seconds, output, memory, processes } = Limits::default();
        let defaults = [
            ("timeout", seconds),
            ("memory", (memory >> 20) as f64),
            ("output", (output >> 10) as f64),
            ("processes", f64::from(processes)),
            ("warm", f64::from(WARM)),
        ];
        for (name, default) in defaults {
            let row = ATTRIBUTES.iter().find(|attribute| attribute.name == name).unwrap();
            assert!(row.meaning.contains(&format!("; {default} unless said")), "{name}: {}", row.meaning);
        }
    }
}
