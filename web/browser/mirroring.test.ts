import { expect, test } from "./fixtures";
import { Gate } from "./gate";
import { Talk } from "./talk";

test("two tabs show the same slide, steps, runs and edits", async ({ talk, server, project }) => {
  const page = await talk.page.context().newPage();
  await page.goto(server.origin);
  const other = await new Talk(page).live();
  const slides = await talk.slides();
  const [id = ""] = await talk.cells();
  const [here, there] = [talk.cell(id), other.cell(id)];

  await talk.press("End");
  await expect.poll(() => other.position()).toEqual(await talk.position());
  await other.press("Home");
  await expect.poll(() => talk.position()).toMatchObject({ slide: slides[0] });

  await talk.unlock();
  await expect(other.indicator("role"), "each window has its own role").toHaveAttribute("data-state", "runner");
  const gate = new Gate(project);
  await here.edit(`print("first")\n${gate.wait}print("last")`);
  await expect(there.figure).toHaveAttribute("data-edited", "true");
  await expect(there.editor).toContainText('print("last")');

  await other.press("r");
  for (const cell of [here, there]) {
    await expect(cell.scroll).toHaveText("first");
    await expect(cell.figure).toHaveAttribute("data-run", "running");
  }
  await gate.open();
  for (const cell of [here, there]) {
    await cell.ended("ok");
    await expect(cell.scroll).toHaveText("first\nlast");
  }
  await here.button("original").click();
  await expect(there.figure).toHaveAttribute("data-edited", "false");
});

test("a step is shown in both tabs, and its cell runs once", async ({ talk, server }) => {
  const page = await talk.page.context().newPage();
  await page.goto(server.origin);
  const other = await new Talk(page).live();
  const [id = ""] = await talk.cells();
  const started = () =>
    page.evaluate((id) => window.deck!.store.stage.cells[id]?.events.filter(({ event }) => event === "started").length ?? 0, id);
  await other.page.evaluate((id) => {
    const { store } = window.deck!;
    const html = document.documentElement;
    store.subscribe((change) => {
      if (change?.change === "queued" && change.cell === id) html.dataset["queued"] = String(Number(html.dataset["queued"] ?? 0) + 1);
    });
  }, id);
  await talk.press("PageDown");
  await expect.poll(() => other.position()).toEqual(await talk.position());
  await talk.cell(id).ended();
  await other.cell(id).ended();
  expect(await started()).toBe(1);
  await expect(page.locator("html")).toHaveAttribute("data-queued", "1");
});
