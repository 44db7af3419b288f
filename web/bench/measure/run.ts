// From a press on Run to the output, by a script and by a real click; and what is a part of it: the round trip, and what a
// real click on an empty page waits for its answer.
import { type Group, pause } from "../bench";
import { printed } from "../project";
import { goTo, leaveDeck, withLivePage } from "./live-page";
import { type Printing, untilOutput } from "./output";
import { addEcho, clickEcho, openSocket, runCell } from "./socket";

const sum: Printing = { cell: "#cell-sum", printed };
/** Runs that do not count: both sides compile and fill their caches. */
const warmUp = 10;

export const run: Group = {
  name: "run",
  rows: ["run-to-output", "run-by-click", "echo-by-click", "run-round-trip"],
  measure: (bench) =>
    withLivePage(bench, async (page) => {
      await goTo(page, "cell-slide-sum");
      const clicks: number[] = [];
      const calls: number[] = [];
      await repeat(bench.times(100), async (counts) => {
        const click = await untilOutput(page, sum, () => page.click(`${sum.cell} button.run`));
        await pause(30);
        const call = await untilOutput(page, sum);
        if (!counts) return;
        clicks.push(click);
        calls.push(call);
      });
      await leaveDeck(page);
      await openSocket(page);
      await addEcho(page);
      const trips: number[] = [];
      const echoes: number[] = [];
      await repeat(bench.times(100), async (counts) => {
        const trip = await page.evaluate(runCell, "sum");
        await pause(30);
        const echo = await clickEcho(page);
        if (!counts) return;
        trips.push(trip);
        echoes.push(echo);
      });
      return { "run-to-output": calls, "run-by-click": clicks, "echo-by-click": echoes, "run-round-trip": trips };
    }),
};

/** Calls `sample` so often that, after the warm-up, it counts so many times. */
async function repeat(times: number, sample: (counts: boolean) => Promise<void>): Promise<void> {
  for (let round = 0; round < warmUp + times; round++) {
    await sample(round >= warmUp);
    await pause(30);
  }
}
