import { expect, type Locator, type Page } from "@playwright/test";
import type { Position } from "../src/protocol";

/** The talk, as far as its cells use it. */
interface Talk {
  readonly page: Page;
  position(): Promise<Position>;
  goTo(slide: string): Promise<void>;
  press(...keys: string[]): Promise<void>;
}

/** A cell on its slide. */
export class Cell {
  readonly figure: Locator;
  /** The box that the output scrolls in. */
  readonly scroll: Locator;
  readonly label: Locator;
  /** Whether it shall go on, where it takes longer than planned. */
  readonly question: Locator;
  /** What one types into, while the editor is open. */
  readonly editor: Locator;

  constructor(
    private readonly talk: Talk,
    readonly id: string,
  ) {
    this.figure = talk.page.locator(`#cell-${id}`);
    this.scroll = this.figure.locator(".output .scroll");
    this.label = this.figure.locator(".output .label");
    this.question = this.figure.locator(".question");
    this.editor = this.figure.locator(".editor .cm-content");
  }

  button(name: "run" | "stop" | "edit" | "original" | "copy" | "enlarge"): Locator {
    return this.figure.locator(`button.${name}`);
  }

  /** Shows the cell's slide. */
  async show(): Promise<void> {
    const slide = await this.figure.evaluate((figure) => figure.closest("section")?.id ?? "");
    if ((await this.talk.position()).slide !== slide) await this.talk.goTo(slide);
  }

  /** Runs it by its button and waits for its end. */
  async run(): Promise<void> {
    await this.show();
    await this.button("run").click();
    await this.ended();
  }

  /** Runs it by its key, as one does while something covers its button, and waits for its end. */
  async runByKey(): Promise<void> {
    await this.show();
    const before = await this.events();
    await this.talk.press("r");
    await expect.poll(() => this.events()).not.toBe(before);
    await this.ended();
  }

  /** The events of its latest run, as text: no two runs take the same time to the last digit. */
  events(): Promise<string> {
    return this.talk.page.evaluate((id) => JSON.stringify(window.deck!.store.cell(id).events), this.id);
  }

  async ended(status?: string): Promise<void> {
    await expect(this.figure).toHaveAttribute("data-run", "done");
    if (status) await expect(this.figure).toHaveAttribute("data-status", status);
  }

  /** Notes from now on each time that the question comes or goes, which may be but a moment apart; returns what was noted. */
  async watchQuestion(): Promise<() => Promise<("asks" | "silent")[]>> {
    const noted = await this.question.evaluateHandle((row) => {
      const noted: ("asks" | "silent")[] = [];
      const note = () => {
        const now = (row as HTMLElement).hidden ? "silent" : "asks";
        if (noted.at(-1) !== now) noted.push(now);
      };
      note();
      new MutationObserver(note).observe(row, { attributeFilter: ["hidden"] });
      return noted;
    });
    return () => noted.jsonValue();
  }

  /** Puts a text into its editor; editing must be unlocked. The deck has the focus afterwards. */
  async edit(text: string): Promise<void> {
    await this.show();
    await this.button("edit").click();
    await this.editor.fill(text);
    await this.talk.press("Escape");
    await expect(this.figure).toHaveAttribute("data-edited", "true");
    await expect.poll(() => this.source()).toBe(text);
  }

  /** Puts a text in and runs it to its end. */
  async runText(text: string): Promise<void> {
    await this.edit(text);
    await this.run();
  }

  /** The text that a run would run, without its last line end. */
  source(): Promise<string> {
    return this.talk.page.evaluate((id) => window.deck!.session.source(id).replace(/\n$/, ""), this.id);
  }

  /** The text that the deck gives it. */
  original(): Promise<string> {
    return this.talk.page.evaluate((id) => window.deck!.data.cells[id]!.source, this.id);
  }
}
