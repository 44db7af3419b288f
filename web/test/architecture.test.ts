import assert from "node:assert/strict";
import { dirname } from "node:path";
import { test } from "node:test";
import { circlesIn, graphOf, importsIn } from "./import-graph";

/** What each folder of src, and each file at its top, may import from the others. What stands under `types` may not bring code along:
 *  it is code of another bundle, which is fetched later or never, or it is handed over by whoever makes both. */
const allowed: Record<string, { code?: string; types?: string }> = {
  dom: {},
  keys: { code: "dom" },
  stage: { types: "protocol.ts" },
  run: { types: "protocol.ts stage" },
  page: { code: "dom keys", types: "protocol.ts" },
  code: { code: "dom keys" },
  output: { code: "dom", types: "protocol.ts" },
  cell: { code: "code dom keys output", types: "protocol.ts run stage" },
  contents: { code: "dom keys output", types: "protocol.ts" },
  xray: { code: "dom", types: "trace.ts" },
  "xray/trace": { types: "trace.ts" },
  "xray/drawing": { code: "dom xray/trace", types: "trace.ts" },
  "xray/figure": { code: "dom keys page xray xray/drawing xray/trace", types: "trace.ts" },
  print: { code: "code dom output xray" },
  editor: { code: "dom keys tokens.ts", types: "protocol.ts" },
  editing: { code: "dom keys", types: "cell editor protocol.ts run stage" },
  live: { code: "dom editing keys page run", types: "protocol.ts stage xray" },
  python: { code: "editing page run", types: "cell protocol.ts stage" },
  "plugin.ts": { code: "cell code contents dom keys output page print run stage xray" },
  "main.ts": { code: "config.ts page plugin.ts run", types: "editor live python" },
};

const imports = importsIn(".");
const edges = imports.map(({ from, to, isType }) => ({ from: folderOf(from), to: folderOf(to), isType, file: from, target: to }));
const between = edges.filter(({ from, to }) => from && to && from !== to);

test("architecture: folders import nothing but what they may", () => {
  const forbidden = between.filter(({ from, to, isType }) => !mayImport(from, to, isType));
  assert.deepEqual(forbidden.map(({ file, target, isType }) => `${file} → ${target}${isType ? "" : ", with code"}`), []);
});

test("architecture: what folders may import, they do", () => {
  const isNeeded = (from: string, to: string, types: boolean) => between.some((edge) => edge.from === from && edge.to === to && edge.isType === types);
  const idle = Object.entries(allowed).flatMap(([from, { code = "", types = "" }]) => [
    ...names(code).filter((to) => !isNeeded(from, to, false)).map((to) => `${from} → ${to}, with code`),
    ...names(types).filter((to) => !isNeeded(from, to, true)).map((to) => `${from} → ${to}`),
  ]);
  assert.deepEqual(idle, []);
});

test("architecture: no folders import each other in a circle", () => {
  const graph = new Map(Object.entries(allowed).map(([from, { code = "", types = "" }]) => [from, names(`${code} ${types}`)]));
  assert.deepEqual(circlesIn(graph).map((circle) => circle.join(" → ")), []);
});

test("architecture: no files import each other in a circle, not even types", () => {
  assert.deepEqual(circlesIn(graphOf(imports)).map((circle) => circle.join(" → ")), []);
});

/** The folder of a file within src, or the name of one at its top; nothing outside of it. */
function folderOf(file: string): string {
  const [, path = ""] = /^src\/(.+)$/.exec(file) ?? [];
  return path.includes("/") ? dirname(path) : path;
}

function mayImport(from: string, to: string, isType: boolean): boolean {
  const { code = "", types = "" } = allowed[from] ?? {};
  return names(isType ? `${code} ${types}` : code).includes(to);
}

function names(list: string): string[] {
  return list.split(" ").filter(Boolean);
}
