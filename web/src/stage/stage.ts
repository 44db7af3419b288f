import type { CellEvent, CellState, Change, Stage } from "../protocol";

/** The stage before anything has happened. */
export function emptyStage(): Stage {
  return {
    seq: 0,
    deck: "",
    position: { slide: "", step: 0 },
    cells: {},
    build: { number: 0, profile: "", edited: [] },
    offered: null,
    previous: null,
    findings: [],
    problems: [],
    trace: null,
  };
}

/** Takes one change into `stage`. This is `Stage::apply` of crates/deck/src/protocol/stage.rs; stage-fold.json tests both. */
export function apply(stage: Stage, change: Change): void {
  stage.seq += 1;
  switch (change.change) {
    case "moved":
      stage.position = change.position;
      break;
    case "edited":
      cellOf(stage, change.cell).edited = change.edited;
      for (const id of change.stale) cellOf(stage, id).stale = true;
      break;
    case "queued":
      Object.assign(cellOf(stage, change.cell), { run: "queued", stale: false, overdue: null, events: [] });
      break;
    case "went-on":
      cellOf(stage, change.cell).overdue = null;
      break;
    case "ran":
      take(cellOf(stage, change.cell), change.event);
      break;
    case "restarted":
      stage.build = change.build;
      stage.previous = change.previous;
      stage.offered = null;
      for (const [id, state] of Object.entries(stage.cells)) state.stale = state.events.length > 0 && id !== change.rebuilt;
      break;
    case "checked":
      stage.findings = change.findings;
      break;
    case "offered":
      stage.offered = change.build;
      break;
    case "rebuilt":
      stage.deck = change.deck;
      stage.problems = [];
      break;
    case "problems":
      stage.problems = change.problems;
      break;
    case "tracing":
      stage.trace = { number: change.number, subject: change.subject, build: change.build, done: false };
      break;
    case "traced":
      if (stage.trace?.number === change.number) stage.trace.done = true;
      break;
  }
}

function cellOf(stage: Stage, id: string): CellState {
  return (stage.cells[id] ??= { edited: null, run: "idle", events: [], stale: false, overdue: null });
}

function take(state: CellState, event: CellEvent): void {
  if (event.event === "overdue") {
    state.overdue = event.seconds;
    return;
  }
  state.run = event.event === "finished" ? "done" : "running";
  if (event.event === "phase" || event.event === "finished") state.overdue = null;
  if (event.event === "started") {
    state.stale = false;
    state.events = [];
  }
  state.events.push(event);
}
