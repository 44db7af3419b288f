import { readFile } from "node:fs/promises";

/** Parts of reveal.css that this deck never shows. Together they are more than half of the file's weight. */
const unused = [
  /\.(cube|page|convex|concave|zoom|slide|linear|default|embedded)\b(?!s)/,
  /data-transition[~^]?=("|')?(cube|page|convex|concave|zoom|slide|linear|default)/,
  /section\s*>\s*section|data-background-interactive|data-navigation-mode/,
  /r-overlay|data-preview|\.stretch|\.r-stretch|@keyframes/,
  /\.(controls|playback|speaker-notes|slide-number|progress|has-dark-background|has-light-background)\b/,
  /\.(reveal-scroll|loading-scroll-mode|scroll-page|scrollbar|scroll-)/,
  /\.fragment\.(grow|shrink|zoom-in|fade-|semi-fade|strike|highlight-|current-visible|blur)/,
  /\.r-(stack|vstack|hstack|fit-text)|\.items-|\.justify-/,
  /html:not\(\.print-pdf\)|\.hljs|\.roll\b|\.zoomed|\.show-notes|r-media/,
  /auto-animate|parallax|\.backgrounds|slide-background|\.rtl\b|\.stack\b|\.r-frame/,
];

/** An esbuild plugin that leaves those parts out. */
export const revealStyle = {
  name: "reveal-style",
  setup(build) {
    build.onLoad({ filter: /reveal\.js\/dist\/reveal\.css$/ }, async ({ path }) => ({
      contents: trim(await readFile(path, "utf8")),
      loader: "css",
    }));
  },
};

function trim(css) {
  return rules(css).map(trimRule).join("\n");
}

function trimRule({ prelude, body }) {
  if (/^@(media|supports)/.test(prelude)) {
    const inner = trim(body);
    return inner ? `${prelude}{${inner}}` : "";
  }
  const used = selectors(prelude).filter((selector) => !isUnused(selector));
  return used.length ? `${used.join(",")}{${body}}` : "";
}

function isUnused(selector) {
  return unused.some((pattern) => pattern.test(selector));
}

/** Splits a selector list at its top-level commas. */
function selectors(prelude) {
  return prelude.split(/,(?![^(]*\))/);
}

/** The rules at the top level of `css`, which is minified and has no braces in strings. */
function rules(css) {
  const found = [];
  for (let at = 0; at < css.length; ) {
    const open = css.indexOf("{", at);
    if (open < 0) break;
    const close = closing(css, open);
    found.push({ prelude: css.slice(at, open).trim(), body: css.slice(open + 1, close) });
    at = close + 1;
  }
  return found;
}

function closing(css, open) {
  let depth = 0;
  for (let at = open; at < css.length; at++) {
    if (css[at] === "{") depth++;
    if (css[at] === "}" && --depth === 0) return at;
  }
  throw new Error(`reveal.css: the block opened at offset ${open} is never closed`);
}
