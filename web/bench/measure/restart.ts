// A fresh session in place of the old one.
import { type Group, pause } from "../bench";
import { leaveDeck, withLivePage } from "./live-page";
import { openSocket, restartSession, runCell } from "./socket";

/** Between two restarts the server makes the next session ready; a speaker does not press twice in this time. */
const rest = 200;

export const restart: Group = {
  name: "restart",
  rows: ["restart", "restart-said"],
  measure: (bench) =>
    withLivePage(bench, async (page) => {
      await leaveDeck(page);
      await openSocket(page);
      await page.evaluate(runCell, "trivial");
      const samples: { said: number; answered: number }[] = [];
      for (let round = 0; round < bench.times(30); round++) {
        await pause(rest);
        samples.push(await page.evaluate(restartSession, "trivial"));
      }
      return { restart: samples.map(({ answered }) => answered), "restart-said": samples.map(({ said }) => said) };
    }),
};
