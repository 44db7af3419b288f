// The JSON form of crates/native_trace/src/trace.rs, schema 1. The words that explain each field stand there.

export interface Trace {
  schema: number;
  call: Call;
  origin: Origin;
  window: "opcodes" | "markers";
  outcome: "returned" | "raised";
  functions: FunctionInfo[];
  nodes: TraceNode[];
  path: Run[];
  opcodes: Opcode[];
  stages: StageSpan[];
  objects: ObjectSeen[];
}

export interface Call {
  statement: string;
  setup: string;
  execution: number;
}

export interface Origin {
  python: string;
  build: string;
  cpu: string;
  compilers: string[];
  pyo3: string | null;
  modules: TracedModule[];
}

export interface TracedModule {
  name: string;
  build_id: string;
  symbols: "debug" | "full" | "exported" | "none";
}

export interface FunctionInfo {
  name: string;
  module: number;
  language: Language;
  file?: string;
  line?: number;
}

export type Language =
  | "user" | "macro" | "pyo3" | "crate" | "std" | "cpython" | "native" | "libc" | "loader" | "plt" | "unknown";

export interface TraceNode {
  function: number;
  parent: number | null;
  entry: "start" | "call" | "tail" | "inline" | "signal";
}

/** Node, number of instructions, and the source line where the code is the user's. */
export type Run = [node: number, instructions: number, line?: number];

export interface Opcode {
  name: string;
  at: number;
  node: number;
}

export type Stage = "look-up" | "choose" | "jump" | "enter" | "unpack" | "work" | "wrap" | "return";

export interface StageSpan {
  stage: Stage;
  at: number;
  instructions: number;
}

export interface ObjectSeen {
  at: number;
  node: number;
  role: "argument" | "result";
  index: number;
  type: string;
  references: number | null;
  value?: string;
}
