// The JSON form of a trace, schema 1. Its one definition is crates/native_trace/src/trace.rs.

export type {
  Call,
  FunctionInfo,
  Language,
  ObjectSeen,
  Opcode,
  Origin,
  Run,
  Stage,
  StageSpan,
  Trace,
  TracedModule,
  TraceNode,
} from "../trace";
