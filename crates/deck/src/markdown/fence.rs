//! The info string of a code fence:
//!
//! ```ebnf
//! info      = language , { "," , attribute } ;
//! attribute = name , [ "=" , value ] ;
//! name      = letter , { letter | digit | "-" | "_" } ;
//! value     = bare | '"' , { any character but '"' } , '"' ;
//! bare      = { any character but "," and '"' } ;
//! ```
//!
//! White space around a part does not count. A comma separates only outside of quotes.

use std::ops::Range;

/// An info string, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence<'a> {
    /// The language tag; empty if there is none.
    pub language: &'a str,
    /// The attributes in the order in which they stand.
    pub attributes: Vec<RawAttribute<'a>>,
}

/// One attribute as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawAttribute<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its value without quotes, if it has one.
    pub value: Option<&'a str>,
}

/// Why an info string is not one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FenceError {
    /// The offending bytes of the info string.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: &'static str,
}

/// Takes an info string apart.
///
/// # Errors
/// The first part that does not follow the grammar.
pub fn parse_fence(info: &str) -> Result<Fence<'_>, FenceError> {
    let mut parts = parts(info)?.into_iter();
    let language = parts.next().map_or("", |part| info[part].trim());
    let attributes = parts.map(|part| attribute(info, part)).collect::<Result<_, _>>()?;
    Ok(Fence { language, attributes })
}

/// The ranges between the commas that stand outside of quotes.
fn parts(info: &str) -> Result<Vec<Range<usize>>, FenceError> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut quote = None;
    for (at, character) in info.char_indices() {
        match character {
            '"' => quote = if quote.is_some() { None } else { Some(at) },
            ',' if quote.is_none() => {
                parts.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    if let Some(at) = quote {
        return Err(FenceError { span: at..info.len(), message: "this quote is never closed" });
    }
    parts.push(start..info.len());
    Ok(parts)
}

fn attribute(info: &str, part: Range<usize>) -> Result<RawAttribute<'_>, FenceError> {
    let error = |message| Err(FenceError { span: part.clone(), message });
    let text = info[part.clone()].trim();
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name.trim(), Some(value.trim())),
        None => (text, None),
    };
    if name.is_empty() {
        return error("an attribute is missing between two commas");
    }
    let valid = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.chars().all(valid) {
        return error("an attribute's name has only letters, digits and hyphens");
    }
    let value = match value {
        Some(value) => match unquoted(value) {
            Some(value) => Some(value),
            None => return error("a quoted value must be quoted from its first to its last character"),
        },
        None => None,
    };
    Ok(RawAttribute { name, value })
}

fn unquoted(value: &str) -> Option<&str> {
    if !value.contains('"') {
        return Some(value);
    }
    let inner = value.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.contains('"')).then_some(inner)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(info: &str, expected: Result<&str, &str>) {
        let shown = parse_fence(info).map(|fence| {
            let attributes = fence.attributes.iter().map(|a| match a.value {
                Some(value) => format!(" {}=[{value}]", a.name),
                None => format!(" {}", a.name),
            });
            format!("{}{}", fence.language, attributes.collect::<String>())
        });
        assert_eq!(shown.as_deref().map_err(|error| error.message), expected);
    }

    #[test]
    fn commas_separate_outside_of_quotes_only() {
        check("python", Ok("python"));
        check("", Ok(""));
        check("python,live,id=a", Ok("python live id=[a]"));
        check(r#"rust, steps="1,2|3" ,id = b"#, Ok("rust steps=[1,2|3] id=[b]"));
        check(r#"python,needs="""#, Ok("python needs=[]"));
    }

    #[test]
    fn what_breaks_the_grammar_is_an_error() {
        check("python,", Err("an attribute is missing between two commas"));
        check("python,=a", Err("an attribute is missing between two commas"));
        check("python,a b", Err("an attribute's name has only letters, digits and hyphens"));
        check(r#"python,id="a"#, Err("this quote is never closed"));
        check(r#"python,id=a"b""#, Err("a quoted value must be quoted from its first to its last character"));
    }

    proptest! {
        #[test]
        fn any_text_is_either_parsed_or_refused(info in ".*") {
            if let Err(error) = parse_fence(&info) {
                prop_assert!(info.get(error.span).is_some());
            }
        }

        #[test]
        fn what_is_written_is_what_is_read(
            names in proptest::collection::vec("[a-z][a-z0-9-]{0,8}", 0..5),
            value in r#"[^"\r\n]*"#,
        ) {
            let info = names.iter().fold("c".to_owned(), |info, name| format!("{info},{name}=\"{value}\""));
            let fence = parse_fence(&info).unwrap();
            prop_assert_eq!(fence.attributes.len(), names.len());
            for (attribute, name) in fence.attributes.iter().zip(&names) {
                prop_assert_eq!(attribute.name, name);
                prop_assert_eq!(attribute.value, Some(value.as_str()));
            }
        }
    }
}
