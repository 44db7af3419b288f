// Generated from crates/deck/src/highlight (tokens.rs, typescript.rs). Do not edit.

/** CSS classes of the tokens, and the names of the Lezer tags drawn with each. */
export const tokenClasses = [
  { class: "tok-plain", tags: [] },
  { class: "tok-keyword", tags: ["keyword"] },
  { class: "tok-string", tags: ["string", "escape"] },
  { class: "tok-number", tags: ["number"] },
  { class: "tok-comment", tags: ["comment"] },
  { class: "tok-function", tags: ["function(variableName)", "function(propertyName)"] },
  { class: "tok-type", tags: ["typeName", "className"] },
  { class: "tok-constant", tags: ["bool", "null"] },
  { class: "tok-attribute", tags: ["meta", "macroName"] },
  { class: "tok-property", tags: ["propertyName"] },
  { class: "tok-lifetime", tags: ["special(variableName)", "labelName"] },
] as const;

/** Per grammar: paths for `styleTags`, and the names of the tags they get instead of the stock ones. */
export const refinements = {
  python: [
    { path: "Decorator/At Decorator/VariableName Decorator/\".\"", tag: "meta" },
    { path: "FormatConversion FormatSpec FormatSpec/\":\"", tag: "string" },
    { path: "\"*\" \"**\"", tag: "operator" },
    { path: "TypeDef/VariableName TypeDef/MemberExpression/VariableName", tag: "typeName" },
    { path: "TypeDef/MemberExpression/MemberExpression/VariableName TypeDef/MemberExpression/PropertyName", tag: "typeName" },
    { path: "TypeDef/MemberExpression/ArrayExpression/VariableName", tag: "typeName" },
    { path: "TypeDef/BinaryExpression/VariableName TypeDef/BinaryExpression/MemberExpression/VariableName", tag: "typeName" },
    { path: "TypeDef/BinaryExpression/MemberExpression/ArrayExpression/VariableName", tag: "typeName" },
    { path: "TypeDefinition/type", tag: "keyword" },
    { path: "TypeDefinition/VariableName TypeDefinition/MemberExpression/VariableName TypeParam/VariableName", tag: "typeName" },
  ],
  rust: [
    { path: "Attribute! AttributeItem InnerAttribute", tag: "meta" },
    { path: "String!", tag: "string" },
    { path: "CallExpression/ScopedIdentifier/Identifier", tag: "function(variableName)" },
    { path: "CallExpression/GenericFunction/Identifier", tag: "function(variableName)" },
    { path: "CallExpression/GenericFunction/ScopedIdentifier/Identifier", tag: "function(variableName)" },
    { path: "CallExpression/GenericFunction/FieldExpression/FieldIdentifier", tag: "function(propertyName)" },
    { path: "TuplePattern/TypeIdentifier TuplePattern/ScopedTypeIdentifier/TypeIdentifier", tag: "function(variableName)" },
    { path: "MacroDefinition/Identifier", tag: "macroName" },
    { path: "MacroDefinition/\"!\"", tag: "keyword" },
    { path: "\"!\"", tag: "operator" },
    { path: "MacroInvocation/\"!\"", tag: "macroName" },
    { path: "InferredType/_", tag: "typeName" },
    { path: "_", tag: "variableName" },
  ],
} as const;
