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
        setTimeout(() => reject(new Error("The server said nothing for ten seconds.")), 10_000);
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
