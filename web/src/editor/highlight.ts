import { HighlightStyle } from "@codemirror/language";
import { type Tag, tags } from "@lezer/highlight";
import { tokenClasses } from "../tokens";

/** The editor's highlighting: the classes of the shared table, so that code keeps its colours when the editor opens. */
export const sharedHighlighting = HighlightStyle.define(
  tokenClasses.filter((row) => row.tags.length).map((row) => ({ tag: row.tags.map(tagNamed), class: row.class })),
);

/** The tag that `name` names; `function(variableName)` is a tag with a modifier. */
export function tagNamed(name: string): Tag {
  const [, modifier, inner = name] = /^(\w+)\((\w+)\)$/.exec(name) ?? [];
  const known = tags as unknown as Record<string, Tag & ((tag: Tag) => Tag)>;
  const tag = known[inner];
  const modified = modifier === undefined ? tag : tag && known[modifier]?.(tag);
  if (!modified) throw new Error(`src/tokens.ts names the tag ${name}, which @lezer/highlight does not have`);
  return modified;
}
