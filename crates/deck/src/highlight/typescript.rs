//! The same table for CodeMirror, as TypeScript source.

use std::fmt::Write;

use super::tokens::Token;

/// Node paths of CodeMirror's grammars, and the tag that replaces their own, where the stock tags would colour code
/// differently from the build. Seen against @lezer/python 1.1.19 and @lezer/rust 1.0.3.
#[rustfmt::skip]
const REFINEMENTS: [(&str, &[(&str, &str)]); 2] = [
    ("python", &[
        ("Decorator/At Decorator/VariableName Decorator/\".\"", "meta"),
        ("FormatConversion FormatSpec FormatSpec/\":\"", "string"),
        ("\"*\" \"**\"", "operator"),
        ("TypeDef/VariableName TypeDef/MemberExpression/VariableName", "typeName"),
        ("TypeDef/MemberExpression/MemberExpression/VariableName TypeDef/MemberExpression/PropertyName", "typeName"),
        ("TypeDef/MemberExpression/ArrayExpression/VariableName", "typeName"),
        ("TypeDef/BinaryExpression/VariableName TypeDef/BinaryExpression/MemberExpression/VariableName", "typeName"),
        ("TypeDef/BinaryExpression/MemberExpression/ArrayExpression/VariableName", "typeName"),
        ("TypeDefinition/type", "keyword"),
        ("TypeDefinition/VariableName TypeDefinition/MemberExpression/VariableName TypeParam/VariableName", "typeName"),
    ]),
    ("rust", &[
        ("Attribute! AttributeItem InnerAttribute", "meta"),
        ("String!", "string"),
        ("CallExpression/ScopedIdentifier/Identifier", "function(variableName)"),
        ("CallExpression/GenericFunction/Identifier", "function(variableName)"),
        ("CallExpression/GenericFunction/ScopedIdentifier/Identifier", "function(variableName)"),
        ("CallExpression/GenericFunction/FieldExpression/FieldIdentifier", "function(propertyName)"),
        ("TuplePattern/TypeIdentifier TuplePattern/ScopedTypeIdentifier/TypeIdentifier", "function(variableName)"),
        ("MacroDefinition/Identifier", "macroName"),
        ("MacroDefinition/\"!\"", "keyword"),
        ("\"!\"", "operator"),
        ("MacroInvocation/\"!\"", "macroName"),
        ("InferredType/_", "typeName"),
        ("_", "variableName"),
    ]),
];

const HEADER: &str = "// Generated from crates/deck/src/highlight (tokens.rs, typescript.rs). Do not edit.\n";

/// The text of the TypeScript module: `tokenClasses` maps tags of `@lezer/highlight`, by name, to CSS classes;
/// `refinements` holds, per grammar, node paths for `styleTags` with the tag each shall have.
pub fn typescript_table() -> String {
    let mut text = String::from(HEADER);
    text.push_str("\n/** CSS classes of the tokens, and the names of the Lezer tags drawn with each. */\n");
    text.push_str("export const tokenClasses = [\n");
    for token in Token::all() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {{ class: {:?}, tags: {:?} }},", token.class(), token.tags());
    }
    text.push_str("] as const;\n");
    text.push_str("\n/** Per grammar: paths for `styleTags`, and the names of the tags they get instead of the stock ones. */\n");
    text.push_str("export const refinements = {\n");
    for (grammar, paths) in REFINEMENTS {
        let _ = writeln!(text, "  {grammar}: [");
        for (path, tag) in paths {
            let _ = writeln!(text, "    {{ path: {path:?}, tag: {tag:?} }},");
        }
        text.push_str("  ],\n");
    }
    text.push_str("} as const;\n");
    text
}

#[cfg(test)]
mod tests {
    use super::typescript_table;

    #[test]
    fn the_table_for_the_editor() {
        insta::assert_snapshot!(typescript_table());
    }
}
