// Rust that is edited on a slide of the talk itself: until the next cell answers, and until the compiler has said what it
// thinks; and what people do without `deck`.
import { type Group, pause } from "../bench";
import { Maturin } from "../maturin";
import { ratios } from "../statistics";
import { goTo, leaveDeck, withLivePage } from "./live-page";
import { checkRust, openSocket, rebuildRust, runCell } from "./socket";

/** A cell of Rust and the one below it, and the text that stands for a number. */
const rust = "edit-add-one";
const next = "call-add-one";
const slide = "change-it";
const place = "x + 1";
/** The cell whose own build has to be there before anything is measured. */
const waits = "overflow";
/** Rebuilds that do not count, but for the first one, which is a row of its own. */
const warmUp = 2;
/** As long as a speaker takes at least until the first edit, in milliseconds: the server warms the compiler up meanwhile. */
const opening = 15_000;

export const rebuild: Group = {
  name: "rebuild",
  rows: ["rust-to-result", "rust-build", "rust-first", "maturin-develop", "rust-ratio", "rust-findings"],
  measure: (bench) =>
    withLivePage(
      bench,
      async (page) => {
        const maturin = await Maturin.prepare(bench.options);
        try {
          await goTo(page, slide);
          const source = await page.evaluate((cell) => window.deck!.data.cells[cell]?.source ?? "", rust);
          await leaveDeck(page);
          await openSocket(page);
          await page.evaluate(runCell, waits);
          await pause(opening);
          const first: number[] = [];
          const results: number[] = [];
          const builds: number[] = [];
          const developed: number[] = [];
          const findings: number[] = [];
          for (let round = 0; round < warmUp + bench.times(20); round++) {
            const number = round + 2;
            const text = source.replace(place, `x + ${number}`);
            const { answered, compiled } = await page.evaluate(rebuildRust, { rust, next, text, answer: String(41 + number) });
            if (round === 0) first.push(answered);
            await pause(200);
            const wrong = source.replace(place, `let spare${number} = 1;\n    x + ${number}`);
            const checked = await page.evaluate(checkRust, { rust, text: wrong, name: `spare${number}` });
            const ended = await maturin.develop(place, `x + ${number}`);
            if (round < warmUp) continue;
            results.push(answered);
            builds.push(compiled);
            findings.push(checked);
            developed.push(ended);
          }
          return {
            "rust-to-result": results,
            "rust-build": builds,
            "rust-first": first,
            "maturin-develop": developed,
            "rust-ratio": ratios(results, developed),
            "rust-findings": findings,
          };
        } finally {
          maturin.remove();
        }
      },
      bench.options.root,
    ),
};
