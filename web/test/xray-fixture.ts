import type { FunctionInfo, Language, ObjectSeen, Opcode, Run, Stage, StageSpan, Trace, TraceNode } from "../src/trace";

/** A function on its way: how it was entered, and what it does, in order: its own instructions, a new stage, or a call. */
interface Stay {
  name: string;
  language: Language;
  entry?: TraceNode["entry"];
  file?: string;
  line?: number;
  does: (number | Stay | Mark)[];
}

/** What begins here, without an instruction of its own. */
type Mark = { stage: Stage } | { opcode: string } | { seen: Omit<ObjectSeen, "at" | "node"> } | { onLine: number };

/** Writes a trace down as a tracer would, from the tree of what happens. */
export function traceOf(statement: string, execution: number, root: Stay): Trace {
  const functions: FunctionInfo[] = [];
  const nodes: TraceNode[] = [];
  const path: Run[] = [];
  const opcodes: Opcode[] = [];
  const stages: StageSpan[] = [];
  const objects: ObjectSeen[] = [];
  let at = 0;
  let line: number | undefined;

  const functionOf = ({ name, language, file, line }: Stay): number => {
    const known = functions.findIndex((candidate) => candidate.name === name);
    if (known >= 0) return known;
    return functions.push({ name, module: 0, language, ...(file ? { file } : {}), ...(line ? { line } : {}) }) - 1;
  };
  const walk = (stay: Stay, parent: number | null): void => {
    const node = nodes.push({ function: functionOf(stay), parent, entry: stay.entry ?? (parent === null ? "start" : "call") }) - 1;
    for (const step of stay.does) {
      if (typeof step === "number") {
        const isUser = stay.language === "user";
        path.push(isUser && line !== undefined ? [node, step, line] : [node, step]);
        const stage = stages.at(-1);
        if (stage) stage.instructions += step;
        at += step;
      } else if ("does" in step) walk(step, node);
      else if ("stage" in step) stages.push({ stage: step.stage, at, instructions: 0 });
      else if ("opcode" in step) opcodes.push({ name: step.opcode, at, node });
      else if ("seen" in step) objects.push({ ...step.seen, at, node });
      else line = step.onLine;
    }
  };
  walk(root, null);
  return {
    schema: 1,
    call: { statement, setup: "import rusty", execution },
    origin: {
      python: "CPython 3.13.0", build: "main, Oct 2024; GCC 12.2.0", cpu: "x86-64",
      compilers: ["rustc 1.95.0"], pyo3: "0.30.1", modules: [{ name: "libpython3.13.so.1.0", build_id: "", symbols: "debug" }],
    },
    window: "opcodes", outcome: "returned", functions, nodes, path, opcodes, stages, objects,
  };
}

const c = (name: string, ...does: Stay["does"]): Stay => ({ name, language: "cpython", does });
const pyo3 = (name: string, ...does: Stay["does"]): Stay => ({ name: name.startsWith("<") ? name : `pyo3::${name}`, language: "pyo3", file: "pyo3-0.30.1/src/impl_/trampoline.rs", line: 120, does });
const inlined = (language: Language, name: string, ...does: Stay["does"]): Stay => ({ name, language, entry: "inline", does });
const tail = (stay: Stay): Stay => ({ ...stay, entry: "tail" });
/** A call through the linkage table: the table jumps to the function. */
const linked = (stay: Stay): Stay => ({ name: `${stay.name}@plt`, language: "plt", does: [1, tail(stay)] });
const tls = (): Stay => linked({ name: "__tls_get_addr", language: "loader", does: [11] });

const int = (value: string, role: ObjectSeen["role"]): Mark => ({ seen: { role, index: 0, type: "int", references: null, value } });

/** What happens below the interpreter's loop: 284 instructions on CPython 3.13, 5 of them the user's. */
function below(): Stay {
  return pyo3(
    "impl_::trampoline::fastcall_cfunction_with_keywords::<rusty::add_one::Def>",
    { stage: "enter" }, int("41", "argument"), 14,
    pyo3(
      "impl_::trampoline::trampoline",
      20,
      pyo3("internal::state::AttachGuard::assume", 6, tls(), 8),
      inlined("std", "std::panic::catch_unwind", inlined("std", "std::panicking::catch_unwind::do_call", 4, {
        ...inlined("pyo3", "pyo3::impl_::trampoline::trampoline::{closure}"),
        does: [{
          name: "rusty::__pyfunction_add_one", language: "macro", file: "demo_crate/src/numbers.rs", line: 3,
          does: [
            { stage: "unpack" }, 12,
            pyo3("impl_::extract_argument::FunctionDescription::extract_arguments_fastcall::<pyo3::impl_::extract_argument::NoVarargs>", 30,
              linked({ name: "memcpy", language: "libc", does: [11] }), 27),
            5,
            pyo3("<i64 as pyo3::conversion::FromPyObject>::extract", 8,
              linked(c("PyLong_AsLong", 4, c("PyLong_AsLongAndOverflow", 24), 3)), 9),
            { stage: "work" }, { onLine: 13 },
            { name: "rusty::add_one", language: "user", file: "demo_crate/src/numbers.rs", line: 12, does: [5] },
            { stage: "wrap" }, 6,
            pyo3("<i64 as pyo3::conversion::IntoPyObject>::into_pyobject", 4, linked(c("PyLong_FromLong", 19)), 2),
            int("42", "result"), { stage: "return" }, 8,
          ],
        }],
      })),
      6,
      pyo3("internal::state::AttachGuard::drop", 4, tls(), 5),
      6,
    ),
    7,
  );
}

/** `rusty.add_one(41)` after warm-up on CPython 3.13: 420 instructions, straight from the loop to the pointer. */
export function warmAddOne(): Trace {
  return traceOf("rusty.add_one(41)", 16, {
    name: "_PyEval_EvalFrameDefault", language: "cpython", file: "Python/generated_cases.c.h", line: 813,
    does: [
      { stage: "look-up" }, { opcode: "LOAD_GLOBAL_MODULE" }, 17, { opcode: "LOAD_ATTR_MODULE" }, 22, { opcode: "LOAD_CONST" }, 9,
      { stage: "choose" }, { opcode: "CALL_BUILTIN_FAST_WITH_KEYWORDS" }, 21, { stage: "jump" }, 13, below(), 38, { opcode: "POP_TOP" }, 16,
    ],
  });
}

/** The same call the first time: through the generic way of calling, which checks the result. */
export function firstAddOne(): Trace {
  return traceOf("rusty.add_one(41)", 1, {
    name: "_PyEval_EvalFrameDefault", language: "cpython",
    does: [
      { stage: "look-up" }, { opcode: "LOAD_GLOBAL" }, 31, c("_PyDict_LoadGlobal", 44), { opcode: "LOAD_ATTR" }, 18,
      c("PyObject_GetAttr", 12, c("_Py_module_getattro_impl", 20, c("_PyObject_GenericGetAttrWithDict", 131))), { opcode: "LOAD_CONST" }, 9,
      { stage: "choose" }, { opcode: "CALL" }, 40, c("_Py_Specialize_Call", 61),
      c("PyObject_Vectorcall", 23, { stage: "jump" }, c("cfunction_vectorcall_FASTCALL_KEYWORDS", 34, below()), c("_Py_CheckFunctionResult", 14)),
      38, { opcode: "POP_TOP" }, 16,
    ],
  });
}

/** `instructions` and about a fourth as many runs, 30 levels deep: as long as a panic. */
export function panic(instructions = 40_000): Trace {
  const steps: Stay["does"] = [{ stage: "look-up" }, { opcode: "CALL" }, 60, { stage: "enter" }];
  let left = instructions - 60;
  for (let frame = 0; left > 0; frame++) {
    const [stay, used] = unwinding(Math.min(left, 900), frame);
    steps.push(stay);
    left -= used;
  }
  return { ...traceOf("rusty.panics(0)", 16, c("_PyEval_EvalFrameDefault", ...steps)), outcome: "raised" };
}

function unwinding(budget: number, frame: number): [Stay, number] {
  const languages: Language[] = ["std", "libc", "std", "user", "pyo3", "cpython"];
  let used = 0;
  const level = (depth: number): Stay => {
    const does: Stay["does"] = [];
    const turns = 1 + ((frame + depth) % 3);
    for (let turn = 0; turn < turns && used < budget; turn++) {
      const own = Math.min(1 + ((frame * 7 + depth * 3 + turn) % 6), budget - used);
      does.push(own);
      used += own;
      if (depth < 5 + (frame % 24) && used < budget) does.push(level(depth + 1));
    }
    const language = languages[(frame + depth) % languages.length] ?? "std";
    return { name: `${language}::unwind::phase_${(depth * 5 + frame) % 40}`, language, does };
  };
  return [level(0), used];
}
