//! C, as in CPython's headers and in hand-written extension modules.

use crate::highlight::stylesheet::Rules;
use crate::highlight::tokens::Token;

#[rustfmt::skip]
pub const RULES: Rules = &[
    ("comment", Token::Comment),
    ("string_literal char_literal system_lib_string", Token::String),
    ("number_literal", Token::Number),
    ("null true false", Token::Constant),
    ("preproc_directive", Token::Attribute),
    ("primitive_type sized_type_specifier type_identifier", Token::Type),
    ("call_expression/function:identifier", Token::Function),
    ("call_expression/function:field_expression/field:field_identifier", Token::Function),
    ("function_declarator/declarator:identifier", Token::Function),
    ("field_identifier", Token::Property),
    ("statement_identifier", Token::Lifetime),
];
