//! Python. Names in a call are functions, also where a class is called: the editor cannot tell them apart either.

use crate::highlight::stylesheet::Rules;
use crate::highlight::tokens::Token;

#[rustfmt::skip]
pub const RULES: Rules = &[
    ("comment", Token::Comment),
    ("string/...", Token::String),
    ("interpolation/... format_expression/...", Token::Plain),
    ("interpolation/type_conversion format_specifier/...", Token::String),
    ("integer float", Token::Number),
    ("none true false", Token::Constant),
    ("function_definition/name:identifier", Token::Function),
    ("call/function:identifier call/function:attribute/attribute:identifier", Token::Function),
    ("attribute/attribute:identifier", Token::Property),
    ("class_definition/name:identifier", Token::Type),
    ("type/identifier generic_type/identifier", Token::Type),
    ("type/attribute/identifier type/attribute/attribute:identifier", Token::Type),
    ("type/binary_operator/identifier type/binary_operator/binary_operator/identifier", Token::Type),
    ("type/union_type/identifier type/subscript/identifier type/list/identifier", Token::Type),
    ("decorator/@ decorator/identifier decorator/attribute", Token::Attribute),
    ("decorator/call/function:identifier decorator/call/function:attribute", Token::Attribute),
];
