/** Which class a piece of code has for which tags of @lezer/highlight. One row per token of
 *  crates/deck/src/highlight/tokens.rs, from which this table is made. */
export const tokens: readonly { readonly class: string; readonly tags: readonly string[] }[] = [
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
];
