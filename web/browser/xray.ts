import { expect, type Locator } from "@playwright/test";
import type { Talk } from "./talk";

/** An X-ray on the slide that is shown. */
export class Xray {
  readonly figure: Locator;
  readonly drawing: Locator;
  readonly panel: Locator;
  /** The call that is drawn. */
  readonly statement: Locator;
  /** What it ran on. */
  readonly label: Locator;
  /** Where one asks for other traces. */
  readonly tracing: Locator;
  /** What came of it. */
  readonly answer: Locator;

  constructor(private readonly talk: Talk) {
    this.figure = talk.slide.locator("figure.xray");
    this.drawing = this.figure.locator(".drawing");
    this.panel = this.figure.locator(".panel");
    this.statement = this.figure.locator(".head .statement");
    this.label = this.figure.locator("figcaption");
    this.tracing = this.figure.locator(".tracing");
    this.answer = this.figure.locator(".answer");
  }

  async drawn(): Promise<this> {
    await expect(this.figure.locator(".picture .area").first()).toBeAttached();
    return this;
  }

  /** The stage that is lit; nothing if all of them are. */
  async stage(): Promise<string | null> {
    const lit = this.figure.locator(".stage.lit");
    return (await lit.count()) ? lit.getAttribute("data-stage") : null;
  }

  /** The instruction that is reached. */
  async at(): Promise<number> {
    return Number(await this.drawing.getAttribute("aria-valuenow"));
  }

  button(name: string): Locator {
    return this.figure.getByRole("button", { name, exact: true });
  }

  async focus(): Promise<void> {
    await this.drawing.focus();
  }

  async press(...keys: string[]): Promise<void> {
    await this.talk.press(...keys);
  }

  /** Traces the call once more, and waits for the answer. */
  async traceAgain(): Promise<void> {
    await this.button("Trace again, here").click();
    await this.answered();
  }

  /** Traces what somebody shouted, and waits for the answer. */
  async traceExpression(text: string): Promise<void> {
    await this.tracing.getByRole("textbox").fill(text);
    await this.button("Trace").click();
    await this.answered();
  }

  private async answered(): Promise<void> {
    await expect(this.answer.locator(".waiting")).toHaveCount(0, { timeout: 240_000 });
  }
}
