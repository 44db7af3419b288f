import { readFile, rm, writeFile } from "node:fs/promises";
import { readPdf } from "../pdf/read";
import { type Job, writePdf } from "../pdf/write";
import { expect, test as base } from "./fixtures";
import { prerequisites } from "./prerequisites";
import type { Project } from "./project";
import { build, StaticSite } from "./static-site";
import { Talk } from "./talk";

/** What the deck itself shows, in its normal view. */
interface Shown {
  readonly titles: readonly string[];
  /** Steps of each slide, its beginning included. */
  readonly steps: readonly number[];
  readonly chapters: number;
  readonly notes: readonly string[];
}

const test = base.extend<{ print: (job?: Partial<Job>) => ReturnType<typeof writePdf>; out: string; shown: Shown }>({
  out: async ({ project }, use) => use(project.path("dist/slides.pdf")),
  print: async ({ project, out }, use) => {
    const deck = await build(project);
    const job: Job = { deck, out, byStep: false, address: null, chromium: prerequisites().chromium, secrets: [project.folder] };
    await use((changes) => writePdf({ ...job, ...changes }));
  },
  shown: async ({ project, contextFor }, use) => {
    const site = await StaticSite.serve(await build(project));
    const page = await (await contextFor(new URL(site.address).origin)).newPage();
    await page.goto(site.address);
    await new Talk(page).ready();
    await use(await page.evaluate(readDeck));
    await site.end();
  },
});

function readDeck(): Shown {
  const slides = window.deck!.deck.getSlides() as HTMLElement[];
  const indices = (slide: Element) => [...slide.querySelectorAll<HTMLElement>(".fragment")].map(({ dataset }) => dataset["fragmentIndex"]);
  return {
    titles: slides.map(({ dataset }) => dataset["title"] ?? ""),
    steps: slides.map((slide) => 1 + new Set(indices(slide)).size),
    chapters: slides.filter((slide) => slide.querySelector("h1")).length,
    notes: slides.flatMap((slide) => slide.querySelector("aside.notes p")?.textContent ?? []),
  };
}

test("the PDF has a page for each slide: 16:9, readable, tagged and with a way to each", async ({ print, out, shown }) => {
  await print();
  const file = await readFile(out);
  const pdf = await readPdf(file);
  const { titles, chapters, notes } = shown;
  expect(pdf.pages).toHaveLength(titles.length);
  titles.forEach((title, index) => expect(pdf.pages[index]?.text.replace(/\s+/g, ""), title).toContain(title.replace(/\s+/g, "")));
  for (const { width, height, roles } of pdf.pages) {
    expect([width, height]).toEqual([960, 540]);
    expect([...roles].some((role) => /^H[12]$/.test(role)), "a heading is tagged").toBe(true);
  }
  const slides = pdf.outline.filter(({ level }) => level <= 2);
  expect(slides.map(({ title }) => title)).toEqual(titles);
  expect(slides.map(({ page }) => page)).toEqual(titles.map((_, index) => index));
  expect(slides.filter(({ level }) => level === 1)).toHaveLength(chapters);
  expect([pdf.title, pdf.language, pdf.isTagged]).toEqual([titles[0], "en", true]);
  expect(pdf.fonts.map(({ name }) => name).join()).toMatch(/HankenGrotesk.*PlexMono/);
  expect(pdf.fonts.filter(({ isEmbedded, isType3 }) => isType3 || !isEmbedded)).toEqual([]);
  expect(pdf.pages.flatMap(({ jumps }) => jumps), "each footer leads to its chapter").toHaveLength(titles.length - 1);
  expect(pdf.pages.flatMap(({ links }) => links).filter((link) => link.includes("127.0.0.1"))).toEqual([]);
  expect(file.length).toBeLessThan(5_000_000);
  expect(notes.length).toBeGreaterThan(10);
  const text = pdf.pages.map(({ text }) => text).join("").replace(/\s+/g, "");
  for (const note of notes) expect(text).not.toContain(note.replace(/\s+/g, ""));
});

test("with --steps there is a page for each step, and it shows what the talk shows then", async ({ print, shown }) => {
  test.setTimeout(240_000);
  const { pages, outline } = await print({ byStep: true });
  expect(pages).toHaveLength(shown.steps.reduce((sum, steps) => sum + steps, 0));
  expect(outline.filter(({ level }) => level <= 2).map(({ title }) => title)).toEqual(shown.titles);
  // The title slide before and after its cell has run: only then is 42 there.
  expect(pages[0]?.text).toContain("add_one");
  expect(pages[0]?.text).not.toMatch(/^42$/m);
  expect(pages[1]?.text).toMatch(/^42$/m);
  // The stages of an X-ray: each step is another instruction.
  const dive = pages.filter(({ text }) => text.startsWith("The first call is careful"));
  const reached = dive.map(({ text }) => /instruction (\d+)/.exec(text)?.[1]);
  expect(new Set(reached).size, `instructions reached: ${reached}`).toBeGreaterThan(6);
});

test("with an address, slides and sources lead to where the deck is published", async ({ print, shown }) => {
  const { pages } = await print({ address: "https://example.org/talk/" });
  const links = pages.flatMap(({ links }) => links);
  expect(links.filter((link) => link.startsWith("https://example.org/talk/#/"))).toHaveLength(shown.titles.length - 1);
  expect(links).toContain("https://example.org/talk/#/two-functions");
  expect(links).toContain("https://example.org/talk/source/demo_crate/src/add_one.rs.html#L4");
});

const seen = ".reveal aside.notes { display: block !important; position: absolute; top: 0; } aside.notes * { margin: 0; font-size: 4px; }";

/** What can be wrong with a deck, and what is said then. */
const broken: Record<string, { readonly breakDeck: (project: Project) => Promise<void>; readonly says: RegExp }> = {
  "no deck": { breakDeck: (project) => rm(project.path("dist/deck/index.html")), says: /no deck in .*make build/ },
  "a deck whose script is gone": { breakDeck: (project) => rm(project.path("dist/deck/assets/deck.js")), says: /has no assets\/deck\.js\. .*make build/ },
  "an X-ray that is gone": { breakDeck: (project) => rm(project.path("dist/deck/xray/warm-call.js")), says: /has no xray\/warm-call\.js/ },
  "an output that is not the recording": {
    breakDeck: (project) => project.replace("dist/deck/index.html", '<pre class="stream stdout">42', '<pre class="stream stdout">43'),
    says: /Page 1, “How Python Harnesses.*”, lacks the text: 42/,
  },
  "a slide with more than a page can show": {
    breakDeck: (project) => project.replace("dist/deck/index.html", "<p>How many", `${"<p>More.</p>".repeat(20)}<p>How many`),
    says: /“How Python Harnesses.*” has more than a page can show/,
  },
  "notes that everybody would see": {
    breakDeck: (project) => project.replace("dist/deck/index.html", "</head>", `<style>${seen}</style></head>`),
    says: /Page \d+ shows what is not for its readers/,
  },
};

for (const [what, { breakDeck, says }] of Object.entries(broken)) {
  test(`the PDF before stays where there is ${what}`, async ({ print, project, out }) => {
    await writeFile(out, "the last one");
    await breakDeck(project);
    await expect(print()).rejects.toThrow(says);
    expect(await readFile(out, "utf8")).toBe("the last one");
  });
}
