//! The one table from token to CSS class and to CodeMirror tags.
//!
//! The editor replaces a snippet in place, so both highlighters must draw from this table or the code changes colour
//! when the editor opens. Themes for the browser and for the terminal hang on [`Token`] as well.

/// What a piece of code is, for the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Token {
    /// Names of variables, modules and arguments, operators, brackets and separators: the calm ground of a snippet.
    /// (CodeMirror's grammars leave half of the brackets and operators without a tag, so that they could not agree.)
    Plain,
    /// `def`, `fn`, `return`: words of the language.
    Keyword,
    /// Strings and characters with their quotes, prefixes, escapes and format specifications.
    String,
    /// Numbers.
    Number,
    /// Comments, documentation comments of Rust among them.
    Comment,
    /// A function or method where it is defined or called; a shell command.
    Function,
    /// A type, also where a Python annotation names it; a TOML table.
    Type,
    /// `None`, `True`, `true`, `NULL`: values that are words of the language.
    Constant,
    /// `#[pyfunction]`, `@decorator`, `println!`, `#include`: code about code.
    Attribute,
    /// A field, an attribute after a dot, a TOML key, a shell variable.
    Property,
    /// A Rust lifetime or a loop label.
    Lifetime,
}

/// One row of the table.
struct Row {
    token: Token,
    class: &'static str,
    /// Names in `tags` of `@lezer/highlight`; a tag without a row takes that of its parent tag, as Lezer does it.
    tags: &'static [&'static str],
}

#[rustfmt::skip]
const TABLE: [Row; 11] = [
    Row { token: Token::Plain, class: "tok-plain", tags: &[] },
    Row { token: Token::Keyword, class: "tok-keyword", tags: &["keyword"] },
    Row { token: Token::String, class: "tok-string", tags: &["string", "escape"] },
    Row { token: Token::Number, class: "tok-number", tags: &["number"] },
    Row { token: Token::Comment, class: "tok-comment", tags: &["comment"] },
    Row { token: Token::Function, class: "tok-function", tags: &["function(variableName)", "function(propertyName)"] },
    Row { token: Token::Type, class: "tok-type", tags: &["typeName", "className"] },
    Row { token: Token::Constant, class: "tok-constant", tags: &["bool", "null"] },
    Row { token: Token::Attribute, class: "tok-attribute", tags: &["meta", "macroName"] },
    Row { token: Token::Property, class: "tok-property", tags: &["propertyName"] },
    Row { token: Token::Lifetime, class: "tok-lifetime", tags: &["special(variableName)", "labelName"] },
];

impl Token {
    /// The CSS class. A renderer may leave [`Token::Plain`] unwrapped: it looks like the text around it.
    pub fn class(self) -> &'static str {
        TABLE[self as usize].class
    }

    /// Every token, in the order of the table.
    pub fn all() -> impl Iterator<Item = Token> {
        TABLE.iter().map(|row| row.token)
    }

    /// Names of the CodeMirror tags that are drawn like this token; `function(variableName)` is a tag with a modifier.
    pub fn tags(self) -> &'static [&'static str] {
        TABLE[self as usize].tags
    }
}

#[cfg(test)]
mod tests {
    use super::{TABLE, Token};

    #[test]
    fn rows_stand_in_the_order_of_the_enum() {
        for (index, token) in Token::all().enumerate() {
            assert_eq!(token as usize, index, "{token:?}");
        }
        assert_eq!(Token::Lifetime as usize + 1, TABLE.len());
    }

    #[test]
    fn no_class_and_no_tag_is_given_twice() {
        let mut seen = std::collections::HashSet::new();
        for token in Token::all() {
            assert!(seen.insert(token.class()), "class {} stands twice", token.class());
            assert_eq!(token.tags().is_empty(), token == Token::Plain, "{token:?}");
            for tag in token.tags() {
                assert!(seen.insert(tag), "tag {tag} stands twice");
            }
        }
    }
}
