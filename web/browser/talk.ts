import { expect, type Locator, type Page } from "@playwright/test";
import type { Position } from "../src/protocol";
import { Cell } from "./cell";

/** The deck in a page, as a speaker has it. */
export class Talk {
  constructor(readonly page: Page) {}

  /** The slide that is shown. */
  get slide(): Locator {
    return this.page.locator("section.present");
  }

  /** Waits until the deck is there, and live where it is served by `deck serve`. */
  async ready(): Promise<this> {
    await expect.poll(() => this.page.evaluate(() => window.deck?.deck.isReady() ?? false)).toBe(true);
    await this.page.evaluate(() => document.fonts.ready.then(() => {}));
    return this;
  }

  async live(): Promise<this> {
    await this.ready();
    await expect(this.indicator("connection")).toHaveAttribute("data-state", "connected");
    return this;
  }

  indicator(which: "connection" | "role" | "build"): Locator {
    return this.page.locator(`[data-indicator="${which}"]`);
  }

  notice(kind: string): Locator {
    return this.page.locator(`.notice[data-kind="${kind}"]`);
  }

  position(): Promise<Position> {
    return this.page.evaluate(() => {
      const { deck } = window.deck!;
      return { slide: deck.getCurrentSlide().id, step: (deck.getIndices().f ?? -1) + 1 };
    });
  }

  /** Presses keys of the deck, one after the other. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Ids of all slides, in order. */
  slides(): Promise<string[]> {
    return this.page.evaluate(() => window.deck!.deck.getSlides().map(({ id }) => id));
  }

  /** Ids of all cells of Python, in the order of the talk. */
  cells(): Promise<string[]> {
    return this.ids("figure.cell:not(.rust)");
  }

  /** Ids of all cells of Rust, in the order of the talk. */
  rustCells(): Promise<string[]> {
    return this.ids("figure.cell.rust");
  }

  private ids(figures: string): Promise<string[]> {
    return this.page.evaluate((figures) => [...document.querySelectorAll<HTMLElement>(figures)].map(({ dataset }) => dataset["cell"]!), figures);
  }

  cell(id: string): Cell {
    return new Cell(this, id);
  }

  /** Shows a slide, at its beginning or after `step` steps; nothing is run by it. */
  async goTo(slide: string, step = 0): Promise<void> {
    await this.page.evaluate(
      ([id, step]) => {
        const { deck } = window.deck!;
        const { h } = deck.getIndices(document.getElementById(id) as HTMLElement);
        deck.slide(h, 0, step - 1);
      },
      [slide, step] as const,
    );
    await expect(this.slide).toHaveAttribute("id", slide);
  }

  /** Takes the presenter's role. */
  async unlock(): Promise<void> {
    await this.press("u");
    await expect(this.indicator("role")).toHaveAttribute("data-state", "presenter");
  }

  /** Waits until every cell whose turn has come on this slide has ended. */
  async settled(): Promise<void> {
    const waiting = () => {
      const ran = [...document.querySelectorAll<HTMLElement>("section.present .fragment.run.visible")];
      const figures = ran.map(({ dataset }) => document.getElementById(`cell-${dataset["cell"]}`));
      const busy = [...document.querySelectorAll('figure[data-run="running"], figure[data-run="queued"]')];
      return [...figures.filter((figure) => figure?.dataset["run"] !== "done"), ...busy].map((figure) => figure?.id);
    };
    await expect.poll(() => this.page.evaluate(waiting), { message: "cells that were started and have not ended" }).toEqual([]);
  }
}
