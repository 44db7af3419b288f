import { expect, test } from "./fixtures";
import { Server } from "./server";

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
