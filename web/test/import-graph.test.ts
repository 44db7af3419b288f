import assert from "node:assert/strict";
import { test } from "node:test";
import { createVirtualFileSystem } from "typescript/unstable/fs";
import { circlesIn, graphOf, importsIn } from "./import-graph";

/** Statements of a file beside `other.ts`, and how they import it; nothing if they do not. */
const statements: [string, "code" | "type" | null][] = [
  ['import { a } from "./other";', "code"],
  ['import {\n  a,\n  type B,\n} from "./other";', "code"],
  ['import * as other from "./other";', "code"],
  ['import "./other";', "code"],
  ['import { type B } from "./other";', "code"],
  ['import type { B } from "./other";', "type"],
  ['import type {\n  B,\n} from "./other";', "type"],
  ['export * from "./other";', "code"],
  ['export { a } from "./other";', "code"],
  ['export type { B } from "./other";', "type"],
  ['export type * from "./other";', "type"],
  ['void import("./other");', "code"],
  ["void import(`./other`);", "code"],
  ['type Other = typeof import("./other");', "type"],
  ['type B = import("./other").B;', "type"],
  ["void import(`./${name}`);", null],
  ["const text = 'import { a } from \"./other\";';", null],
  ['const text = `import { a } from "./other";`;', null],
  ['// import { a } from "./other";', null],
  ['/* export * from "./other"; */', null],
  ['import { a } from "other";', null],
  ['import "./other.css";', null],
];
for (const [statement, expected] of statements) {
  test(`imports: ${expected ?? "no"} import in ${statement.replaceAll("\n", "↵")}`, () => {
    const files = {
      "/sample/tsconfig.json": '{ "compilerOptions": { "noLib": true, "types": [] } }',
      "/sample/folder/file.ts": statement,
      "/sample/folder/other.ts": "export const a = 1; export type B = 1;",
    };
    const found = importsIn("/sample", createVirtualFileSystem(files));
    assert.deepEqual(found, expected ? [{ from: "folder/file.ts", to: "folder/other.ts", isType: expected === "type" }] : []);
  });
}

const graphs: [string, string[]][] = [
  ["a-b b-c a-c", []],
  ["a-a", ["a a"]],
  ["a-b b-c c-b", ["b c b"]],
  ["a-b b-a c-d d-c", ["a b a", "c d c"]],
  ["a-b a-c b-d c-d", []],
];
for (const [edges, expected] of graphs) {
  test(`imports: circles in ${edges}`, () => {
    const imports = edges.split(" ").map((edge) => ({ from: edge[0]!, to: edge[2]! }));
    assert.deepEqual(circlesIn(graphOf(imports)).map((circle) => circle.join(" ")), expected);
  });
}
