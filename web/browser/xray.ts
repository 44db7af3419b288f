import { expect, type Locator } from "@playwright/test";
import type { Talk } from "./talk";

/** An X-ray on the slide that is shown. */
export class Xray {
  readonly figure: Locator;
  readonly drawing: Locator;
  readonly panel: Locator;

  constructor(private readonly talk: Talk) {
    this.figure = talk.slide.locator("figure.xray");
    this.drawing = this.figure.locator(".drawing");
    this.panel = this.figure.locator(".panel");
  }

  async drawn(): Promise<this> {
    await expect(this.figure.locator(".picture .water").first()).toBeAttached();
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
}
