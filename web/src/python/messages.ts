import type { CellEvent, PythonRole, PythonSources } from "../protocol";
import type { PythonRun } from "./interpreter";

/** The files below `python/`, by what they are for. */
export type Downloaded = Readonly<Record<Exclude<PythonRole, "sources">, ArrayBuffer>> & { readonly sources: PythonSources };

/** What the page says to the worker: first the files, then one run after the other. */
export type ToWorker = { readonly start: Downloaded } | { readonly run: PythonRun };

/** What the worker says to the page. After `failed` it is of no use. */
export type FromWorker = { readonly ready: true } | { readonly failed: string } | { readonly events: readonly CellEvent[]; readonly alive: boolean };
