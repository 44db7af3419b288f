import { rm } from "node:fs/promises";
import type { BrowserContextOptions } from "@playwright/test";
import { accessibilityFaults } from "./accessibility";
import type { Cell } from "./cell";
import type { Finding } from "../src/protocol";
import { FakeStage } from "./fake-stage";
import { test as base, expect } from "./fixtures";
import { layoutFaults } from "./layout";
import { expectText, text as markup } from "./markup";
import { borrowed, faulty, immutable, panicked, rustSlides, unused } from "./rust-slides";
import { livePolicy, StaticSite } from "./static-site";
import { Talk } from "./talk";
import { textFaults } from "./text-sizes";

interface Opened {
  talk: Talk;
  fake: FakeStage;
}

const test = base.extend<{ siteOf: (live: boolean) => Promise<StaticSite>; open: (options?: BrowserContextOptions) => Promise<Opened>; openStatic: () => Promise<Talk> }>({
  siteOf: async ({}, use) => {
    const ends: (() => Promise<void>)[] = [];
    await use(async (live) => {
      const folder = await rustSlides(live);
      const site = await StaticSite.serve(folder, "/", livePolicy);
      ends.push(() => site.end(), () => rm(folder, { recursive: true }));
      return site;
    });
    for (const end of ends) await end();
  },
  open: async ({ siteOf, contextFor }, use) => {
    await use(async (options) => {
      const { address } = await siteOf(true);
      const page = await (await contextFor(address, { reducedMotion: "reduce", ...options })).newPage();
      const fake = await FakeStage.behind(page);
      fake.prints["call"] = [{ event: "stream", fd: "stdout", data: "42\n" }];
      fake.prints["missed"] = panicked;
      await page.goto(address);
      return { talk: await new Talk(page).live(), fake };
    });
  },
  openStatic: async ({ siteOf, contextFor }, use) => {
    await use(async () => {
      const { address } = await siteOf(false);
      const page = await (await contextFor(address)).newPage();
      await page.goto(address);
      return new Talk(page).ready();
    });
  },
});

/** Types the text that the compiler's findings are about, and has it built by the key. */
async function ask({ talk, fake }: Opened, text = faulty): Promise<Cell> {
  const cell = talk.cell("edit");
  if ((await talk.indicator("role").getAttribute("data-state")) !== "presenter") await talk.unlock();
  await cell.button("edit").click();
  await cell.editor.fill(text.replace(/\n$/, ""));
  await talk.press("Control+Enter");
  await fake.asked("rebuild");
  return cell;
}

/** The texts that are underlined in a cell's editor, with what they are. */
function marks(cell: Cell): Promise<string[]> {
  return cell.figure.locator(".editor .found").evaluateAll((all) => all.map((mark) => `${mark.className.replace("found ", "")}: ${mark.textContent}`));
}

const strip = (cell: Cell) => cell.figure.locator(".findings");

test("without the unlock, Rust is to be read, and its button says why it does nothing", async ({ open }) => {
  const { talk, fake } = await open();
  const cell = talk.cell("edit");
  await expect(cell.button("run")).toHaveText("Rebuild");
  await expect(cell.button("run")).toBeDisabled();
  await expect(cell.button("run")).toHaveAttribute("title", /locked.*Press U/);
  await cell.button("edit").click();
  await expect(talk.notice("locked")).toBeVisible();
  await talk.press("r");
  await talk.cell("call").ended("ok");
  await talk.unlock();
  await expect(cell.button("run")).toBeEnabled();
  expect(fake.commands.filter(({ command }) => command === "rebuild"), "the key means a cell that can run").toEqual([]);
});

test("where there is a recording, it is shown without the unlock", async ({ open }) => {
  const { talk } = await open();
  await talk.goTo("borrow-slide");
  const cell = talk.cell("borrow");
  await expect(cell.button("run")).toHaveText("Show output");
  await cell.button("run").click();
  await expect(cell.label).toHaveText("Does not compile · Recorded: rustc 1.95.0, 2026-11-23");
  await expect(cell.scroll.locator(".rc-primary").last()).toHaveText("mutable borrow occurs here");
});

test("an edited text is built by the key, and the phases are told as they come", async ({ open }) => {
  const { talk, fake } = await open();
  await talk.cell("call").run();
  const cell = await ask({ talk, fake });
  await expect(cell.editor, "the deck has its keys back").not.toBeFocused();
  expect(fake.commands.map(({ command }) => command).filter((name) => ["edit", "rebuild"].includes(name))).toEqual(["edit", "rebuild"]);
  expect(fake.stage.cells["edit"]?.edited).toBe(faulty);
  await expect(cell.label).toHaveText(/^build\s\d+\.\d\ss$/);
  fake.phase("edit", "build", 212);
  await expect(cell.label).toHaveText(/^build\s212\sms · import\s\d+\.\d\ss$/);
  fake.prints["call"] = [{ event: "stream", fd: "stdout", data: "43\n" }];
  fake.rebuild("edit", "call");
  await expect(cell.label).toHaveText(/import\s6\sms · replay\s1\sms · run\s2\sms =\s\d+\sms · Live: build 1, release$/);
  await expect(talk.cell("call").scroll).toHaveText("43");
  await expect(talk.cell("call").figure).toHaveAttribute("data-stale", "false");
  await expect(talk.indicator("build")).toHaveText("release · build 1 · edit");
});

test("a text says when it is not what answers, and the original comes back", async ({ open }) => {
  const { talk, fake } = await open();
  const cell = await ask({ talk, fake });
  fake.rebuild("edit", "call");
  await cell.editor.fill("fn other() {}");
  await talk.press("Escape");
  await expect(cell.label).toHaveText("Edited, not built · build 1, release still answers");
  await cell.button("original").click();
  await expect(cell.label).toHaveText("Put back, not built · build 1, release still answers");
  await expect(cell.editor).toContainText("x + 1");
  await expect(cell.button("original")).toBeHidden();
});

test("one key leads back to the build before, and forth again, while there is one", async ({ open }) => {
  const { talk, fake } = await open();
  const back = talk.page.locator(".deck-footer button.return-build");
  await talk.unlock();
  await expect(back).toBeHidden();
  await talk.press("Shift+B");
  const cell = await ask({ talk, fake });
  fake.rebuild("edit", "call");
  await expect(back).toHaveText("Back to installed");
  await talk.press("Shift+B");
  await fake.asked("return-build");
  expect(fake.commands.filter(({ command }) => command === "return-build"), "none while there was none").toHaveLength(1);
  const { build } = fake.stage;
  fake.change({ change: "restarted", build: { number: 0, profile: "release", edited: [] }, previous: build, rebuilt: null });
  await expect(talk.indicator("build")).toHaveText("release, as installed");
  await expect(back).toHaveText("Back to build 1");
  await expect(talk.page.locator(".spoken")).toHaveText("Loaded: release, as installed");
  await expect(talk.cell("call").label).toContainText("Stale");
  await expect(cell.label).toHaveText("Edited, not built · release, as installed still answers");
  await talk.press("u");
  await expect(back).toBeHidden();
});

test("findings stand at their places, and move with what is typed", async ({ open }) => {
  const { talk, fake } = await open();
  const cell = await ask({ talk, fake });
  fake.refuse("edit", [immutable, unused]);
  await expect(cell.label).toHaveText("Does not compile · release, as installed still answers");
  expect(await marks(cell)).toEqual(["aside: y", "error: y += 1", "warning: spare"]);
  const letters = cell.figure.locator(".editor [data-letter]");
  expect(await letters.evaluateAll((lines) => lines.map((line) => `${line.getAttribute("data-letter")} ${line.textContent?.trim()}`))).toEqual(["E y += 1;", "W let spare = 3;"]);
  await expect(talk.page.locator(".spoken")).toContainText(/compile|1 error, 1 warning/);

  await cell.editor.focus();
  await talk.press("Control+Home");
  await talk.page.keyboard.insertText("// above\n");
  expect(await marks(cell)).toEqual(["aside: y", "error: y += 1", "warning: spare"]);
  await expect(letters.first()).toContainText("y += 1;");
});

test("the strip says the finding at the cursor, under the pointer, or that the keys have chosen", async ({ open }) => {
  const { talk, fake } = await open();
  const cell = await ask({ talk, fake });
  fake.refuse("edit", [immutable, unused]);
  await expect(strip(cell)).toContainText("error E0384 cannot assign twice to immutable variable y");
  await cell.figure.locator(".editor .found.warning").hover();
  await expect(strip(cell)).toContainText("warning unused_variables unused variable: spare");
  await cell.editor.focus();
  await talk.press("F8");
  await expect(strip(cell)).toContainText("1 of 2");
  await talk.press("F8");
  await expect(strip(cell)).toContainText("2 of 2");
  await talk.press("Shift+F8");
  await expect(strip(cell)).toContainText("error E0384");
  await talk.page.keyboard.insertText("¤");
  await expect(cell.editor, "the cursor came along").toContainText("¤y += 1;");
});

test("a suggestion is applied by a click, and the text is sent", async ({ open }) => {
  const { talk, fake } = await open();
  const cell = await ask({ talk, fake });
  fake.refuse("edit", [immutable, unused]);
  const fix = strip(cell).getByRole("button", { name: "Apply: add mut" });
  await fix.click();
  await expect(cell.editor).toContainText("let mut y = x;");
  await expect.poll(() => fake.stage.cells["edit"]?.edited).toBe(faulty.replace("let y", "let mut y"));
  await expect(cell.label).toHaveText("Edited, not built · release, as installed still answers");
  fake.change({ change: "checked", findings: [unused] });
  expect(await marks(cell)).toEqual(["warning: spare"]);
  fake.change({ change: "checked", findings: [] });
  await expect(strip(cell)).toBeHidden();
  await expect(talk.page.locator(".spoken")).toHaveText("The compiler finds nothing wrong.");
});

test("by keyboard alone: edit, next finding, apply, rebuild", async ({ open }) => {
  const { talk, fake } = await open();
  await talk.cell("call").run();
  await talk.unlock();
  const cell = talk.cell("edit");
  await talk.press("e");
  await expect(cell.editor).toBeFocused();
  await talk.press("Control+A");
  await talk.page.keyboard.insertText(faulty.replace(/\n$/, ""));
  await expect.poll(() => fake.stage.cells["edit"]?.edited).toBe(faulty);
  fake.change({ change: "checked", findings: [immutable, unused] });
  await expect(strip(cell)).toBeVisible();
  await talk.press("F8", "Shift+F8", "Control+.");
  await expect(cell.editor).toContainText("let mut y = x;");
  await talk.press("Control+Enter");
  await fake.asked("rebuild");
  await expect(cell.editor).not.toBeFocused();
  await talk.press("e");
  await expect(cell.editor, "the cell that was edited last").toBeFocused();
  await talk.press("Escape", "Tab");
  await expect(strip(cell).getByRole("button").first(), "the strip follows the editor").toBeFocused();
});

test("a finding that no slide shows says where it is", async ({ open }) => {
  const { talk, fake } = await open();
  const cell = await ask({ talk, fake });
  const at = { in: "file", file: "demo_crate/src/lib.rs", line: 12, column: 5 } as const;
  fake.refuse("edit", [{ ...immutable, message: "no such function", fixes: [], spots: [{ at, label: null, primary: true }] }]);
  await expect(strip(cell)).toContainText("no such function (elsewhere: demo_crate/src/lib.rs:12)");
  expect(await marks(cell)).toEqual([]);
});

test("places that the text does not have, empty ones and long ones harm nothing", async ({ open }) => {
  const { talk, fake } = await open();
  const cell = await ask({ talk, fake }, "fn f() {\n\n}\n");
  const spots = [[2, 1, 2, 1], [1, 9, 1, 9], [1, 4, 3, 2], [7, 1, 9, 9]].map(([line = 0, column = 0, toLine = 0, toColumn = 0]) => ({
    at: { in: "cell", cell: "edit", from: { line, column }, to: { line: toLine, column: toColumn } } as const,
    label: null,
    primary: true,
  }));
  fake.refuse("edit", [{ ...immutable, spots }]);
  await expect(cell.figure.locator(".editor [data-letter]")).toHaveCount(3);
  expect((await marks(cell)).join()).toContain("{");
});

test("what the compiler says is in its colours, from its beginning, and scrolls in its box", async ({ open }) => {
  const { talk, fake } = await open();
  await talk.unlock();
  await talk.goTo("borrow-slide");
  const cell = talk.cell("borrow");
  await cell.button("run").click();
  await fake.asked("rebuild");
  fake.refuse("borrow", [borrowed]);
  const said = cell.scroll.locator("pre.compile");
  await expect(said).toHaveText(borrowed.rendered.trimEnd());
  await expect(said.locator(".rc-error")).toHaveText("error[E0502]");
  expect(await cell.scroll.evaluate((box) => box.scrollTop)).toBe(0);
  const [inner, outer] = await said.evaluate((pre) => [pre.scrollWidth, pre.clientWidth]);
  expect(inner, "the code keeps its columns").toBeGreaterThan(outer ?? 0);
  expect(await said.locator(".rc-prose").first().evaluate((line) => line.getClientRects().length), "prose is broken to fit").toBe(1);
  // Once all that the compiler said has its place.
  await expect.poll(() => layoutFaults(talk.page)).toEqual([]);
});

test("a panic has a pane for each language, and its line is marked where the slide shows it", async ({ open }) => {
  const { talk, fake } = await open();
  await talk.goTo("panic-slide");
  const cell = talk.cell("missed");
  await cell.run();
  const pane = cell.scroll.locator(".panic");
  await expect(pane.locator(".pn-message")).toHaveText("x must not be zero\n");
  await expect(pane.locator("a.pn-place")).toHaveAttribute("href", "source/demo_crate/src/errors.rs.html#L31");
  await expect(cell.scroll.locator(".traceback .tb-exception")).toHaveText("pyo3_runtime.PanicException: x must not be zero");
  const marked = talk.cell("panics").figure.locator(".panicked");
  await expect(marked).toHaveText(/assert!\(x != 0/);

  await talk.unlock();
  await talk.cell("panics").button("edit").click();
  await expect(marked.locator("visible=true"), "in the editor as well").toHaveText(/assert!\(x != 0/);
  await talk.press("Escape");
  fake.prints["missed"] = [{ event: "stream", fd: "stdout", data: "fine\n" }];
  await cell.button("run").click();
  await expect(cell.scroll).toHaveText("fine");
  await expect(marked).toHaveCount(0);
});

test("writing back shows the difference first, and is asked for by its digest", async ({ open }) => {
  const { talk, fake } = await open();
  const cell = await ask({ talk, fake });
  fake.rebuild("edit", "call");
  const dialog = talk.page.locator("dialog.write-back");
  const difference = { message: "difference", cell: "edit", file: "demo_crate/src/add_one.rs", digest: "abc", diff: "--- a\n+++ b\n@@ -5 +5 @@\n-    x + 1\n+    x + 2\n" } as const;
  await cell.figure.getByRole("button", { name: "Write back …" }).click();
  await fake.asked("difference");
  fake.say(difference);
  await expect(dialog.getByRole("heading")).toHaveText("Write to demo_crate/src/add_one.rs?");
  await expect(dialog.locator(".diff-added")).toHaveText("+    x + 2");
  await talk.press("Escape");
  await expect(dialog).toBeHidden();
  expect(fake.commands.some(({ command }) => command === "write-back")).toBe(false);

  fake.say(difference);
  await dialog.getByRole("button", { name: "Write", exact: true }).click();
  expect(await fake.asked("write-back")).toEqual({ command: "write-back", cell: "edit", digest: "abc" });
  fake.say({ message: "written", cell: "edit", file: "demo_crate/src/add_one.rs" });
  await expect(talk.notice("written")).toHaveText("Written to demo_crate/src/add_one.rs.");
});

/** What the compiler would say if it could be made to say anything, and what it would change. */
const hostile: Finding = {
  level: "error",
  code: markup,
  message: `${markup} \`${markup}\``,
  spots: [
    { at: { in: "cell", cell: "edit", from: { line: 7, column: 5 }, to: { line: 7, column: 11 } }, label: `label ${markup}`, primary: true },
    { at: { in: "file", file: `javascript:reached = 1//${markup}.rs`, line: 1, column: 1 }, label: markup, primary: false },
  ],
  rendered: `error[${markup}]: ${markup}\n --> ${markup}.rs:9:5\n  |\n9 |     ${markup}\n  |     ^^^ ${markup}\n  |\nhelp: ${markup}\n  |\n8 |     ${markup}\n  |     +++\n\n`,
  fixes: [{ message: markup, edits: [{ cell: "edit", from: { line: 6, column: 9 }, to: { line: 6, column: 9 }, text: `<u>${markup}` }] }, { message: "short", edits: [{ cell: "edit", from: { line: 6, column: 9 }, to: { line: 6, column: 9 }, text: "<u>x</u>" }] }],
};

test("what the compiler says and suggests is text, in the strip, below the code and when it is applied", async ({ open }) => {
  const { talk, fake } = await open();
  const cell = await ask({ talk, fake });
  fake.refuse("edit", [hostile, { ...hostile, spots: hostile.spots.slice(1).map((spot) => ({ ...spot, primary: true })) }]);
  await expect(cell.scroll).toContainText(markup);
  await expect(strip(cell)).toContainText("reached = 1");
  await expectText(talk.page);
  await cell.editor.focus();
  await talk.press("F8");
  await expectText(talk.page);
  await expect(strip(cell).getByRole("button", { name: "Apply: add <u>x</u>" })).toBeVisible();
  await strip(cell).locator("button.fix").first().click();
  await expect(cell.editor).toContainText(`let <u>${markup}`);
  await expectText(talk.page);
});

test("the difference that is shown before writing, and the name of its file, are text", async ({ open }) => {
  const { talk, fake } = await open();
  const cell = await ask({ talk, fake });
  const dialog = talk.page.locator("dialog.write-back");
  await cell.figure.getByRole("button", { name: "Write back …" }).click();
  await fake.asked("difference");
  fake.say({ message: "difference", cell: "edit", file: markup, digest: "abc", diff: ["--- ", "+++ ", "@@ ", "-", "+", " "].map((sign) => `${sign}${markup}\n`).join("") });
  await expect(dialog.getByRole("heading")).toContainText(markup);
  await expect(dialog.locator(".diff-added")).toContainText(markup);
  await expectText(talk.page);
  await dialog.getByRole("button", { name: "Write", exact: true }).click();
  fake.say({ message: "written", cell: "edit", file: markup });
  await expect(talk.notice("written")).toContainText(markup);
  await expectText(talk.page);
});

test("a panic is text: its thread, its place and its message", async ({ open }) => {
  const { talk, fake } = await open();
  for (const file of [`${markup}.rs`, "javascript:reached = 1//x.rs"]) {
    const data = `\nthread '${markup}' (1) panicked at ${file}:31:5:\n${markup}\nnote: ${markup}\n`;
    fake.prints["missed"] = [{ event: "stream", fd: "stderr", data }];
    await talk.goTo("panic-slide");
    await talk.cell("missed").run();
    await expect(talk.cell("missed").scroll).toContainText(markup);
    await expectText(talk.page);
  }
});

test("the static deck shows Rust to be read, and what was recorded of it", async ({ openStatic }) => {
  const talk = await openStatic();
  const cell = talk.cell("edit");
  await expect(cell.button("run")).toBeHidden();
  await expect(cell.figure.locator(".output")).toBeHidden();
  await expect(cell.button("edit")).toHaveCount(0);
  await talk.goTo("borrow-slide");
  await talk.press("r");
  await expect(talk.cell("borrow").scroll.locator(".rc-error")).toHaveText("error[E0502]");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`layout, sizes and accessibility of Rust that is edited, ${colorScheme}`, async ({ open }) => {
    const { talk, fake } = await open({ colorScheme });
    const { page } = talk;
    await page.evaluate(() => window.deck!.deck.configure({ transition: "none" }));
    const faults: string[] = [];
    const check = async (when: string) => {
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      const found = [...(await layoutFaults(page)), ...(await textFaults(page)), ...(await accessibilityFaults(page))];
      faults.push(...found.map((fault) => `${when}: ${fault}`));
    };
    await check("locked");
    const cell = await ask({ talk, fake });
    await check("building");
    fake.refuse("edit", [immutable, unused]);
    await expect(strip(cell)).toBeVisible();
    await check("findings");
    await cell.button("run").click();
    fake.rebuild("edit", "call");
    await cell.ended("ok");
    await check("built");
    fake.say({ message: "difference", cell: "edit", file: "demo_crate/src/add_one.rs", digest: "abc", diff: "--- a\n+++ b\n@@ -5 +5 @@\n-    x + 1\n+    x + 2\n" });
    await expect(page.locator("dialog.write-back")).toBeVisible();
    faults.push(...(await accessibilityFaults(page)));
    await talk.press("Escape");
    fake.change({ change: "restarted", build: { number: 0, profile: "release", edited: [] }, previous: fake.stage.build, rebuilt: null });
    await check("the build before");
    await talk.goTo("panic-slide");
    await talk.cell("missed").run();
    await check("panic");
    expect(faults).toEqual([]);
  });
}

test("on a phone the cells are as wide as the screen", async ({ open }) => {
  const { talk, fake } = await open({ viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true });
  fake.ran("edit", { event: "started" });
  fake.refuse("edit", [immutable, unused]);
  await expect(strip(talk.cell("edit"))).toBeVisible();
  const wide = await talk.page.evaluate(() => {
    const parts = document.querySelectorAll("section.present :is(figure, .findings, .findings *, .output, .label, .tools *), .deck-footer > *");
    return [...parts].filter((part) => part.getBoundingClientRect().right > 391).map((part) => part.className);
  });
  expect(wide).toEqual([]);
});
