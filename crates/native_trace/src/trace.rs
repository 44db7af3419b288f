//! A trace as it is kept, compared and drawn. The JSON form is these types; `schema` counts its versions.
//!
//! A trace is a call tree and a path through it. The tree says which functions ran, inlined ones included; the path says
//! where each executed instruction belongs. Counts, depths and spans follow from the two, so they are not stored.

use serde::{Deserialize, Serialize};

/// Version of the JSON form.
pub const SCHEMA: u32 = 1;

/// One traced execution of one statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Trace {
    /// [`SCHEMA`] of the writer.
    pub schema: u32,
    /// What was traced.
    pub call: Call,
    /// What it ran on.
    pub origin: Origin,
    /// What the first and the last instruction are.
    pub window: Window,
    /// How the statement ended.
    pub outcome: Outcome,
    /// Every function of the tree, once, in the order of first entry.
    pub functions: Vec<Function>,
    /// The call tree in order of entry: a parent before its children, siblings in order. Node 0 is the interpreter's loop
    /// (or whatever executes the statement's bytecode).
    pub nodes: Vec<Node>,
    /// All executed instructions in order, as runs within one node.
    pub path: Vec<Run>,
    /// Executed bytecodes in order; empty where the interpreter does not name them.
    pub opcodes: Vec<Opcode>,
    /// The stages in order, without gaps within the window. A stage can be missing, and can come again.
    pub stages: Vec<StageSpan>,
    /// Objects at the doors between languages, in order.
    pub objects: Vec<ObjectSeen>,
}

/// What was traced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Call {
    /// The statement.
    pub statement: String,
    /// What ran before it.
    pub setup: String,
    /// Which execution of the same bytecode it is: 1 is the first, cold one.
    pub execution: u32,
}

/// What a trace was made on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Origin {
    /// `CPython 3.13.0`.
    pub python: String,
    /// What `platform.python_build()` and `platform.python_compiler()` say.
    pub build: String,
    /// The processor's name.
    pub cpu: String,
    /// Compilers of the extension, e.g. `rustc 1.95.0`; empty if the module does not say.
    pub compilers: Vec<String>,
    /// Version of PyO3 in the extension.
    pub pyo3: Option<String>,
    /// Every module in which an instruction was executed.
    pub modules: Vec<TracedModule>,
}

/// A binary in which instructions were executed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TracedModule {
    /// The file's name without its folder.
    pub name: String,
    /// The linker's build id in hexadecimal digits; empty if there is none.
    pub build_id: String,
    /// How much it says about its code.
    pub symbols: SymbolLevel,
}

/// Where names come from, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum SymbolLevel {
    /// Debug information: inlined functions and source lines.
    Debug,
    /// The full table of symbols.
    Full,
    /// Exported names only; other functions are known by where they begin.
    Exported,
    /// No names.
    None,
}

/// What the window of a trace contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Window {
    /// Exactly the statement's bytecodes.
    Opcodes,
    /// The statement and the few bytecodes of the two markers around it, because the interpreter does not say where a
    /// bytecode begins.
    Markers,
}

/// How the statement ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It has a result.
    Returned,
    /// It raised.
    Raised,
}

/// A function of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "FunctionInfo"))]
pub struct Function {
    /// Its demangled name without hashes; `libc.so.6+0x9d0e0` where nothing is known.
    pub name: String,
    /// Index into the origin's modules.
    pub module: u32,
    /// What it is written in, and by whom.
    pub language: Language,
    /// Its source file: from the project's root for user code, else `pyo3-0.30.1/src/…`, `core/src/…`, `Python/ceval.c`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub file: Option<String>,
    /// The line of its declaration, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub line: Option<u32>,
}

/// Whose code a function is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Rust that the extension's author wrote.
    User,
    /// Rust that PyO3's macros wrote into the author's crate.
    Macro,
    /// PyO3 itself.
    Pyo3,
    /// Another crate.
    Crate,
    /// Rust's `core`, `alloc` and `std`.
    Std,
    /// The interpreter and its standard library's C.
    Cpython,
    /// C, C++ or Cython of another extension.
    Native,
    /// The C library and its kin.
    Libc,
    /// The dynamic loader.
    Loader,
    /// A jump through a linkage table.
    Plt,
    /// Nobody knows.
    Unknown,
}

/// One activation of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "TraceNode"))]
pub struct Node {
    /// Index into the functions.
    pub function: u32,
    /// Index of the node that entered it; none for the first.
    pub parent: Option<u32>,
    /// How it was entered.
    pub entry: Entry,
}

/// How a node was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Entry {
    /// It was there already.
    Start,
    /// A call.
    Call,
    /// A jump that takes the caller's frame: the caller stays its parent in the tree and is as deep.
    Tail,
    /// It was compiled into its parent, and has no frame.
    Inline,
    /// The kernel delivered a signal.
    Signal,
}

/// Consecutive instructions of one node: `[node, instructions]`, with the source line in user code
/// `[node, instructions, line]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(into = "Vec<u32>", try_from = "Vec<u32>")]
#[cfg_attr(feature = "typescript", ts(type = "[node: number, instructions: number, line?: number]"))]
pub struct Run {
    /// Index of the node.
    pub node: u32,
    /// How many instructions.
    pub instructions: u32,
    /// The line in the function's file that they come from.
    pub line: Option<u32>,
}

/// An executed bytecode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Opcode {
    /// Its name as executed, specialised if it was.
    pub name: String,
    /// Index of its first instruction in the trace.
    pub at: u32,
    /// The node of the loop that executed it.
    pub node: u32,
}

/// Stages of the journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Names and constants are put on the interpreter's stack.
    LookUp,
    /// The interpreter decides how to call what it found.
    Choose,
    /// From the interpreter to the C pointer.
    Jump,
    /// The extension's trampoline.
    Enter,
    /// Arguments are told apart and converted.
    Unpack,
    /// The function itself.
    Work,
    /// The result becomes an object.
    Wrap,
    /// The way back, and what the interpreter does with the result.
    Return,
}

/// Consecutive instructions of one stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct StageSpan {
    /// The stage.
    pub stage: Stage,
    /// Index of its first instruction.
    pub at: u32,
    /// How many instructions.
    pub instructions: u32,
}

/// An object at a door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ObjectSeen {
    /// Index of the instruction before which it was seen.
    pub at: u32,
    /// The node that gets it, or that has left it as its result.
    pub node: u32,
    /// Argument or result.
    pub role: Role,
    /// Which argument, from 0; 0 for a result.
    pub index: u32,
    /// The name of its type.
    #[serde(rename = "type")]
    pub type_name: String,
    /// Its reference count; none if immortal.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub references: Option<u64>,
    /// Its value, where it is a small `int`, a `bool` or `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub value: Option<String>,
}

/// What an object is to a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// It is passed in.
    Argument,
    /// It comes out.
    Result,
}

/// What CPython enters to raise `MemoryError`.
const NO_MEMORY: [&str; 2] = ["PyErr_NoMemory", "_PyErr_NoMemory"];

impl Trace {
    /// Whether it raised because it did not get the memory that it asked for.
    pub fn lacked_memory(&self) -> bool {
        let raises = |function: &Function| NO_MEMORY.contains(&function.name.as_str());
        self.outcome == Outcome::Raised && self.functions.iter().any(raises)
    }
}

impl From<Run> for Vec<u32> {
    fn from(Run { node, instructions, line }: Run) -> Self {
        [node, instructions].into_iter().chain(line).collect()
    }
}

impl TryFrom<Vec<u32>> for Run {
    type Error = &'static str;

    fn try_from(numbers: Vec<u32>) -> Result<Self, Self::Error> {
        match numbers[..] {
            [node, instructions] => Ok(Self { node, instructions, line: None }),
            [node, instructions, line] => Ok(Self { node, instructions, line: Some(line) }),
            _ => Err("a run is [node, instructions] or [node, instructions, line]"),
        }
    }
}
