import { expect, test } from "./fixtures";
import { Xray } from "./xray";

const source = "demo_crate/src/add_one.rs";

test("a changed demo crate is built, offered, and used when the speaker says so", async ({ talk, project }) => {
  // A first build in an empty folder compiles PyO3.
  test.setTimeout(300_000);
  const patience = { timeout: 240_000 };
  const cell = talk.cell("first-call");
  await cell.run();
  await expect(cell.scroll).toHaveText("42");
  await talk.unlock();

  await project.replace(source, "    x + 1\n", "    x + 2\n");
  await expect(talk.notice("build")).toContainText("New build ready", patience);
  await cell.run();
  await expect(cell.scroll, "nothing is switched under the speaker").toHaveText("42");

  await talk.press("b");
  await expect(talk.indicator("build")).toContainText("build 1");
  await expect(talk.notice("build")).toHaveCount(0);
  await expect(cell.figure).toHaveAttribute("data-stale", "true");
  await cell.run();
  await expect(cell.scroll).toHaveText("43");
  await expect(cell.label).toContainText("build 1, dev");

  // An X-ray shows what the cells import, with names and lines that their build does not have. What is saved meanwhile is
  // another build's.
  await project.replace(source, "    x + 2\n", "    x + 4\n");
  await talk.goTo("choose");
  const xray = await new Xray(talk).drawn();
  await xray.traceAgain();
  await expect(xray.label).toContainText("Traced here: build 1, dev, CPython", patience);
  await talk.press(...Array(6).fill("PageDown"));
  await expect(xray.panel.locator(".function")).toHaveText("add_one");
  await xray.focus();
  // Without optimisation, some instructions come before those of the sum.
  await expect(async () => {
    await xray.press("Shift+ArrowRight");
    expect(await xray.panel.locator(".source").textContent()).toBe("x + 2");
  }).toPass();
  await project.replace(source, "    x + 4\n", "    x + 2\n");
  await xray.press("Escape");
  await cell.show();

  await project.replace(source, "    x + 2\n", "    x + true\n");
  const panel = talk.page.locator(".problems");
  await expect(panel).toBeVisible(patience);
  await expect(panel.locator(".place")).toHaveText(new RegExp(`^${source}:\\d+$`));
  await cell.runByKey();
  await expect(cell.scroll, "the last good build goes on").toHaveText("43");
  await project.replace(source, "    x + true\n", "    x + 3\n");
  await expect(panel).toBeHidden(patience);
  await expect(talk.notice("build")).toContainText("New build ready", patience);
});
