import assert from "node:assert/strict";
import { test } from "node:test";
import { faultsOf } from "../pdf/faults";
import { options } from "../pdf/options";
import type { Pdf, PdfPage } from "../pdf/read";
import type { Wanted } from "../pdf/wanted";

const wanted: Wanted = {
  title: "A deck",
  language: "en",
  slides: [
    { title: "Opening", level: 1, pages: 1, texts: [], links: [] },
    { title: "A slide", level: 2, pages: 2, texts: ["a line of output"], links: ["https://example.org/"] },
  ],
  secrets: ["/home/somebody", "Say this slowly, and look at the audience."],
};

const page: PdfPage = { width: 960, height: 540, text: "Opening", links: [], jumps: [0], roles: new Set(["Document", "H1"]) };
const last: PdfPage = { ...page, text: "A\nslide\na line of\noutput", links: ["https://example.org/"] };

const good: Pdf = {
  title: "A deck",
  language: "en",
  isTagged: true,
  pages: [page, { ...page, text: "A slide" }, last],
  outline: [
    { level: 1, title: "Opening", page: 0 },
    { level: 2, title: "A slide", page: 1 },
    { level: 3, title: "A heading on it", page: 1 },
  ],
  fonts: [{ name: "Plex", isEmbedded: true, isType3: false }],
  bytes: 100_000,
};

function pages(change: Partial<PdfPage>): Partial<Pdf> {
  return { pages: [...good.pages.slice(0, 2), { ...last, ...change }] };
}

/** Each way in which a PDF can differ, and what is said about it. */
const bad: readonly [string, Partial<Pdf>, RegExp][] = [
  ["an empty page", { pages: [{ ...page, text: "" }] }, /has 1 pages; 2 slides need 3/],
  ["no title", { title: "" }, /Its title is “”; the deck's is “A deck”/],
  ["another language", { language: "de" }, /Its language is “de”/],
  ["no tags", { isTagged: false }, /has no tags, so that/],
  ["a page without tags", pages({ roles: new Set() }), /Page 3 has no tags/],
  ["paper of another form", pages({ width: 612, height: 792 }), /Page 3 is 612 by 792 points/],
  ["a link to nowhere", pages({ jumps: [0, null] }), /Page 3 has a link that leads nowhere/],
  ["a link that was lost", pages({ links: [] }), /Page 3, “A slide”, lacks the link to https:\/\/example\.org\//],
  ["an output that was lost", pages({ text: "A slide" }), /Page 3, “A slide”, lacks the text: a line/],
  ["a heading that was lost", pages({ text: "a line of output" }), /Page 3 lacks its title, “A slide”/],
  ["a note of the speaker's", pages({ text: `${last.text} Say this slowly, and\nlook at the audience.` }), /Page 3 shows what is not for its readers: “Say/],
  ["a path in a link", pages({ links: [...last.links, "file:///home/somebody/deck"] }), /not for its readers: “\/home\/somebody”/],
  ["an outline without a slide", { outline: good.outline.slice(0, 1) }, /Its outline lacks “A slide” at level 2 for page 2/],
  ["an outline with a slide twice", { outline: [...good.outline, { level: 2, title: "A slide", page: 2 }] }, /what is no slide: “A slide” at level 2 for page 3/],
  ["a font that is not in it", { fonts: [{ name: "Arial", isEmbedded: false, isType3: false }] }, /Arial is not embedded/],
  ["letters as drawings", { fonts: [{ name: "Hanken", isEmbedded: true, isType3: true }] }, /Hanken is of Type 3/],
  ["no fonts", { fonts: [] }, /its text is a picture/],
  ["too many bytes", { bytes: 1_000_000 }, /It has 1000000 bytes/],
];

test("a PDF that is as its deck has no faults", () => assert.deepEqual(faultsOf(good, wanted, false), []));

for (const [what, change, says] of bad) {
  test(`a PDF with ${what} is refused`, () => {
    const faults = faultsOf({ ...good, ...change }, wanted, false);
    assert.equal(faults.length, 1, faults.join("\n"));
    assert.match(faults[0] ?? "", says);
  });
}

test("an address is whole and ends with a slash", () => {
  assert.deepEqual(options(["--steps", "--address", "https://a.org/talk"]), { steps: true, address: "https://a.org/talk/" });
  assert.deepEqual(options([]), { steps: false, address: null });
  for (const wrong of ["a.org/talk", "https://", "javascript:alert(1)", "https://a.org/?x"]) {
    assert.throws(() => options(["--address", wrong]), /whole address, e\.g\. https:\/\/example\.org\/talk\//, wrong);
  }
});
