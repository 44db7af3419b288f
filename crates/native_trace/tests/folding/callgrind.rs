//! A second tool counts the same calls: valgrind's callgrind, as the difference of two numbers of calls.

use std::{collections::HashMap, fs, path::Path, process::Command};

use native_trace::{Entry, Language, Request, Trace};

use crate::{
    dev_build::dev_build,
    fixture::{check_sound, python, trace},
};

const SETUP: &str = "import rusty\nc = rusty.Counter(1)\nf = lambda x: x + 1\nn = 2**40";

/// With the least number of functions that must be compared, of the installed build and of the one that is not optimised.
const CALLS: [(&str, usize, usize); 8] = [
    ("rusty.add_one(41)", 9, 100),
    ("rusty.add_one(x=41)", 12, 140),
    ("c.plus(1)", 9, 130),
    ("rusty.add_one(n)", 12, 105),
    ("rusty.call_back(f, 1)", 16, 130),
    ("rusty.checked(-1)", 55, 210),
    ("rusty.panics(0)", 80, 260),
    ("abs(-41)", 3, 3),
];

/// What depends on more than the statement: which blocks were ever given back to the allocator, and how many digits the
/// number of the thread has that panics. And `__rust_try`: a dev build has more than one function of this name, and which of
/// its calls valgrind counts under another one differs from build to build.
const UNSTEADY: [&str; 4] =
    ["_PyObject_Malloc", "_PyObject_Free", "core::fmt::num::imp::<impl u64>::_fmt_inner", "__rust_try"];

const TIMES: [u32; 2] = [500, 1500];

/// Comes before the calls. Counts are written down whenever `id` is called.
const BEFORE: &str = "
import gc, itertools, sys
sys.path[:0] = IMPORTS
SETUP
gc.disable()
";

const EACH: &str = "
def run(count):
    for _ in itertools.repeat(None, count):
        try:
            STATEMENT
        except BaseException:
            pass
run(500)
id(None)
run(500)
id(None)
run(1500)
id(None)
";

#[test]
fn calls_have_as_many_instructions_as_valgrind_counts() {
    check(None, |(_, installed, _)| installed);
}

#[test]
fn calls_of_a_dev_build_have_as_many_instructions_as_valgrind_counts() {
    check(Some(dev_build(&python())), |(_, _, dev)| dev);
}

/// Compares every function of warm calls, with a build of the extension that is imported from a folder.
#[track_caller]
fn check(build: Option<&Path>, least: impl Fn((&str, usize, usize)) -> usize) {
    if Command::new("valgrind").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "CI needs valgrind");
        eprintln!("SKIPPED: needs valgrind. Debian and Ubuntu: apt install valgrind");
        return;
    }
    let imports: Vec<_> = build.into_iter().map(Path::to_owned).collect();
    let counted = counted(build);
    for (call, counts) in CALLS.into_iter().zip(counted) {
        let statement = call.0;
        let trace = trace(&Request {
            setup: SETUP.into(),
            imports: imports.clone(),
            ..Request::warm(python(), statement)
        });
        check_sound(&trace);
        let own = own_of_frames(&trace);
        for (name, own) in &own {
            let of = |at: usize| counts[at].get(name).copied().unwrap_or(0);
            let (difference, calls) = (of(1) - of(0), u64::from(TIMES[1] - TIMES[0]));
            assert_eq!(difference, u64::from(*own) * calls, "{name}: {own} instructions in one {statement}");
        }
        assert!(own.len() >= least(call), "{statement}: only {} functions were compared", own.len());
    }
}

/// The instructions of functions with a frame, what is inlined into them included. Neither the interpreter's loop, which
/// also executes what surrounds the statement, nor what the system does, whose names callgrind may know better.
fn own_of_frames(trace: &Trace) -> HashMap<String, u32> {
    let mut own: HashMap<String, u32> = HashMap::new();
    for (mut node, count) in (0..).zip(trace.own_instructions()) {
        while trace.nodes[node as usize].entry == Entry::Inline {
            node = trace.nodes[node as usize].parent.unwrap();
        }
        let system = matches!(trace.language(node), Language::Libc | Language::Loader | Language::Plt);
        let name = trace.name(node);
        if !system && name != trace.name(0) && !UNSTEADY.contains(&name) {
            *own.entry(name.to_owned()).or_default() += count;
        }
    }
    own
}

/// By call: instructions by function for each number of times. No bytecode is written, because that calls `id` as well.
fn counted(build: Option<&Path>) -> Vec<[HashMap<String, u64>; 2]> {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("calls.py");
    let imports = format!("{:?}", build.map(Path::to_string_lossy).as_slice());
    let mut source = BEFORE.replace("IMPORTS", &imports).replace("SETUP", SETUP);
    source.extend(CALLS.map(|(statement, ..)| EACH.replace("STATEMENT", statement)));
    fs::write(&script, source).unwrap();
    let out = folder.path().join("counts");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--dump-line=no", "--demangle=no", "--skip-plt=no"])
        .arg("--dump-before=builtin_id")
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(python())
        .arg(&script)
        .envs([("PYTHONHASHSEED", "0"), ("PYTHONDONTWRITEBYTECODE", "1"), ("RUST_BACKTRACE", "0")])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // Three are written for each call: what came before, then one for each number of times.
    let part = |call: usize, at: usize| parsed(&folder.path().join(format!("counts.{}", 3 * call + at)));
    (0..CALLS.len()).map(|call| [part(call, 2), part(call, 3)]).collect()
}

/// Reads callgrind's format: `fn=(7) name`, later `fn=(7)`, then lines of position and count; the line after `calls=` is
/// the callee's.
fn parsed(path: &Path) -> HashMap<String, u64> {
    let text = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let text = String::from_utf8_lossy(&text).into_owned();
    let mut names: HashMap<&str, String> = HashMap::new();
    let mut counts: HashMap<String, u64> = HashMap::new();
    let mut function = String::new();
    let mut of_callee = false;
    for line in text.lines() {
        if let Some(named) = line.strip_prefix("fn=").or_else(|| line.strip_prefix("cfn=")) {
            let (id, name) = named.split_once(' ').unwrap_or((named, ""));
            if !name.is_empty() {
                names.insert(id, readable(name));
            }
            if line.starts_with("fn=") {
                function = names[id].clone();
            }
        } else if line.starts_with("calls=") {
            of_callee = true;
        } else if line.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '*')) {
            let count: u64 = line.split(' ').nth(1).and_then(|count| count.parse().ok()).unwrap_or(0);
            if !std::mem::take(&mut of_callee) {
                *counts.entry(function.clone()).or_default() += count;
            }
        }
    }
    counts
}

/// A function's name without the number of a recursion, demangled, and without what a compiler appended for a part of it.
fn readable(name: &str) -> String {
    let name = name.split('\'').next().unwrap_or(name);
    let suffixes = [".cold", ".part.", ".constprop.", ".isra.", ".llvm."];
    let end = suffixes.iter().filter_map(|suffix| name.find(suffix)).min().unwrap_or(name.len());
    format!("{:#}", rustc_demangle::demangle(&name[..end]))
}
