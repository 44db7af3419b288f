import { type Runner, Unavailable } from "./runner";

/** In the place of the runner in the reader's browser where that cannot be had: says why, and leaves it to the recording. */
export class Unreachable implements Runner {
  readonly name = "browser";
  readonly capabilities = { edit: false, restart: false, mirrored: false, onRequest: true };

  constructor(
    private readonly reason: string,
    private readonly refusal: (cell: string) => string,
  ) {}

  may(cell: string): boolean {
    return !this.refusal(cell);
  }

  label(): string {
    return "";
  }

  async *run(): AsyncIterable<never> {
    throw new Unavailable(this.reason);
  }

  stop(): void {}
  goOn(): void {}
  restart(): void {}
}
