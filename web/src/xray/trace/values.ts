import type { ObjectSeen, Stage, Trace } from "../../trace";
import { memoized } from "./memo";
import { stagesOf } from "./stages";

/** What the travelling value is during one or more stages. */
export interface ValueForm {
  readonly stages: readonly Stage[];
  /** What it is: `int object 41`, `i64`. */
  readonly form: string;
  /** How it is held: `borrowed`, `owned`, `in an array`. */
  readonly note: string;
}

/** The forms of the value in the order of the stages. Where no object was seen, nothing is known. */
export const valueForms = memoized((trace: Trace): ValueForm[] => {
  if (trace.objects.length === 0) return [];
  const seen = argumentsOf(trace);
  const input = rustTypes(trace, "FromPyObject");
  const output = rustTypes(trace, "IntoPyObject");
  const forms: Record<Stage, [form: string, note: string]> = {
    "look-up": [objects(seen), "borrowed"],
    choose: [objects(seen), "borrowed"],
    jump: [pointers(seen), "in an array"],
    enter: [pointers(seen), "in an array"],
    unpack: [`object → ${nativeType(input)}`, "checked"],
    work: [worked(native(input, seen), trace), "bare"],
    wrap: trace.outcome === "raised" ? ["error → exception", "wrapped"] : [`${nativeType(output)} → object`, "wrapped"],
    return: result(trace),
  };
  const merged: ValueForm[] = [];
  for (const { stage } of stagesOf(trace)) {
    const [form, note] = forms[stage];
    const before = merged.at(-1);
    if (before?.form === form && before.note === note) merged[merged.length - 1] = { ...before, stages: [...before.stages, stage] };
    else merged.push({ stages: [stage], form, note });
  }
  return merged;
});

/** The arguments at the first door they were seen at. The module that a function belongs to is handed over beside them. */
function argumentsOf({ objects }: Trace): ObjectSeen[] {
  const door = objects.find(({ role }) => role === "argument");
  return objects.filter(({ role, node, at, type }) => role === "argument" && node === door?.node && at === door.at && type !== "module");
}

function objects(seen: readonly ObjectSeen[]): string {
  if (seen.length > 1) return `${seen.length} objects`;
  return seen[0] ? object(seen[0]) : "no argument";
}

function object({ type, value }: ObjectSeen): string {
  return value === undefined || value === type ? `${type} object` : `${type} object ${value}`;
}

function pointers(seen: readonly ObjectSeen[]): string {
  if (seen.length === 0) return "no pointer";
  return seen.length > 1 ? `${seen.length} pointers` : "a pointer";
}

/** The Rust types that the trace shows being converted, by the trait's name in the functions that were entered. */
function rustTypes({ functions, nodes }: Trace, trait: string): string[] {
  const names = nodes.map((node) => functions[node.function]?.name ?? "").filter((name) => name.includes(trait));
  const found = names.flatMap((name) => {
    const type = new RegExp(`<([^<>]+) as [^>]*${trait}`).exec(name)?.[1] ?? new RegExp(`${trait}[^>]* for ([^<>]+)>`).exec(name)?.[1];
    return type?.split("::").at(-1) ?? [];
  });
  return [...new Set(found)];
}

function nativeType(types: readonly string[]): string {
  return types.length === 1 ? `${types[0]}` : "Rust value";
}

/** Only an integer is known to be the same number on both sides. */
function native(types: readonly string[], seen: readonly ObjectSeen[]): string {
  const value = seen.length === 1 && seen[0]?.type === "int" && types[0] !== "bool" ? seen[0].value : undefined;
  return value === undefined ? nativeType(types) : `${nativeType(types)} ${value}`;
}

/** What goes in, and what comes out where both are the same kind of number. */
function worked(inside: string, trace: Trace): string {
  const made = resultOf(trace);
  return made?.type === "int" && made.value !== undefined && /\d$/.test(inside) && inside.includes(" ") ? `${inside} → ${made.value}` : inside;
}

function result(trace: Trace): [string, string] {
  if (trace.outcome === "raised") return ["NULL", "exception set"];
  const made = resultOf(trace);
  return made ? [made.type === "NoneType" ? "None" : object(made), "owned"] : ["an object", "owned"];
}

/** The object that the outermost function left. */
function resultOf({ objects }: Trace): ObjectSeen | undefined {
  return objects.findLast(({ role }) => role === "result");
}
