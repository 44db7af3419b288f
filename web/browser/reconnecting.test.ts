import { expect, test } from "./fixtures";
import { Gate } from "./gate";
import { Server } from "./server";
import { Talk } from "./talk";

const broken = [/WebSocket connection/, /ERR_CONNECTION_REFUSED/, /ERR_CONNECTION_RESET/];

test("when the server dies the recordings speak, and when it is back the same tab goes on live", async ({ talk, server, project, faults }) => {
  faults.expect(...broken);
  const ids = await talk.cells();
  const [edited, recorded] = [talk.cell(ids[0] ?? ""), talk.cell(ids[1] ?? "")];
  await talk.unlock();
  await edited.edit("print('mine')");
  await recorded.show();
  const place = await talk.position();

  await server.kill();
  await expect(talk.indicator("connection")).toHaveAttribute("data-state", "reconnecting");
  await talk.press("PageDown");
  await recorded.ended("ok");
  await expect(talk.indicator("connection")).toHaveAttribute("data-state", "gone");
  await expect(talk.notice("connection")).toContainText("Recordings are shown");
  await expect(recorded.label).toContainText("Recorded");
  await expect(recorded.scroll).toHaveText(/\S/);

  const again = await Server.start(project, server.port);
  try {
    await expect(talk.indicator("connection")).toHaveAttribute("data-state", "connected");
    await expect(talk.notice("connection")).toHaveCount(0);
    expect((await talk.position()).slide).toBe(place.slide);
    await expect(talk.indicator("role"), "what was unlocked is unlocked").toHaveAttribute("data-state", "presenter");
    await expect(edited.editor).toHaveText("print('mine')");
    await edited.run();
    await expect(edited.scroll).toHaveText("mine");
    await expect(edited.label).toContainText("Live");
  } finally {
    await again.end();
  }
});

test("when the server dies, Rust that was changed can be built again in the same tab", async ({ talk, server, project, faults }) => {
  test.setTimeout(400_000);
  faults.expect(...broken);
  const [rust, python] = [talk.cell("edit-add-one"), talk.cell("call-add-one")];
  const built = async () => {
    await rust.button("run").click();
    await expect(rust.label).toContainText("Live: build 1, dev", { timeout: 240_000 });
    await expect(python.scroll).toHaveText("43");
    await expect(talk.indicator("build")).toHaveText("dev · build 1 · edit-add-one");
  };
  await talk.unlock();
  await rust.edit((await rust.source()).replace("x + 1", "x + 2"));
  await built();

  await server.kill();
  await expect(talk.indicator("connection")).toHaveAttribute("data-state", "gone");
  const again = await Server.start(project, server.port);
  try {
    await expect(talk.indicator("connection")).toHaveAttribute("data-state", "connected");
    await expect(rust.editor).toContainText("x + 2");
    await expect(talk.indicator("build"), "the build has died with the server").toContainText("as installed");
    await expect(rust.figure).toHaveAttribute("data-edited", "true");
    await python.run();
    await expect(python.scroll).toHaveText("42");
    await built();
  } finally {
    await again.end();
  }
});

test("a reload comes back to the same slide, step, results and edits", async ({ talk }) => {
  const ids = await talk.cells();
  const cell = talk.cell(ids[0] ?? "");
  await talk.unlock();
  await cell.runText("print('mine')");
  await talk.press("PageDown");
  const place = await talk.position();
  await talk.page.reload();
  await talk.live();
  expect(await talk.position()).toEqual(place);
  await cell.show();
  await expect(cell.scroll).toHaveText("mine");
  await expect(cell.figure).toHaveAttribute("data-edited", "true");
  await expect(cell.editor).toHaveText("print('mine')");
});

test("an open tab goes on while a cell runs: reloaded, another one closed, without network, asleep, and after the server's death", async ({ talk, server, project, faults }) => {
  test.setTimeout(150_000);
  faults.expect(...broken);
  const { page } = talk;
  let isCut = false;
  const cut: (() => Promise<void>)[] = [];
  await page.routeWebSocket(/\/socket$/, (socket) => {
    if (isCut) return socket.close();
    const onward = socket.connectToServer();
    cut.push(async () => Promise.all([socket.close(), onward.close()]).then(() => {}));
  });
  const [first = "", second = ""] = await talk.cells();
  const [cell, next] = [talk.cell(first), talk.cell(second)];
  const gate = new Gate(project);
  await talk.unlock();
  await cell.edit(`print("before")\n${gate.wait}print("after")`);
  await cell.button("run").click();
  await expect(cell.scroll).toHaveText("before");

  await test.step("a tab is reloaded, and another one closed", async () => {
    await page.reload();
    await talk.live();
    await expect(cell.figure).toHaveAttribute("data-run", "running");
    await expect(cell.scroll).toHaveText("before");
    const other = await new Talk(await page.context().newPage().then(async (opened) => (await opened.goto(server.origin), opened))).live();
    await expect(other.cell(first).scroll).toHaveText("before");
    await other.page.close();
    await expect(cell.figure).toHaveAttribute("data-run", "running");
  });

  await test.step("the network is gone for ten seconds, in which the cell ends", async () => {
    isCut = true;
    for (const close of cut) await close();
    await expect(talk.indicator("connection")).toHaveAttribute("data-state", "reconnecting");
    await gate.open();
    await expect(talk.indicator("connection")).toHaveAttribute("data-state", "gone");
    await expect(talk.notice("connection")).toContainText("Recordings are shown");
    await page.waitForTimeout(4000);
    isCut = false;
    await expect(talk.indicator("connection")).toHaveAttribute("data-state", "connected");
    await cell.ended("ok");
    await expect(cell.scroll).toHaveText("before\nafter");
  });

  await test.step("the machine sleeps for so long that the server takes the tab for gone when it wakes up", async () => {
    await talk.unlock();
    const connections = cut.length;
    const awake = new Gate(project);
    await cell.edit(`print("before")\n${awake.wait}print("awake")`);
    await cell.button("run").click();
    await expect(cell.scroll).toHaveText("before");
    await server.sleep(12_000);
    await expect.poll(() => cut.length, { message: "the tab comes back" }).toBeGreaterThan(connections);
    await expect(talk.indicator("connection")).toHaveAttribute("data-state", "connected");
    await awake.open();
    await cell.ended("ok");
    await expect(cell.scroll).toHaveText("before\nawake");
    await next.run();
    await next.ended("ok");
  });

  await test.step("the server is killed while a cell runs", async () => {
    await cell.edit('print("looping")\nwhile True:\n    pass');
    await cell.button("run").click();
    await expect(cell.scroll).toHaveText("looping");
    await server.kill();
    await expect(talk.indicator("connection")).toHaveAttribute("data-state", "gone");
    const again = await Server.start(project, server.port);
    try {
      await expect(talk.indicator("connection")).toHaveAttribute("data-state", "connected");
      await expect(cell.figure).toHaveAttribute("data-run", "idle");
      await expect(cell.editor).toContainText("looping");
      await next.run();
      await next.ended("ok");
      await expect(next.label).toContainText("Live");
    } finally {
      await again.end();
    }
  });
});
