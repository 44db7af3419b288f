import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConnectionState } from "../src/live/connection";
import { OwnRole } from "../src/live/own-role";
import type { Message, Role } from "../src/protocol";
import { emptyStage } from "../src/stage/stage";

/** The role of a page, what it has sent, and what a server does to it. */
function page() {
  const sent: string[] = [];
  let hear = (_: Message) => {};
  let become = (_: ConnectionState) => {};
  const role = new OwnRole({
    onMessage: (listener) => void (hear = listener),
    onState: (listener) => ((become = listener), () => true),
    send: ({ command }) => sent.push(command) > 0,
  });
  const connect = (role: Role) => {
    hear({ message: "snapshot", stage: emptyStage(), role });
    become("connected");
  };
  return { role, sent, connect, grant: (role: Role) => hear({ message: "role", role }) };
}

test("own role: a new page is locked, and asks for nothing by itself", () => {
  const { role, sent, connect } = page();
  connect("runner");
  assert.deepEqual([role.isPresenter, role.isPresenterSoon, sent], [false, false, []]);
});

test("own role: its key unlocks, and locks again", () => {
  const { role, sent, connect, grant } = page();
  connect("runner");
  role.toggle();
  grant("presenter");
  assert.equal(role.isPresenter, true);
  role.toggle();
  assert.deepEqual(sent, ["unlock", "lock"]);
});

test("own role: an unlock holds for the page: each new connection, which begins locked, is unlocked", () => {
  const { role, sent, connect, grant } = page();
  connect("runner");
  grant("presenter");
  connect("runner");
  assert.deepEqual([role.name, role.isPresenterSoon, sent], ["runner", true, ["unlock"]]);
  grant("presenter");
  assert.equal(role.name, "presenter");
});

test("own role: who has locked again stays locked", () => {
  const { role, sent, connect, grant } = page();
  connect("runner");
  grant("presenter");
  grant("runner");
  connect("runner");
  assert.deepEqual([role.isPresenterSoon, sent], [false, []]);
});
