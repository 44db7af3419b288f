import { instructionsOf, nameOf, selfCounts } from "./counts";
import { shortName } from "./names";
import { stageNames, stagesOf } from "./stages";
import type { Trace } from "./trace";

/** What differs between two traces of the same call, or of two calls. */
export interface Differences {
  /** Other functions, another order, other bytecodes, other stages, another outcome. */
  readonly structure: readonly string[];
  /** The same ways with other numbers. */
  readonly counts: readonly string[];
}

/** Compares `other` with `one`; sentences speak of "here" for `one` and of "there" for `other`. */
export function differences(one: Trace, other: Trace): Differences {
  return { structure: structure(one, other), counts: counts(one, other) };
}

function structure(one: Trace, other: Trace): string[] {
  const [here, there] = [entered(one), entered(other)];
  const only = (names: string[], others: string[]) => [...new Set(names)].filter((name) => !others.includes(name)).map(shortName);
  const opcodes = [one, other].map((trace) => trace.opcodes.map(({ name }) => name));
  const stages = [one, other].map((trace) => stagesOf(trace).map(({ stage }) => stageNames[stage]));
  const onlyHere = only(here, there);
  const onlyThere = only(there, here);
  const isSameSet = onlyHere.length + onlyThere.length === 0;
  return [
    ...(one.outcome === other.outcome ? [] : [`It ${one.outcome} here and ${other.outcome} there.`]),
    ...list("Entered only here", onlyHere),
    ...list("Entered only there", onlyThere),
    ...(isSameSet && here.join("\n") !== there.join("\n") ? [orderText(here, there)] : []),
    ...sequence("Bytecodes", opcodes),
    ...sequence("Stages", stages),
  ];
}

/** Functions with a frame, in the order of entry. */
function entered(trace: Trace): string[] {
  return trace.nodes.flatMap(({ entry }, node) => (entry === "call" || entry === "tail" ? [nameOf(trace, node)] : []));
}

function orderText(here: string[], there: string[]): string {
  const at = here.findIndex((name, index) => name !== there[index]);
  const [one = "the end", other = "the end"] = [here[at < 0 ? here.length : at], there[at < 0 ? here.length : at]];
  return `Entry ${at + 1} is ${shortName(one)} here and ${shortName(other)} there.`;
}

function sequence(what: string, [here = [], there = []]: string[][]): string[] {
  return here.join() === there.join() ? [] : [`${what} here: ${here.join(", ") || "none"}. There: ${there.join(", ") || "none"}.`];
}

function list(title: string, names: string[]): string[] {
  return names.length ? [`${title}: ${names.join(", ")}.`] : [];
}

function counts(one: Trace, other: Trace): string[] {
  const [total, otherTotal] = [instructionsOf(one), instructionsOf(other)];
  const [here, there] = [selfCounts(one), selfCounts(other)];
  const changed = [...here].flatMap(([name, count]) => {
    const now = there.get(name);
    return now === undefined || now === count ? [] : [{ name, count, now }];
  });
  changed.sort((a, b) => Math.abs(b.now - b.count) - Math.abs(a.now - a.count));
  return [
    ...(total === otherTotal ? [] : [`${total} instructions here, ${otherTotal} there.`]),
    ...changed.map(({ name, count, now }) => `${shortName(name)}: ${count} here, ${now} there.`),
  ];
}
