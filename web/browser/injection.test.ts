import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Cell } from "./cell";
import { expect, test } from "./fixtures";
import { expectText, text } from "./markup";
import { build, StaticSite } from "./static-site";
import { Talk } from "./talk";
import { Xray } from "./xray";
import { addXrays } from "./xray-slides";

const python = JSON.stringify(text);

async function firstCell(talk: Talk): Promise<Cell> {
  const cell = talk.cell((await talk.cells())[0] ?? "");
  await cell.show();
  return cell;
}

const outputs: Record<string, { source: string; shown?: string }> = {
  "standard output": { source: `print(${python})`, shown: text },
  "standard error": { source: `import sys; print(${python}, file=sys.stderr)`, shown: text },
  "a result": { source: `class Plain:\n    def __repr__(self): return ${python}\nPlain()`, shown: text },
  "an exception's message": { source: `raise ValueError(${python})`, shown: text },
  "an exception's name": { source: `raise type(${python}, (Exception,), {})("no")`, shown: "reached = 1" },
  "a file's name in a traceback": { source: `exec(compile("1/0", ${python}, "exec"))`, shown: "reached = 1" },
  "a function's name in a traceback": { source: `def f(): 1/0\nf.__code__ = f.__code__.replace(co_name=${python})\nf()`, shown: text },
  "a source line in a traceback": { source: `1/0  # ${text}`, shown: text },
  "bytes that are no text": { source: `import os; os.write(1, b"\\xff" + ${python}.encode())`, shown: text },
  "a terminal's escapes": { source: `print("\\x1b]0;" + ${python} + "\\x07\\x1b[31mred")`, shown: "red" },
  "a value's unit and a relation": { source: `import deck\ndeck.value("n", 1, unit=${python})\ndeck.relation(${python}, False)` },
  "a picture that is none": { source: `class Rich:\n    def _repr_png_(self): return ${python}.encode()\nRich()` },
};

test("output of every kind is text", async ({ talk }) => {
  const cell = await firstCell(talk);
  await talk.unlock();
  for (const [kind, { source, shown }] of Object.entries(outputs)) {
    await test.step(kind, async () => {
      await cell.runText(source);
      if (shown) await expect(cell.scroll).toContainText(shown);
      await expectText(talk.page);
    });
  }
});

test("the editor, a second window, and a page that is loaded again show it as text too", async ({ talk, server }) => {
  const cell = await firstCell(talk);
  await talk.unlock();
  await cell.runText(`print(${python})  # ${text}`);
  const second = await talk.page.context().newPage();
  await second.goto(server.origin);
  for (const page of [second, talk.page]) {
    if (page === talk.page) await page.reload();
    const other = await new Talk(page).live();
    await other.cell(cell.id).show();
    await expect(other.cell(cell.id).scroll).toContainText(text);
    await expectText(page);
  }
});

test("an error in the sources is text: message, excerpt and file name", async ({ talk, project }) => {
  const panel = talk.page.locator(".problems");
  await project.replace("slides/src/02-first-function.md", "add_one.rs:add_one", `add_one.rs:${text.replaceAll("}}", "")}`);
  await expect(panel).toContainText("reached = 1");
  await expectText(talk.page);

  const [from, to] = ["02-first-function.md", "02<u>u<u>.md"];
  await rename(project.path(`slides/src/${from}`), project.path(`slides/src/${to}`));
  await project.replace("slides/src/SUMMARY.md", `(${from})`, `(${to})`);
  await expect(panel).toContainText(to);
  await expect(panel.locator("u")).toHaveCount(0);
});

test("what was asked for and refused is repeated as text", async ({ talk }) => {
  await talk.page.evaluate((text) => window.deck!.notices.show(text), text);
  await expect(talk.page.locator(".notice").last()).toContainText(text);
  await expectText(talk.page);
});

test("an expression that is traced, and why it could not be, are text", async ({ talk }) => {
  test.setTimeout(120_000);
  await talk.unlock();
  const slide = await talk.page.locator("section:not(.silent) figure.xray").first().evaluate((figure) => figure.closest("section")?.id ?? "");
  await talk.goTo(slide);
  const { figure } = await new Xray(talk).drawn();
  for (const expression of [`int(${JSON.stringify(text.slice(0, 200))})`, `len(${JSON.stringify(text.slice(0, 200))})`]) {
    await figure.getByLabel("Expression to trace").fill(expression);
    await figure.locator("button.expression").click();
    await expect(figure.locator(".answer")).not.toContainText("Tracing in a fresh process", { timeout: 60_000 });
    await expectText(talk.page);
  }
});

test("names of functions, files and source lines in a trace are text", async ({ project, contextFor }) => {
  const folder = await build(project);
  await addXrays(folder);
  const file = join(folder, "xray/warm.js");
  const escaped = JSON.stringify(text).slice(1, -1);
  const trace = await readFile(file, "utf8");
  expect(trace).toContain('rusty::add_one"');
  await writeFile(file, trace.replaceAll('rusty::add_one"', () => `rusty::${escaped}"`).replaceAll("number + 1", () => escaped).replaceAll("rusty.add_one(41)", () => escaped));
  const site = await StaticSite.serve(folder);
  const page = await (await contextFor(new URL(site.address).origin)).newPage();
  await page.goto(`${site.address}#/xray-warm`);
  const talk = await new Talk(page).ready();
  for (let step = 0; step < 9; step++) await talk.press("PageDown");
  await expect(page.locator("#xray-warm figure")).toContainText("reached = 1");
  await expectText(page);
  await site.end();
});

test("recorded output is text in the page and in its data", async ({ project, contextFor }) => {
  const file = project.path("slides/recordings/first-call.toml");
  const recording = await readFile(file, "utf8");
  await writeFile(file, recording.replace('data = """\n42\n"""', () => `data = ${JSON.stringify(`${text}\n`)}`));
  const site = await StaticSite.serve(await build(project));
  const page = await (await contextFor(new URL(site.address).origin)).newPage();
  for (const view of ["", "?print-pdf"]) {
    await page.goto(site.address + view);
    await expect(page.locator("#cell-first-call .output")).toContainText(text);
    await expectText(page);
  }
  await site.end();
});

test("HTML in a chapter is the author's own; not even that brings a script into the talk", async ({ talk, project, faults }) => {
  const blocked = /policy violated|Content Security Policy/;
  faults.expect(blocked, /404/);
  const html = '<i id="own">own</i> <img src="x" onerror="reached = 1"> <script>reached = 1</script> <a href="javascript:reached = 1">Go</a>';
  await project.replace("slides/src/02-first-function.md", "## The same function, twice", `## Own {#own-html minutes=1}\n\n${html}\n\n---\n\n## The same function, twice`);
  await expect(talk.page.locator("#own")).toBeAttached();
  for (const again of [false, true]) {
    if (again) await talk.page.reload();
    await talk.live();
    const violations = talk.page.waitForEvent("console", (message) => blocked.test(message.text()));
    await talk.goTo("own-html");
    await talk.page.locator("#own-html a").click();
    await violations;
    expect(await talk.page.evaluate(() => (window as { reached?: unknown }).reached)).toBe(undefined);
  }
});

test("the token is in no address that the page or its history knows", async ({ talk, server }) => {
  const token = new URL(server.link).searchParams.get("token") ?? "";
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  const known = await talk.page.evaluate(() => {
    const entries = performance.getEntries().map(({ name }) => name);
    return [location.href, document.referrer, document.cookie, JSON.stringify(history.state), ...entries, ...Object.values({ ...localStorage, ...sessionStorage })];
  });
  expect(known.filter((text) => text.includes(token))).toEqual([]);
  await talk.page.goto("about:blank");
  await talk.page.goBack();
  expect(talk.page.url()).not.toContain("launch");
  await talk.live();
});
