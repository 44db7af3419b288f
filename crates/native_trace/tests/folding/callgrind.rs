//! A second tool counts the same call: valgrind's callgrind, as the difference of two numbers of calls.

use std::{collections::HashMap, fs, path::Path, process::Command};

use native_trace::{Entry, Language, Trace};

use crate::fixture::{python, warm};

const CALLS: [u64; 2] = [500, 1500];

/// Set-up and statement go in.
const SCRIPT: &str = "
import gc, itertools, sys
SETUP
gc.disable()
def run(count):
    for _ in itertools.repeat(None, count):
        STATEMENT
run(int(sys.argv[1]))
";

#[test]
fn a_call_has_as_many_instructions_as_valgrind_counts() {
    check("import rusty", "rusty.add_one(41)", 9);
}

#[test]
fn a_keyword_call_has_as_many_instructions_as_valgrind_counts() {
    check("import rusty", "rusty.add_one(x=41)", 9);
}

#[test]
fn a_method_has_as_many_instructions_as_valgrind_counts() {
    check("import rusty\nc = rusty.Counter(1)", "c.plus(1)", 9);
}

/// Compares every function of a warm call, of which there are some.
#[track_caller]
fn check(setup: &str, statement: &str, least: usize) {
    if Command::new("valgrind").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "CI needs valgrind");
        eprintln!("SKIPPED: needs valgrind. Debian and Ubuntu: apt install valgrind");
        return;
    }
    let trace = warm(setup, statement);
    let script = SCRIPT.replace("SETUP", setup).replace("STATEMENT", statement);
    let counts = CALLS.map(|calls| counted(&script, calls));
    let own = own_of_frames(&trace);
    for (name, own) in &own {
        let of = |at: usize| counts[at].get(name).copied().unwrap_or(0);
        let (difference, calls) = (of(1) - of(0), CALLS[1] - CALLS[0]);
        assert_eq!(difference, u64::from(*own) * calls, "{name}: {own} instructions in one {statement}");
    }
    assert!(own.len() >= least, "only {} functions were compared", own.len());
}

/// The instructions of functions with a frame, what is inlined into them included. A jump through a linkage table counts
/// to the function that makes it, as in callgrind. Neither the interpreter's loop, which also executes the markers, nor
/// the system's functions, whose names callgrind may know better.
fn own_of_frames(trace: &Trace) -> HashMap<String, u32> {
    let mut own: HashMap<String, u32> = HashMap::new();
    for (mut node, count) in (0..).zip(trace.own_instructions()) {
        let passes = |node: u32| {
            trace.nodes[node as usize].entry == Entry::Inline || trace.language(node) == Language::Plt
        };
        while let Some(parent) = trace.nodes[node as usize].parent.filter(|_| passes(node)) {
            node = parent;
        }
        let known = !matches!(trace.language(node), Language::Libc | Language::Loader);
        if node != 0 && known {
            *own.entry(trace.name(node).to_owned()).or_default() += count;
        }
    }
    own
}

/// Instructions by function for a number of calls.
fn counted(source: &str, calls: u64) -> HashMap<String, u64> {
    let folder = tempfile::tempdir().unwrap();
    let (script, out) = (folder.path().join("calls.py"), folder.path().join("counts"));
    fs::write(&script, source).unwrap();
    let status = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--dump-line=no"])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(python())
        .arg(&script)
        .arg(calls.to_string())
        .env("PYTHONHASHSEED", "0")
        .output()
        .unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    parsed(&out)
}

/// Reads callgrind's format: `fn=(7) name`, later `fn=(7)`, then lines of position and count; the line after `calls=` is
/// the callee's.
fn parsed(path: &Path) -> HashMap<String, u64> {
    let text = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
    let mut names: HashMap<String, String> = HashMap::new();
    let mut counts: HashMap<String, u64> = HashMap::new();
    let mut function = String::new();
    let mut of_callee = false;
    for line in text.lines() {
        if let Some(named) = line.strip_prefix("fn=").or_else(|| line.strip_prefix("cfn=")) {
            let (id, name) = named.split_once(' ').unwrap_or((named, ""));
            if !name.is_empty() {
                names.insert(id.to_owned(), name.split('\'').next().unwrap_or(name).to_owned());
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
