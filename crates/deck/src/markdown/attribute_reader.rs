//! Reads the attributes of a code fence by the table of all attributes.

use super::{
    attribute_table::{ATTRIBUTES, Attribute, EXCLUSIVE, Setter},
    attribute_values::Fault,
    attributes::Attributes,
    fence::{Fence, RawAttribute},
    fence_kind::{Word, kind, words},
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    source::Line,
};

/// Reads the attributes of a fence that opens on `line`. What is wrong is reported and counts as absent.
pub fn read_attributes(fence: &Fence, line: &Line, diagnostics: &mut Diagnostics) -> Attributes {
    let mut attributes = Attributes { kind: kind(fence), ..Attributes::default() };
    for raw in &fence.attributes {
        let set = |attribute: &Attribute| attribute.set.apply(&mut attributes, raw.value.unwrap_or_default());
        if let Err(fault) = known(raw, fence).and_then(set) {
            diagnostics.push(fault.on(raw, line, &ATTRIBUTES.map(|attribute| attribute.name)));
        }
    }
    let words = words(fence);
    if words.len() > 1 {
        let diagnostic = Diagnostic::new(line, "a block is either live or an X-ray").at("xray");
        diagnostics.push(diagnostic.help("make two blocks, with two ids"));
    }
    if let Some(word) = words.first() {
        check_cell(&attributes, word, fence, line, diagnostics);
    }
    attributes
}

/// Reports what a cell lacks.
fn check_cell(
    attributes: &Attributes,
    word: &Word,
    fence: &Fence,
    line: &Line,
    diagnostics: &mut Diagnostics,
) {
    let (languages, Word { word, noun, verb, .. }) = (word.languages(), word);
    if attributes.id.is_none() {
        diagnostics.push(
            Diagnostic::new(line, format!("{noun} needs an id"))
                .help(format!("write `{},{word},id=what-it-shows`", fence.language)),
        );
    }
    if !languages.contains(&fence.language) {
        let message = format!("`{}` cells cannot be {verb}", fence.language);
        let help = format!("only cells of these languages are {word}: {}", languages.join(", "));
        diagnostics.push(Diagnostic::new(line, message).help(help));
    }
}

/// The row of the table for an attribute, if it may stand on the fence as it is written.
fn known(raw: &RawAttribute, fence: &Fence) -> Result<&'static Attribute, Fault> {
    let kind = kind(fence);
    let named = || ATTRIBUTES.iter().filter(|attribute| attribute.name == raw.name);
    let Some(first) = named().next() else {
        return Err(Fault::unknown(raw));
    };
    let attribute = named().find(|attribute| attribute.owner.kinds.contains(&kind)).unwrap_or(first);
    let name = attribute.name;
    if let Some(fault) = misformed(attribute, raw) {
        return Err(fault);
    }
    let owner = &attribute.owner;
    if !owner.kinds.contains(&kind) {
        return Err(Fault::new(
            format!("`{name}` is for {}", owner.name),
            format!("write `{},{name}…`", owner.opening),
        ));
    }
    let count = |word: &str| fence.attributes.iter().filter(|other| other.name == word).count();
    if count(name) > 1 {
        return Err(Fault::new(format!("`{name}` is given twice"), "keep one of them"));
    }
    if let Some((one, other)) = EXCLUSIVE.iter().find(|(one, other)| *other == name && count(one) > 0) {
        return Err(Fault::new(format!("`{one}` and `{other}` exclude each other"), "keep one of them"));
    }
    Ok(attribute)
}

/// A value where there is none, or none where there must be one.
fn misformed(attribute: &Attribute, raw: &RawAttribute) -> Option<Fault> {
    let name = attribute.name;
    let is_missing = raw.value.is_none_or(str::is_empty);
    match attribute.set {
        Setter::Word(_) => {
            let fault = || Fault::new(format!("`{name}` takes no value"), format!("write `{name}`"));
            raw.value.is_some().then(fault)
        }
        Setter::Value(_) => is_missing.then(|| {
            let value = attribute.value.unwrap_or_default();
            Fault::new(format!("`{name}` needs a value"), format!("write `{name}=…` with: {value}"))
        }),
        Setter::List(_) => None,
    }
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
        read_attributes(&parse_fence(info).unwrap(), line, &mut diagnostics);
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
