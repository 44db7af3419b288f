//! Shell commands, by the grammar of bash.

use crate::highlight::stylesheet::Rules;
use crate::highlight::tokens::Token;

#[rustfmt::skip]
pub const RULES: Rules = &[
    ("comment", Token::Comment),
    ("string/... raw_string ansi_c_string heredoc_body/...", Token::String),
    ("command_substitution/...", Token::Plain),
    ("number file_descriptor", Token::Number),
    ("command_name/word function_definition/name:word", Token::Function),
    ("simple_expansion variable_name special_variable_name", Token::Property),
];
