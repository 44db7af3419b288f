import { button, element } from "../../dom/element";
import type { Hear, Traced, TraceEntry, Tracer } from "../entry";
import { differences } from "../trace/differences";

/** The figure that shows what was traced, as long as it stands on its slide. */
interface Place {
  readonly recorded: TraceEntry;
  show(entry: TraceEntry): void;
}

/** A trace that has come, and whether it is of the recorded call. */
interface Answer {
  readonly traced: Exclude<Traced, { error: string }>;
  readonly isSameCall: boolean;
}

/** Traces anew on the presenter's interpreter, and says what is different from the recording. Nobody else has it. It outlives
 *  its figure: what was traced, or is being traced, belongs to the figure that takes its place when the slide is replaced. */
export class Tracing {
  readonly element = element("div", "tracing");
  /** What came of it, in the place of the words beside the drawing. */
  readonly answer = element("div", "answer scroll");
  private readonly input = element("input");
  private isBusy = false;
  private latest: Answer | null = null;
  private place: Place | null = null;

  constructor(
    private readonly id: string,
    private readonly tracer: () => Tracer | null,
  ) {
    this.input.type = "text";
    this.input.maxLength = 500;
    this.input.placeholder = "an expression, e.g. abs(-41)";
    this.input.setAttribute("aria-label", "Expression to trace");
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.traceInput();
    });
    this.answer.setAttribute("role", "status");
    this.answer.tabIndex = 0;
    const again = button("again", "Trace again, here", () => void this.ask((tracer, hear) => tracer.trace(this.id, hear), true));
    const shouted = button("expression", "Trace", () => this.traceInput());
    const back = button("recorded", "Recording", () => this.restore());
    this.element.append(again, this.input, shouted, back);
  }

  /** Belongs to this figure from now on. */
  attach(place: Place): void {
    this.place = place;
    this.draw();
    this.offer();
  }

  /** Shows itself where somebody can trace. */
  offer(): void {
    this.element.hidden = this.tracer() === null;
  }

  /** Takes the answer away: the speaker goes on. */
  hush(): void {
    if (!this.isBusy) this.say();
  }

  private traceInput(): void {
    const expression = this.input.value.trim();
    if (expression) void this.ask((tracer, hear) => tracer.traceExpression(expression, hear), false);
  }

  private restore(): void {
    this.latest = null;
    this.say();
    this.place?.show(this.place.recorded);
  }

  private async ask(question: (tracer: Tracer, hear: Hear) => Promise<Traced>, isSameCall: boolean): Promise<void> {
    const tracer = this.tracer();
    if (!tracer || this.isBusy) return;
    this.isBusy = true;
    const hear = (news: string) => this.say(element("p", "waiting", news));
    hear("Tracing in a fresh process …");
    const traced = await question(tracer, hear).catch((error: unknown): Traced => ({ error: String(error) }));
    this.isBusy = false;
    if ("error" in traced) {
      this.say(element("p", "error", traced.error));
      return;
    }
    this.latest = { traced, isSameCall };
    this.draw();
    this.explain();
  }

  private draw(): void {
    const { place, latest } = this;
    if (!place || !latest) return;
    const { note, ...shown } = latest.traced;
    // The claims were checked against the recording only.
    place.show({ ...place.recorded, claims: [], ...shown });
  }

  private explain(): void {
    const { place, latest } = this;
    if (!place || !latest) return;
    const { traced, isSameCall } = latest;
    const note = traced.note ? [element("p", "note", traced.note)] : [];
    this.say(...note, ...(isSameCall ? compared(place.recorded, traced.trace) : []));
  }

  private say(...content: HTMLElement[]): void {
    this.answer.replaceChildren(...content);
  }
}

/** Structure before counts: other functions mean another way, other numbers only another build. */
function compared(recorded: TraceEntry, trace: TraceEntry["trace"]): HTMLElement[] {
  const { structure, counts } = differences(trace, recorded.trace, { one: "here", other: "in the recording" });
  if (!structure.length && !counts.length) return [element("p", "same", "The same as the recording, to the instruction.")];
  const items = [...structure, ...counts].map((sentence) => element("li", "", sentence));
  const title = structure.length ? "Another way than in the recording:" : "The same way as in the recording, with other counts:";
  return [element("p", "", title), element("ul", "differences", ...items)];
}
