import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TraceEntry } from "../src/xray/entry";
import { summaryOf } from "../src/xray/trace/counts";
import { stageNames, stagesOf } from "../src/xray/trace/stages";
import { firstAddOne, panic, warmAddOne } from "../test/xray-fixture";

const label = "Recorded: CPython 3.13.0, rustc 1.95.0, PyO3 0.30.1, release, 2026-11-23";

/** The traces of the slides that `addXrays` adds. */
export const traces: Record<string, TraceEntry> = {
  warm: { trace: warmAddOne(), label, compare: "first", claims: ["It never enters malloc."], sources: { "demo_crate/src/numbers.rs": { 13: "    number + 1" } } },
  first: { trace: firstAddOne(), label },
  panic: { trace: panic(), label },
};

/** Puts slides with X-rays at the beginning of a built deck, as `deck build` writes them for its own: a figure with one call
 *  and its comparison, a long call, one without words, and a slide with the small map. */
export async function addXrays(folder: string): Promise<void> {
  const page = join(folder, "index.html");
  const html = await readFile(page, "utf8");
  const slides = [
    slide("xray-warm", "The dive", figure("warm")),
    slide("xray-panic", "Straight up", figure("panic")),
    slide("xray-silent", "One call", figure("warm"), "silent"),
    slide("xray-map", "Enter: why there is a trampoline", '<p>Two reasons.</p><aside class="here" data-xray="warm" data-stage="enter"></aside>'),
  ];
  await writeFile(page, html.replace('<div class="slides">', () => `<div class="slides">${slides.join("")}`));
  await mkdir(join(folder, "xray"), { recursive: true });
  for (const [id, entry] of Object.entries(traces)) {
    await writeFile(join(folder, "xray", `${id}.js`), `deckTraces(${JSON.stringify(id)}, ${JSON.stringify(entry)});\n`);
  }
}

function slide(id: string, title: string, content: string, className = ""): string {
  const about = `data-number="0" data-chapter="0" data-chapter-title="X-rays" data-title="${title}" data-minutes="1" data-digest="${id}"`;
  return `<section id="${id}" class="${className}" ${about}><h2>${title}</h2>${content}</section>`;
}

function figure(id: string): string {
  const { trace } = traces[id] ?? { trace: warmAddOne() };
  const counts = stagesOf(trace);
  const names = Object.entries(stageNames);
  const head = names.map(([, name]) => `<th scope="col">${name}</th>`).join("");
  const cells = names.map(([stage]) => `<td>${counts.find((parts) => parts.stage === stage)?.instructions ?? 0}</td>`).join("");
  return (
    `<figure class="xray" id="xray-figure-${id}" data-xray="${id}"><pre tabindex="0" role="region" aria-label="Python code"><code>` +
    `<span class="line" data-line="1">${trace.call.statement}\n</span></code></pre><div class="summary"><p class="figures">${summaryOf(trace)}</p>` +
    `<table class="stages"><caption>Machine instructions by stage</caption><thead><tr>${head}</tr></thead><tbody><tr>${cells}</tr></tbody></table></div>` +
    `<figcaption class="label">${label}</figcaption></figure>`
  );
}
