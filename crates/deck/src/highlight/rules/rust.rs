//! Rust. An attribute is one colour from `#` to `]`; the inside of a macro call is a list of tokens to the grammar.

use crate::highlight::stylesheet::Rules;
use crate::highlight::tokens::Token;

#[rustfmt::skip]
pub const RULES: Rules = &[
    ("line_comment block_comment", Token::Comment),
    ("string_literal raw_string_literal char_literal", Token::String),
    ("integer_literal float_literal", Token::Number),
    ("boolean_literal", Token::Constant),
    ("attribute_item inner_attribute_item", Token::Attribute),
    ("macro_invocation/macro:identifier macro_invocation/!", Token::Attribute),
    ("macro_invocation/macro:scoped_identifier/name:identifier", Token::Attribute),
    ("macro_definition/name:identifier", Token::Attribute),
    ("fragment_specifier", Token::Plain),
    ("lifetime label", Token::Lifetime),
    ("self super crate mutable_specifier", Token::Keyword),
    ("primitive_type type_identifier", Token::Type),
    ("function_item/name:identifier function_signature_item/name:identifier", Token::Function),
    ("call_expression/function:identifier", Token::Function),
    ("call_expression/function:scoped_identifier/name:identifier", Token::Function),
    ("call_expression/function:field_expression/field:field_identifier", Token::Function),
    ("tuple_struct_pattern/type:identifier tuple_struct_pattern/type:scoped_identifier/name:identifier", Token::Function),
    ("generic_function/function:identifier", Token::Function),
    ("generic_function/function:scoped_identifier/name:identifier", Token::Function),
    ("generic_function/function:field_expression/field:field_identifier", Token::Function),
    ("field_identifier", Token::Property),
];
