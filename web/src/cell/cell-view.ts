import { button, element } from "../element";
import { keyFor } from "../keymap";
import type { CellState, Change } from "../protocol";
import type { Session } from "../run/session";
import { OutputBox } from "./output-box";
import { summary } from "./summary";

/** A cell on its slide: its buttons, its output and the line under the output. It draws the state that it is told. */
export class CellView {
  readonly id: string;
  private readonly output: OutputBox;
  private readonly box: HTMLElement;
  private readonly label: HTMLElement;
  private readonly runButton: HTMLButtonElement;
  private readonly stopButton: HTMLButtonElement;
  private clock: ReturnType<typeof setInterval> | undefined;

  constructor(
    readonly figure: HTMLElement,
    tools: HTMLElement,
    private readonly session: Session,
    private readonly announce: (text: string) => void,
  ) {
    this.id = figure.dataset["cell"] ?? "";
    this.box = figure.querySelector<HTMLElement>(":scope > .output") ?? figure.appendChild(element("div", "output"));
    this.label = this.box.querySelector<HTMLElement>(".label") ?? this.box.appendChild(element("p", "label"));
    this.output = new OutputBox(this.box, this.id);
    this.runButton = button("run", "Run", () => void session.run(this.id));
    this.stopButton = button("stop", "Stop", () => session.stop());
    this.stopButton.title = `Stop (${keyFor("stop")})`;
    tools.append(button("enlarge", "Enlarge", () => this.enlarge()), this.stopButton, this.runButton);
  }

  get isLarge(): boolean {
    return this.figure.classList.contains("enlarged");
  }

  enlarge(large = !this.isLarge): void {
    this.figure.classList.toggle("enlarged", large);
  }

  /** Draws the whole state: at the start, after a snapshot, after the slide was replaced. */
  show(state: CellState): void {
    if (state.run === "idle" && state.events.length === 0) this.box.classList.add("pending");
    else this.output.reset(state.events);
    this.mark(state);
  }

  /** Draws one change of this cell's state. */
  follow(change: Change, state: CellState): void {
    if (change.change === "queued" || (change.change === "ran" && change.event.event === "started")) {
      this.output.reset(state.events);
    } else if (change.change === "ran") {
      this.output.take(change.event);
      if (change.event.event === "finished") this.announce(this.spokenResult());
    }
    this.mark(state);
  }

  /** Its slide was replaced. */
  retire(): void {
    this.tick(false);
  }

  private mark(state: CellState): void {
    const { figure, box, label, runButton, stopButton } = this;
    const status = this.output.result.finished?.status ?? "";
    Object.assign(figure.dataset, { run: state.run, status, stale: String(state.stale), edited: String(state.edited !== null) });
    box.classList.toggle("pending", state.run === "idle" && state.events.length === 0);
    const isLive = this.session.first?.capabilities.edit ?? false;
    const isBusy = state.run === "queued" || state.run === "running";
    runButton.textContent = isLive ? (state.run === "done" ? "Run again" : "Run") : "Show output";
    runButton.title = `${runButton.textContent} (${keyFor("run")})`;
    runButton.hidden = isBusy || (!isLive && state.run === "done");
    stopButton.hidden = !isBusy;
    label.textContent = this.labelText(state);
    this.tick(isBusy);
  }

  private labelText(state: CellState): string {
    const speaker = this.session.label(this.id);
    if (state.run === "idle") return speaker;
    if (state.run === "queued") return "Waits for another cell";
    const stale = state.stale ? "Stale: the code has changed since · " : "";
    return `${stale}${summary(this.output.result)} · ${speaker}`;
  }

  /** While it runs, the label counts the seconds. */
  private tick(isBusy: boolean): void {
    clearInterval(this.clock);
    if (!isBusy) return;
    const start = performance.now();
    this.clock = setInterval(() => {
      const seconds = Math.floor((performance.now() - start) / 1000);
      if (seconds > 0) this.label.textContent = `Running for ${seconds} s · ${keyFor("stop")} stops it`;
    }, 1000);
  }

  private spokenResult(): string {
    const text = this.output.result.segments.map((segment) => (segment.kind === "display" ? spoken(segment.mime) : segment.text));
    return `${summary(this.output.result)}. ${text.join("\n").slice(-300)}`;
  }
}

function spoken(mime: string): string {
  return mime === "text/html" ? "a frame with HTML" : "a picture";
}
