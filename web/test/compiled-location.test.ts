import assert from "node:assert/strict";
import { test } from "node:test";
import { compiledLocation, type EditedRegion, lineCount } from "../src/output/compiled-location";

/** Regions on lines 3 and 4, and 10 to 12, of a file. */
const longer: EditedRegion = { cell: "a", first: 3, onDisk: 2, built: 5 };
const shorter: EditedRegion = { cell: "b", first: 10, onDisk: 3, built: 1 };

const cases: [string, number, EditedRegion[], string][] = [
  ["nothing was edited", 7, [], "7"],
  ["before an edit", 2, [longer], "2"],
  ["its first line", 3, [longer], "3 a1"],
  ["its last line, which the region on disk does not have", 7, [longer], "3 a5"],
  ["the line after it", 8, [longer], "5"],
  ["between two edits", 12, [shorter, longer], "9"],
  ["in the second one", 13, [shorter, longer], "10 b1"],
  ["after both", 14, [shorter, longer], "13"],
  ["after one that is shorter", 11, [shorter], "13"],
];
for (const [name, line, regions, expected] of cases) {
  test(`compiled location: ${name}`, () => {
    const { onDisk, written } = compiledLocation(line, regions);
    assert.equal(written ? `${onDisk} ${written.cell}${written.line}` : `${onDisk}`, expected);
  });
}

test("compiled location: a line end ends a line and begins none", () => {
  assert.deepEqual(["a\nb\n", "a\nb", "", "\n"].map(lineCount), [2, 2, 1, 1]);
});
