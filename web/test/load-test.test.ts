import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { type Outcome, read } from "../load-test/readers";

const bodies: Record<string, string> = { "/": "the page", "/deck.js": "a script", "/deck.css": "a style sheet" };
const digest = (text: string) => createHash("sha256").update(text).digest("hex");
const files = new Map(Object.entries(bodies).map(([path, body]) => [path, digest(body)]));
const readers = 40;

/** What many readers get from a server. */
async function outcomeWith(answer: RequestListener): Promise<Outcome> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const outcome = await read(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, files, readers);
  server.closeAllConnections();
  server.close();
  return outcome;
}

test("every reader gets every file, and is there at the same time as the others", async () => {
  let [now, most] = [0, 0];
  const outcome = await outcomeWith((request, response) => {
    most = Math.max(most, ++now);
    setTimeout(() => {
      now--;
      response.end(bodies[request.url ?? ""]);
    }, 50);
  });
  assert.deepEqual([...outcome.errors], []);
  assert.equal(outcome.times.length, readers);
  assert.equal(outcome.answers, readers * files.size);
  assert.ok(most >= readers, `at most ${most} at a time`);
});

/** How a server can fail a few of its readers, and what is said then. */
const failing: [string, RequestListener, string][] = [
  ["an error", (_, response) => response.writeHead(503).end(), "answer 503"],
  ["a wrong body", (_, response) => response.end("a sc"), "another body"],
  ["a connection that breaks", ({ socket }) => socket.destroy(), "socket hang up"],
];

for (const [what, fail, says] of failing) {
  test(`${what} that one reader of many gets is found`, async () => {
    let asked = 0;
    const outcome = await outcomeWith((request, response) => {
      if (request.url === "/deck.js" && ++asked === 7) fail(request, response);
      else response.end(bodies[request.url ?? ""]);
    });
    assert.deepEqual([...outcome.errors], [[`/deck.js: ${says}`, 1]]);
    assert.equal(outcome.times.length, readers - 1);
  });
}
