import type { Trace } from "../../trace";
import { hasFrame, instructionsOf, nameOf, selfCounts } from "./counts";
import { shortName } from "./names";
import { stageNames, stagesOf } from "./stages";

/** What differs between two traces of the same call, or of two calls. */
export interface Differences {
  /** Other functions, another order, other bytecodes, other stages, another outcome. */
  readonly structure: readonly string[];
  /** The same ways with other numbers. */
  readonly counts: readonly string[];
}

/** What the two are called in the sentences. */
export interface Sides {
  readonly one: string;
  readonly other: string;
}

export function differences(one: Trace, other: Trace, sides: Sides): Differences {
  return { structure: structure(one, other, sides), counts: counts(one, other, sides) };
}

function structure(one: Trace, other: Trace, sides: Sides): string[] {
  const [here, there] = [entered(one), entered(other)];
  const [onlyHere, onlyThere] = [missingIn(there, here), missingIn(here, there)];
  const isSameSet = onlyHere.length + onlyThere.length === 0;
  return [
    ...(one.outcome === other.outcome ? [] : [`It ${one.outcome} ${sides.one} and ${other.outcome} ${sides.other}.`]),
    ...list(`Entered only ${sides.one}`, onlyHere),
    ...list(`Entered only ${sides.other}`, onlyThere),
    ...(isSameSet && here.join("\n") !== there.join("\n") ? [orderText(here, there, sides)] : []),
    ...sequence("Bytecodes", opcodeNames(one), opcodeNames(other), sides),
    ...sequence("Stages", stageOrder(one), stageOrder(other), sides),
  ];
}

/** Functions with a frame, in the order of entry. */
function entered(trace: Trace): string[] {
  return trace.nodes.flatMap((node, index) => (hasFrame(trace, node) ? [nameOf(trace, index)] : []));
}

function missingIn(others: string[], names: string[]): string[] {
  return [...new Set(names)].filter((name) => !others.includes(name)).map(shortName);
}

function orderText(here: string[], there: string[], { one, other }: Sides): string {
  const changed = here.findIndex((name, index) => name !== there[index]);
  const at = changed < 0 ? here.length : changed;
  const name = (names: string[]) => (names[at] === undefined ? "the end" : shortName(names[at]));
  return `Entry ${at + 1} is ${name(here)} ${one} and ${name(there)} ${other}.`;
}

function opcodeNames({ opcodes }: Trace): string[] {
  return opcodes.map(({ name }) => name);
}

function stageOrder(trace: Trace): string[] {
  return stagesOf(trace).map(({ stage }) => stageNames[stage]);
}

function sequence(what: string, here: string[], there: string[], { one, other }: Sides): string[] {
  if (here.join() === there.join()) return [];
  return [`${what} ${one}: ${here.join(", ") || "none"}; ${other}: ${there.join(", ") || "none"}.`];
}

function list(title: string, names: string[]): string[] {
  return names.length ? [`${title}: ${names.join(", ")}.`] : [];
}

function counts(one: Trace, other: Trace, sides: Sides): string[] {
  const [total, otherTotal] = [instructionsOf(one), instructionsOf(other)];
  const [here, there] = [selfCounts(one), selfCounts(other)];
  const changed = [...here].flatMap(([name, count]) => {
    const now = there.get(name);
    return now === undefined || now === count ? [] : [{ name, count, now }];
  });
  changed.sort((a, b) => Math.abs(b.now - b.count) - Math.abs(a.now - a.count));
  return [
    ...(total === otherTotal ? [] : [`All instructions: ${total} ${sides.one}, ${otherTotal} ${sides.other}.`]),
    ...changed.map(({ name, count, now }) => `${shortName(name)}: ${count} ${sides.one}, ${now} ${sides.other}.`),
  ];
}
