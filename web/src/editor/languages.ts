import { python, pythonLanguage } from "@codemirror/lang-python";
import { rust, rustLanguage } from "@codemirror/lang-rust";
import { LanguageSupport, type LRLanguage } from "@codemirror/language";
import { styleTags } from "@lezer/highlight";
import { refinements } from "../tokens";
import { tagNamed } from "./highlight";

/** The editor's languages by the tag of a fence. Their grammars are refined, so that the editor sees the same types, decorators
 *  and macros as the slides' own highlighter. */
export const languages: Record<string, () => LanguageSupport> = {
  python: () => refined(pythonLanguage, python(), refinements.python),
  rust: () => refined(rustLanguage, rust(), refinements.rust),
};

function refined(
  language: LRLanguage,
  stock: LanguageSupport,
  rows: readonly { readonly path: string; readonly tag: string }[],
): LanguageSupport {
  const styles = Object.fromEntries(rows.map((row) => [row.path, tagNamed(row.tag)]));
  return new LanguageSupport(language.configure({ props: [styleTags(styles)] }), stock.support);
}
