// The deck's socket, used from an empty page: these functions run in the page, and so does the clock.
import type { Page } from "playwright-core";
import type { Change, Command, Message } from "../../src/protocol";

interface SocketWindow {
  readonly socket: WebSocket;
  /** Settles when a change comes for which this holds. */
  until(holds: (change: Change) => boolean): Promise<void>;
}

/** Opens the socket in the page and waits for the snapshot. */
export async function openSocket(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const socket = new WebSocket("/socket");
    const until = (holds: (change: Change) => boolean) =>
      new Promise<void>((resolve, reject) => {
        socket.onmessage = ({ data }) => {
          const message = JSON.parse(String(data)) as Message;
          if (message.message === "refused") reject(new Error(message.reason));
          if (message.message === "changed" && holds(message.change)) resolve();
        };
        setTimeout(() => reject(new Error("The server did not say what was waited for within two minutes.")), 120_000);
      });
    await new Promise((resolve) => (socket.onmessage = resolve));
    Object.assign(window, { socket, until });
  });
}

/** In the page: runs a cell; milliseconds from the command to its end. */
export async function runCell(cell: string): Promise<number> {
  const { socket, until } = window as unknown as SocketWindow;
  const began = performance.now();
  socket.send(JSON.stringify({ command: "run", cell } satisfies Command));
  await until((change) => change.change === "ran" && change.cell === cell && change.event.event === "finished");
  return performance.now() - began;
}

interface Edited {
  readonly rust: string;
  readonly text: string;
}

/** In the page: edits a cell of Rust and has it built; milliseconds until the cell below has printed its answer, and what of
 *  that the server needed for the compiler. */
export async function rebuildRust({
  rust,
  next,
  text,
  answer,
}: Edited & { readonly next: string; readonly answer: string }): Promise<{ answered: number; compiled: number }> {
  const { socket, until } = window as unknown as SocketWindow;
  let compiled = 0;
  socket.send(JSON.stringify({ command: "unlock" } satisfies Command));
  const began = performance.now();
  socket.send(JSON.stringify({ command: "edit", cell: rust, source: text } satisfies Command));
  socket.send(JSON.stringify({ command: "rebuild", cell: rust } satisfies Command));
  await until((change) => {
    if (change.change !== "ran") return false;
    const { cell, event } = change;
    if (cell === rust && event.event === "phase" && event.phase === "build") compiled = event.seconds * 1000;
    return cell === next && event.event === "stream" && event.data === `${answer}\n`;
  });
  return { answered: performance.now() - began, compiled };
}

/** In the page: edits a cell of Rust; milliseconds until the compiler has found something about the name in the new text. */
export async function checkRust({ rust, text, name }: Edited & { readonly name: string }): Promise<number> {
  const { socket, until } = window as unknown as SocketWindow;
  const began = performance.now();
  socket.send(JSON.stringify({ command: "edit", cell: rust, source: text } satisfies Command));
  await until((change) => change.change === "checked" && change.findings.some(({ message }) => message.includes(name)));
  return performance.now() - began;
}

/** Puts a button into the page whose click sends a message that the server refuses at once, without a cell or an interpreter. */
export async function addEcho(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { socket } = window as unknown as SocketWindow;
    const button = document.body.appendChild(document.createElement("button"));
    button.id = "echo";
    button.style.cssText = "position: fixed; top: 0; width: 4em; height: 2em";
    button.onclick = ({ timeStamp }) => {
      const echoed = new Promise<number>((resolve) => {
        socket.onmessage = () => {
          document.body.append("answered");
          resolve(performance.now() - timeStamp);
        };
      });
      socket.send("{}");
      Object.assign(window, { echoed });
    };
  });
}

/** A real click on that button; milliseconds from its time stamp to the answer in the page. */
export async function clickEcho(page: Page): Promise<number> {
  await page.click("#echo");
  return page.evaluate(() => (window as unknown as { echoed: Promise<number> }).echoed);
}

/** In the page: restarts the session; milliseconds until that is said, and until a cell has run in the fresh one. */
export async function restartSession(cell: string): Promise<{ said: number; answered: number }> {
  const { socket, until } = window as unknown as SocketWindow;
  const began = performance.now();
  socket.send(JSON.stringify({ command: "restart" } satisfies Command));
  await until((change) => change.change === "restarted");
  const said = performance.now() - began;
  socket.send(JSON.stringify({ command: "run", cell } satisfies Command));
  await until((change) => change.change === "ran" && change.cell === cell && change.event.event === "finished");
  return { said, answered: performance.now() - began };
}
