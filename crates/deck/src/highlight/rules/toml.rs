//! TOML: the name of a table stands out from the keys in it.

use crate::highlight::stylesheet::Rules;
use crate::highlight::tokens::Token;

#[rustfmt::skip]
pub const RULES: Rules = &[
    ("comment", Token::Comment),
    ("string", Token::String),
    ("integer float", Token::Number),
    ("offset_date_time local_date_time local_date local_time", Token::Number),
    ("boolean", Token::Constant),
    ("bare_key quoted_key", Token::Property),
    ("table/bare_key table/quoted_key table/dotted_key", Token::Type),
    ("table_array_element/bare_key table_array_element/quoted_key table_array_element/dotted_key", Token::Type),
];
