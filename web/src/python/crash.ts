import type { CellError } from "../protocol";

const whatNow = "Its variables are gone: the next run starts with a fresh interpreter.";

/** What WebAssembly and Pyodide throw when an interpreter is past saving, and what to say of it. */
const reasons: readonly [RegExp, string][] = [
  [
    /call stack|too much recursion/i,
    "Stack overflow: a recursion went deeper than the browser allows.",
  ],
  [
    /unreachable/i,
    "Abort: native code gave up on purpose, as Rust does after a panic while unwinding, a panic that must not unwind, or an allocation that failed.",
  ],
  [
    /out of bounds|table index|null function|signature/i,
    "Memory fault: native code touched memory or called a function that is not there.",
  ],
  [/out of memory|allocation failed|memory\.grow/i, "The browser gave no more memory."],
];

/** The error of a run in which the interpreter itself ended: data, as any other failure. */
export function crash(error: unknown): CellError {
  const { message, status } = error as { message?: string; status?: number };
  const text = message ?? String(error);
  const reason =
    status === undefined
      ? (reasons.find(([pattern]) => pattern.test(text))?.[1] ?? "The cell broke the code that runs cells.")
      : `The interpreter exited at once with code ${status}, without Python's usual clean-up (\`os._exit\`, or \`exit\` in C or Rust).`;
  return { kind: "crash", signal: null, code: status ?? null, explanation: `${reason} ${whatNow}` };
}
