import { button, element } from "../dom/element";
import { keyFor } from "../keys/keymap";
import { OutputBox } from "../output/output-box";
import { markPanics } from "../output/panic-element";
import { summary } from "../output/summary";
import type { CellState, Change } from "../protocol";
import type { Session } from "../run/session";
import { Question, spokenQuestion } from "./question";
import { type Words, wordsFor } from "./words";

/** A cell on its slide: its buttons, its output and the line under the output. It draws the state that it is told. */
export class CellView {
  readonly id: string;
  private readonly output: OutputBox;
  private readonly box: HTMLElement;
  private readonly label: HTMLElement;
  private readonly runButton: HTMLButtonElement;
  private readonly stopButton: HTMLButtonElement;
  private readonly showButton: HTMLButtonElement;
  private readonly question: Question;
  private readonly words: Words;
  /** When the run began, as far as this browser knows. */
  private began: number | null = null;
  private clock: ReturnType<typeof setInterval> | undefined;

  constructor(
    readonly figure: HTMLElement,
    tools: HTMLElement,
    private readonly session: Session,
    private readonly announce: (text: string) => void,
  ) {
    this.id = figure.dataset["cell"] ?? "";
    this.words = wordsFor(figure.dataset["language"]);
    this.box = figure.querySelector<HTMLElement>(":scope > .output") ?? figure.appendChild(element("div", "output"));
    this.label = this.box.querySelector<HTMLElement>(".label") ?? this.box.appendChild(element("p", "label"));
    this.output = new OutputBox(this.box, this.id);
    this.runButton = button("run", this.words.run, () => void session.run(this.id));
    this.stopButton = button("stop", "Stop", () => session.stop());
    this.stopButton.title = `Stop (${keyFor("stop")})`;
    this.showButton = button("show", "Show output", () => void session.play(this.id));
    this.question = new Question(this.id, session);
    this.label.before(this.question.row);
    tools.append(button("enlarge", "Enlarge", () => this.enlarge()), this.stopButton, this.showButton, this.runButton);
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
    this.markPanics(state);
  }

  /** Draws one change of this cell's state. */
  follow(change: Change, state: CellState): void {
    const isNew = change.change === "queued" || (change.change === "ran" && change.event.event === "started");
    if (isNew) {
      this.output.reset(state.events);
    } else if (change.change === "ran") {
      this.output.take(change.event);
      if (change.event.event === "finished") this.announce(this.spokenResult());
      if (change.event.event === "overdue") this.announce(spokenQuestion(this.id, change.event.seconds));
    }
    this.mark(state);
    // In the next frame, when all of the output is drawn.
    if (isNew || state.run === "done") requestAnimationFrame(() => this.markPanics(state));
  }

  /** Its slide was replaced. */
  retire(): void {
    clearInterval(this.clock);
    this.clock = undefined;
  }

  /** Brings buttons and labels up to date, where the output has stayed. */
  mark(state: CellState): void {
    const { figure, box, label } = this;
    const status = this.output.result.finished?.status ?? "";
    const speaker = this.session.speaker(this.id)?.name ?? "";
    Object.assign(figure.dataset, { run: state.run, status, speaker, stale: String(state.stale), edited: String(state.edited !== null) });
    const isPending = state.run === "idle" && state.events.length === 0;
    const isBusy = state.run === "queued" || state.run === "running";
    box.classList.toggle("pending", isPending);
    const refusal = this.session.refusal(this.id);
    box.dataset["pending"] = this.session.standing(this.id) || refusal || this.words.pending;
    box.hidden = isPending && !isServed() && !this.session.runnerFor(this.id) && !refusal;
    this.offer(state, isBusy);
    this.question.ask(state.overdue !== null);
    this.count(state);
    label.textContent = label.title = this.labelText(state);
  }

  /** A stale result speaks of lines of another build. */
  private markPanics({ run, stale }: CellState): void {
    markPanics(this.box, run === "done" && !stale, this.session);
  }

  /** What can be done with the cell now: with whoever would run it, or with nobody. */
  private offer(state: CellState, isBusy: boolean): void {
    const { runButton, showButton, stopButton, words } = this;
    const runner = this.session.runnerFor(this.id);
    const isDone = state.run === "done";
    const isRecorded = runner?.name === "recorded";
    const hasRun = isDone && runner === this.session.speaker(this.id);
    runButton.textContent = isRecorded ? "Show output" : hasRun ? words.again : words.run;
    runButton.disabled = !runner;
    runButton.title = runner ? `${runButton.textContent} (${keyFor("run")})` : `Editing is locked. Press ${keyFor("unlock")} to unlock it.`;
    runButton.hidden = isBusy || (isRecorded && isDone) || (!runner && !isServed());
    showButton.hidden = state.run !== "idle" || state.edited !== null || !runner?.capabilities.onRequest;
    stopButton.hidden = !isBusy;
  }

  private labelText(state: CellState): string {
    const speaker = this.session.label(this.id);
    if (state.run === "idle") return speaker;
    const { build } = this.figure.dataset;
    if (state.run === "queued") {
      return this.session.preparation(this.id) || (build ? `Waits for another cell, or for the ${build} build` : "Waits for another cell");
    }
    const result = this.output.result;
    if (!result.finished) return this.progress() || `${summary(result)} · ${speaker}`;
    const standing = this.session.standing(this.id);
    // A text that does not compile has not been built: that need not be said twice. Else what there was is of an older text.
    if (standing && (state.stale || result.failure !== "compile")) return standing;
    const stale = state.stale ? "Stale: the code has changed since" : "";
    return [stale, summary(result), speaker, this.session.refusal(this.id)].filter(Boolean).join(" · ");
  }

  /** While it runs, the label counts the seconds. */
  private count({ run, overdue }: CellState): void {
    if (run !== "running") {
      this.retire();
      this.began = null;
      return;
    }
    const now = performance.now();
    // A browser that came later learns from the question for how long it has run at least.
    this.began = Math.min(this.began ?? now, now - (overdue ?? 0) * 1000);
    this.clock ??= setInterval(() => {
      const text = this.progress();
      if (text) this.label.textContent = text;
    }, this.words.tick);
  }

  /** For how long it has run, once there is something to say. */
  private progress(): string {
    const seconds = this.began === null ? 0 : (performance.now() - this.began) / 1000;
    return this.words.progress(this.output.result, seconds);
  }

  private spokenResult(): string {
    const text = this.output.result.segments.map((segment) => (segment.kind === "display" ? spoken(segment.mime) : segment.text));
    return `${summary(this.output.result)}. ${lastLines(text.join("\n"), 300)}`;
  }
}

function spoken(mime: string): string {
  return mime === "text/html" ? "a frame with HTML" : "a picture";
}

/** The last lines of a text that have at most so many characters together; of a longer line its end. */
function lastLines(text: string, characters: number): string {
  const end = text.slice(-characters);
  const isWhole = end.length === text.length || text[text.length - end.length - 1] === "\n";
  return isWhole ? end : end.slice(end.indexOf("\n") + 1);
}

/** The page came from `deck serve`, and what can be run there will be possible once it is joined. */
function isServed(): boolean {
  return document.documentElement.dataset["live"] !== undefined;
}
