import type { Page } from "playwright-core";
import type { CellEvent, DeckData } from "../src/protocol";

/** What must be on the pages of one slide. */
export interface WantedSlide {
  readonly title: string;
  /** 1 for the opening of a chapter, 2 for any other. */
  readonly level: number;
  /** How many pages it has. */
  readonly pages: number;
  /** Lines of its outputs and words of its X-rays; they are on its last page. */
  readonly texts: readonly string[];
  /** Addresses outside of the document. */
  readonly links: readonly string[];
}

/** What the deck says about itself; the PDF is compared with it. */
export interface Wanted {
  readonly title: string;
  readonly language: string;
  readonly slides: readonly WantedSlide[];
  /** What nobody must read in it: the speaker's notes, and where it was made. */
  readonly secrets: readonly string[];
}

/** Reads the deck in its print view; outputs come from the recordings, not from what the pages show of them. */
export async function wantedOf(page: Page, secrets: readonly string[]): Promise<Wanted> {
  const { data, slides, notes, ...document } = await page.evaluate(readSlides);
  return {
    ...document,
    slides: slides.map(({ cells, words, ...slide }) => {
      const recorded = cells.flatMap((id) => data.cells[id]?.recording?.events ?? []).flatMap(linesOf);
      return { ...slide, texts: [...recorded, ...words] };
    }),
    secrets: [...secrets, ...notes],
  };
}

/** What an event puts on a slide, as lines. */
function linesOf(event: CellEvent): string[] {
  const text = event.event === "stream" ? event.data : event.event === "error" ? textOf(event.error) : "";
  // Advice of Rust's for whoever has the output to himself: slides leave it out.
  return typeof text === "string" ? text.split("\n").filter((line) => line.trim() && !line.startsWith("note: run with")) : [];
}

function textOf(error: Extract<CellEvent, { event: "error" }>["error"]): string {
  switch (error.kind) {
    case "traceback":
      return error.text;
    case "compile":
      return error.findings.map(({ message }) => message).join("\n");
    case "crash":
      return error.explanation;
  }
}

function readSlides() {
  const text = (element: Element | null) => element?.textContent?.trim() ?? "";
  const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true });
  const pages = [...document.querySelectorAll<HTMLElement>(".pdf-page > section")];
  const all = pages.filter(({ id }) => id !== "");
  const slides = all.map((slide) => {
    const same = pages.filter(({ dataset }) => dataset["number"] === slide.dataset["number"]);
    const spoken = [...slide.querySelectorAll("section:not(.silent) > figure.xray")];
    const stages = spoken.flatMap((figure) => [...figure.querySelectorAll("table.stages tr")]).filter((row) => text(row.querySelector("td")) !== "0");
    return {
      title: slide.dataset["title"] ?? "",
      level: Number(slide.querySelector("h1, h2")?.tagName.slice(1)),
      pages: same.length,
      cells: [...slide.querySelectorAll<HTMLElement>("figure[data-cell]")].map(({ dataset }) => dataset["cell"] ?? ""),
      words: [...[...slide.querySelectorAll("figure.xray > figcaption")].map(text), ...stages.map((row) => text(row.querySelector("th")))],
      links: [...slide.querySelectorAll<HTMLAnchorElement>("a[href]:not([href^='#'])")].filter(isSeen).map(({ href }) => href),
    };
  });
  const notes = [...document.querySelectorAll("aside.notes p, aside.notes li")].map(text).filter((note) => note.length > 30);
  const data = JSON.parse(text(document.querySelector("#deck-data"))) as DeckData;
  return { title: document.title, language: document.documentElement.lang, data, slides, notes };
}
