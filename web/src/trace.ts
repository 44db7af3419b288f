// Made from crates/native_trace/src/trace.rs and crates/deck/src/{render/xray,protocol/trace}.rs by crates/deck/tests/generated.rs. Do not edit.

export type Trace = { 
/**
 * [`SCHEMA`] of the writer.
 */
schema: number, 
/**
 * What was traced.
 */
call: Call, 
/**
 * What it ran on.
 */
origin: Origin, 
/**
 * What the first and the last instruction are.
 */
window: Window, 
/**
 * How the statement ended.
 */
outcome: Outcome, 
/**
 * Every function of the tree, once, in the order of first entry.
 */
functions: Array<FunctionInfo>, 
/**
 * The call tree in order of entry: a parent before its children, siblings in order. Node 0 is the interpreter's loop
 * (or whatever executes the statement's bytecode).
 */
nodes: Array<TraceNode>, 
/**
 * All executed instructions in order, as runs within one node.
 */
path: Array<Run>, 
/**
 * Executed bytecodes in order; empty where the interpreter does not name them.
 */
opcodes: Array<Opcode>, 
/**
 * The stages in order, without gaps within the window. A stage can be missing, and can come again.
 */
stages: Array<StageSpan>, 
/**
 * Objects at the doors between languages, in order.
 */
objects: Array<ObjectSeen>, };

export type Call = { 
/**
 * The statement.
 */
statement: string, 
/**
 * What ran before it.
 */
setup: string, 
/**
 * Which execution of the same bytecode it is: 1 is the first, cold one.
 */
execution: number, };

export type Origin = { 
/**
 * `CPython 3.13.0`.
 */
python: string, 
/**
 * What `platform.python_build()` and `platform.python_compiler()` say.
 */
build: string, 
/**
 * The processor's name.
 */
cpu: string, 
/**
 * Compilers of the extension, e.g. `rustc 1.95.0`; empty if the module does not say.
 */
compilers: Array<string>, 
/**
 * Version of PyO3 in the extension.
 */
pyo3: string | null, 
/**
 * Every module in which an instruction was executed.
 */
modules: Array<TracedModule>, };

export type TracedModule = { 
/**
 * The file's name without its folder.
 */
name: string, 
/**
 * The linker's build id in hexadecimal digits; empty if there is none.
 */
build_id: string, 
/**
 * How much it says about its code.
 */
symbols: SymbolLevel, };

export type SymbolLevel = "debug" | "full" | "exported" | "none";

export type Window = "opcodes" | "markers";

export type Outcome = "returned" | "raised";

export type FunctionInfo = { 
/**
 * Its demangled name without hashes; `libc.so.6+0x9d0e0` where nothing is known.
 */
name: string, 
/**
 * Index into the origin's modules.
 */
module: number, 
/**
 * What it is written in, and by whom.
 */
language: Language, 
/**
 * Its source file: from the project's root for user code, else `pyo3-0.30.1/src/…`, `core/src/…`, `Python/ceval.c`.
 */
file?: string, 
/**
 * The line of its declaration, from 1.
 */
line?: number, };

export type Language = "user" | "macro" | "pyo3" | "crate" | "std" | "cpython" | "native" | "libc" | "loader" | "plt" | "unknown";

export type TraceNode = { 
/**
 * Index into the functions.
 */
function: number, 
/**
 * Index of the node that entered it; none for the first.
 */
parent: number | null, 
/**
 * How it was entered.
 */
entry: Entry, };

export type Entry = "start" | "call" | "tail" | "inline" | "signal";

export type Run = [node: number, instructions: number, line?: number];

export type Opcode = { 
/**
 * Its name as executed, specialised if it was.
 */
name: string, 
/**
 * Index of its first instruction in the trace.
 */
at: number, 
/**
 * The node of the loop that executed it.
 */
node: number, };

export type Stage = "look-up" | "choose" | "jump" | "enter" | "unpack" | "work" | "wrap" | "return";

export type StageSpan = { 
/**
 * The stage.
 */
stage: Stage, 
/**
 * Index of its first instruction.
 */
at: number, 
/**
 * How many instructions.
 */
instructions: number, };

export type ObjectSeen = { 
/**
 * Index of the instruction before which it was seen.
 */
at: number, 
/**
 * The node that gets it, or that has left it as its result.
 */
node: number, 
/**
 * Argument or result.
 */
role: Role, 
/**
 * Which argument, from 0; 0 for a result.
 */
index: number, 
/**
 * The name of its type.
 */
type: string, 
/**
 * Its reference count; none if immortal.
 */
references: number | null, 
/**
 * Its value, where it is a small `int`, a `bool` or `None`.
 */
value?: string, };

export type Role = "argument" | "result";

export type XrayData = { 
/**
 * The trace.
 */
trace: Trace, 
/**
 * Where and when it was recorded.
 */
label: string, 
/**
 * What is claimed about it and has been checked, in sentences.
 */
claims: Array<string>, 
/**
 * Id of the X-ray to draw below it.
 */
compare?: string, 
/**
 * It was made with other code than the slides show now.
 */
stale: boolean, 
/**
 * Lines of the user's files that the path names: by file, then by number.
 */
sources: { [key in string]: { [key in number]: string } }, };

export type TraceAnswer = { 
/**
 * What happened.
 */
trace: Trace, 
/**
 * Where it was made, in one line.
 */
label: string, 
/**
 * How it met a limit, if it did.
 */
note: string | null, 
/**
 * Lines of the user's files that the path names: by file, then by number.
 */
sources: { [key in string]: { [key in number]: string } }, } | { 
/**
 * Why, for a person to read, with the next step.
 */
error: string, };
