//! The symbols of everything that was executed, each distinct address looked up once.

use std::collections::{BTreeMap, HashMap};

use super::{
    Branch, Frame, Place, Remapping, Symbols, binary::Binary, branch::branch, dwarf::DebugFrame,
    inflated::inflated, language, load, names,
};
use crate::{Function, Language, Module, Step, SymbolLevel, TracedModule};

/// Places, functions and bytecodes of the executed addresses.
pub(crate) struct SymbolTable {
    pub modules: Vec<TracedModule>,
    /// What the extension's debug information says about who compiled it.
    pub compilers: Vec<String>,
    pub pyo3: Option<String>,
    pub functions: Vec<Function>,
    pub places: HashMap<u64, Place>,
    pub opcodes: HashMap<u64, String>,
    pub branches: HashMap<u64, Branch>,
    /// What an address is that was not looked up.
    pub nowhere: Place,
}

/// The name of the function that executes bytecode, and how the labels of bytecodes in it begin.
const EVAL_LOOP: &str = "_PyEval_EvalFrameDefault";
const LABEL: &str = "TARGET_";

impl SymbolTable {
    /// Looks up all addresses of the steps.
    pub(crate) fn load(steps: &[Step], modules: &[Module], remapping: &Remapping) -> Self {
        let mut pcs: Vec<u64> = steps.iter().map(|step| step.pc).collect();
        pcs.sort_unstable();
        pcs.dedup();
        let mut building = Building { remapping, ..Building::new() };
        let mut rest = pcs.as_slice();
        while let Some(&pc) = rest.first() {
            let module = modules.iter().find(|module| (module.range.0..module.range.1).contains(&pc));
            let end = module.map_or(pc + 1, |module| module.range.1);
            let (own, after) = rest.split_at(rest.partition_point(|pc| *pc < end));
            building.module(module, own);
            rest = after;
        }
        building.table
    }
}

impl Symbols for SymbolTable {
    fn place(&self, pc: u64) -> &Place {
        self.places.get(&pc).unwrap_or(&self.nowhere)
    }

    fn function(&self, index: u32) -> &Function {
        &self.functions[index as usize]
    }

    fn opcode(&self, pc: u64) -> Option<&str> {
        self.opcodes.get(&pc).map(String::as_str)
    }

    fn branch(&self, pc: u64) -> Option<Branch> {
        self.branches.get(&pc).copied()
    }
}

/// A table that is being filled.
struct Building<'a> {
    remapping: &'a Remapping,
    table: SymbolTable,
    functions: HashMap<Function, u32>,
    bodies: HashMap<(usize, Body), u32>,
}

/// What makes a compiled function one: its entry in the debug information, or where it begins.
#[derive(PartialEq, Eq, Hash)]
enum Body {
    Entry(usize),
    Start(u64),
}

/// The module whose addresses are being looked up.
struct Site<'a> {
    index: u32,
    name: &'a str,
    bundled: bool,
    /// Whether all of it belongs to the interpreter.
    interpreter: bool,
    binary: Option<&'a Binary<'a>>,
}

static NO_REMAPPING: Remapping = Remapping(Vec::new());

impl Building<'_> {
    fn new() -> Self {
        let unknown =
            Function { name: "?".into(), module: 0, language: Language::Unknown, file: None, line: None };
        let nowhere = Place { body: u32::MAX, frames: vec![Frame { function: 0, line: None }] };
        let table = SymbolTable {
            modules: Vec::new(),
            compilers: Vec::new(),
            pyo3: None,
            functions: vec![unknown],
            places: HashMap::new(),
            opcodes: HashMap::new(),
            branches: HashMap::new(),
            nowhere,
        };
        Building { remapping: &NO_REMAPPING, table, functions: HashMap::new(), bodies: HashMap::new() }
    }

    fn module(&mut self, module: Option<&Module>, pcs: &[u64]) {
        let bytes = module.and_then(|module| load::bytes(&module.path));
        let inflated = bytes.as_deref().map(inflated).unwrap_or_default();
        let binary = bytes.as_deref().and_then(|bytes| Binary::parse(bytes, &inflated));
        let path =
            module.map(|module| module.path.to_string_lossy().into_owned()).unwrap_or("[unknown]".into());
        let name = path.rsplit('/').next().unwrap_or(&path);
        let index = self.table.modules.len();
        self.table.modules.push(TracedModule {
            name: name.to_owned(),
            build_id: binary.as_ref().map(|binary| binary.build_id.clone()).unwrap_or_default(),
            symbols: binary.as_ref().map_or(SymbolLevel::None, Binary::level),
        });
        let bundled = path.contains("/lib-dynload/");
        let evidence = language::Evidence { module: name, bundled, source: None, name: "", rust: false };
        let whole = language::module_language(&evidence);
        let interpreter = whole == Some(Language::Cpython);
        let site = Site { index: index as u32, name, bundled, interpreter, binary: binary.as_ref() };
        let bias = module.map_or(0, |module| module.bias);
        for &pc in pcs {
            let place = self.place(&site, pc.wrapping_sub(bias));
            self.table.places.insert(pc, place);
        }
        self.opcodes(&site, pcs, bias);
        if let Some(binary) = site.binary.filter(|_| interpreter) {
            let branches =
                pcs.iter().filter_map(|pc| Some((*pc, branch(binary.code(pc.wrapping_sub(bias))?)?)));
            self.table.branches.extend(branches);
        }
        if let (None, Some(debug)) = (whole, site.binary.and_then(|binary| binary.debug.as_ref())) {
            let compilers = debug.producers().iter().map(|producer| compiler(producer)).collect::<Vec<_>>();
            self.table.compilers.extend(compilers);
            self.table.compilers.sort();
            self.table.compilers.dedup();
        }
    }

    fn place(&mut self, site: &Site, address: u64) -> Place {
        let stub = site.binary.and_then(|binary| binary.linkage.stub(address));
        if let Some((start, target)) = stub {
            let name = format!("{}@plt", target.map_or("?", names::without_suffix));
            let function = self.intern(plain(site, name, Language::Plt));
            return self.single(site, Body::Start(start), function);
        }
        let debug = site.binary.and_then(|binary| binary.debug.as_ref());
        if let Some(frames) = debug.and_then(|debug| debug.frames(address)) {
            let body = self.body(site, Body::Entry(frames[0].entry));
            let frames = frames.into_iter().map(|frame| self.frame(site, frame)).collect();
            return Place { body, frames };
        }
        let (start, name, rust) = described(site, address);
        let evidence =
            language::Evidence { module: site.name, bundled: site.bundled, source: None, name: &name, rust };
        let language = language::language(&evidence);
        let function = self.intern(plain(site, name, language));
        self.single(site, Body::Start(start), function)
    }

    fn frame(&mut self, site: &Site, frame: DebugFrame) -> Frame {
        let name = names::readable(&frame.symbol);
        let source = frame.declaration.file.as_deref().or(frame.file.as_deref());
        let evidence = language::Evidence {
            module: site.name,
            bundled: site.bundled,
            source,
            name: &name,
            rust: names::is_rust(&frame.symbol),
        };
        let language = language::language(&evidence);
        let file = source.map(|path| self.remapping.shown(path, &frame.declaration.folder, site.interpreter));
        if self.table.pyo3.is_none() {
            self.table.pyo3 = file.as_deref().and_then(pyo3_version);
        }
        let own = frame.file.as_deref() == source;
        let line = frame.line.filter(|_| own);
        let declared = frame.declaration.line;
        Frame {
            function: self.intern(Function { name, module: site.index, language, file, line: declared }),
            line,
        }
    }

    fn single(&mut self, site: &Site, body: Body, function: u32) -> Place {
        Place { body: self.body(site, body), frames: vec![Frame { function, line: None }] }
    }

    fn body(&mut self, site: &Site, body: Body) -> u32 {
        let next = self.bodies.len() as u32;
        *self.bodies.entry((site.index as usize, body)).or_insert(next)
    }

    fn intern(&mut self, function: Function) -> u32 {
        let functions = &mut self.table.functions;
        *self.functions.entry(function).or_insert_with_key(|function| {
            functions.push(function.clone());
            functions.len() as u32 - 1
        })
    }

    /// Bytecodes are labels of the function that executes them.
    fn opcodes(&mut self, site: &Site, pcs: &[u64], bias: u64) {
        let Some(debug) = site.binary.and_then(|binary| binary.debug.as_ref()).filter(|_| site.interpreter)
        else {
            return;
        };
        let in_loop = |pc: &&u64| {
            let outermost = self.table.places[pc].frames[0].function;
            self.table.functions[outermost as usize].name == EVAL_LOOP
        };
        let Some(pc) = pcs.iter().find(in_loop) else { return };
        // Several bytecodes that share their code share the address; the first name in order stands for them.
        let mut labels = BTreeMap::new();
        for (address, name) in debug.labels(pc.wrapping_sub(bias), LABEL) {
            let known: &mut String = labels.entry(address.wrapping_add(bias)).or_insert_with(|| name.clone());
            if name < *known {
                *known = name;
            }
        }
        self.table.opcodes.extend(labels);
    }
}

fn plain(site: &Site, name: String, language: Language) -> Function {
    Function { name, module: site.index, language, file: None, line: None }
}

/// Where the function at an address begins and what it is called, without debug information.
fn described(site: &Site, address: u64) -> (u64, String, bool) {
    let symbol = site.binary.and_then(|binary| Some((binary, binary.symbol(address)?)));
    if let Some((binary, symbol)) = symbol {
        return (binary.whole(symbol), names::readable(symbol.name), names::is_rust(symbol.name));
    }
    // Without bounds every address would be a function of its own.
    let start = site.binary.and_then(|binary| binary.frame_start(address)).unwrap_or(address & !0xfff);
    (start, format!("{}+{start:#x}", site.name), false)
}

/// `rustc 1.95.0` of `clang LLVM (rustc version 1.95.0 (59807616e 2026-04-14))`; `GNU C11 12.2.0` without its options.
fn compiler(producer: &str) -> String {
    if let Some((_, rest)) = producer.split_once("rustc version ") {
        return format!("rustc {}", rest.split([' ', ')']).next().unwrap_or_default());
    }
    producer.split(" -").next().unwrap_or(producer).trim().to_owned()
}

/// `0.30.1` of `pyo3-0.30.1/src/…`.
fn pyo3_version(file: &str) -> Option<String> {
    let (version, _) = file.strip_prefix("pyo3-")?.split_once('/')?;
    version.starts_with(|c: char| c.is_ascii_digit()).then(|| version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compilers_are_named_without_options() {
        assert_eq!(compiler("clang LLVM (rustc version 1.95.0 (59807616e 2026-04-14))"), "rustc 1.95.0");
        assert_eq!(compiler("GNU C11 12.2.0 -mtune=generic -O3"), "GNU C11 12.2.0");
    }

    #[test]
    fn the_version_of_pyo3_is_in_its_paths() {
        assert_eq!(pyo3_version("pyo3-0.30.1/src/gil.rs").as_deref(), Some("0.30.1"));
        assert_eq!(pyo3_version("pyo3-ffi-0.30.1/src/lib.rs"), None);
    }
}
