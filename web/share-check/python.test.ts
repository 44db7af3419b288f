import { expect, test } from "./fixtures";
import { files } from "./site";

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;

for (const [where, options] of [["", {}], [", also on a phone", phone]] as const) {
  test(`A cell runs in the reader's browser, and so does an edited one, from files of the site alone${where}.`, async ({ open }) => {
    test.skip(!(await files()).includes("python/manifest.json"), "the site has no Python for the browser");
    test.setTimeout(120_000);
    const talk = await (await open("", options)).ready();
    const fetched: string[] = [];
    talk.page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
    const cell = talk.cell("first-call");
    await cell.show();
    await cell.button("run").click();
    await expect(cell.label, "who ran it").toContainText("In your browser", { timeout: 90_000 });
    await cell.ended("ok");
    await expect(cell.scroll).toHaveText("42");
    expect(fetched.filter((path) => /\/python\/.*\.wasm$/.test(path)), "what was fetched for it").toHaveLength(1);
    await cell.edit("import rusty\nrusty.add_one(99)");
    await cell.run();
    await expect(cell.scroll).toHaveText("100");
  });
}
