//! Recorded steps of real calls, folded without ptrace, without the binaries, on any system. What comes out is reviewed as
//! text; what is recorded comes anew by `PYTHON=… cargo test -p native_trace --lib record -- --ignored`, once with each of
//! the two interpreters, and then `INSTA_UPDATE=always cargo test -p native_trace --lib streams`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[cfg_attr(
    not(all(target_os = "linux", target_arch = "x86_64")),
    allow(dead_code, reason = "streams are recorded where calls can be traced")
)]
mod stream;

use crate::format::{Options, tree};
use stream::Stream;

macro_rules! snapshots {
    ($($name:ident),+ $(,)?) => {$(
        #[test]
        fn $name() {
            let name = stringify!($name);
            check(name, include_str!(concat!(stringify!($name), ".json")));
        }
    )+};
}

snapshots!(warm, cold, large, raising, callback, method, keyword_on_3_13);

#[track_caller]
fn check(name: &str, json: &str) {
    assert!(json.len() < 100_000, "{name}.json has {} bytes", json.len());
    let stream: Stream = serde_json::from_str(json).unwrap();
    let text = tree(&stream.fold(), Options { all: true, width: 120, colour: false });
    insta::assert_snapshot!(name, text);
}

/// Name, version of the interpreter, set-up, statement, execution.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
const CALLS: [(&str, &str, &str, &str, u32); 7] = [
    ("warm", "CPython 3.11.", "import rusty", "rusty.add_one(41)", 16),
    ("cold", "CPython 3.11.", "import rusty", "rusty.add_one(41)", 1),
    ("large", "CPython 3.11.", "import rusty\nn = 2**40", "rusty.add_one(n)", 16),
    ("raising", "CPython 3.11.", "import rusty", "rusty.checked(-1)", 16),
    ("callback", "CPython 3.11.", "import rusty\nf = lambda x: x + 1", "rusty.call_back(f, 1)", 16),
    ("method", "CPython 3.11.", "import rusty\nc = rusty.Counter(1)", "c.get()", 16),
    ("keyword_on_3_13", "CPython 3.13.", "import rusty", "rusty.add_one(x=41)", 16),
];

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
#[ignore = "writes what the others read; needs PYTHON with the demo crate"]
fn record() {
    use std::path::Path;

    use crate::{Call, Remapping, Request, fold, step, symbols::SymbolTable};

    let program = std::env::var_os("PYTHON").expect("the variable PYTHON names an interpreter");
    let mut recorded = 0;
    for (name, version, setup, statement, execution) in CALLS {
        let request =
            Request { setup: setup.into(), execution, ..Request::warm(program.as_os_str(), statement) };
        let (log, python) = step(&request).unwrap_or_else(|error| panic!("{error}"));
        if !python.python.starts_with(version) {
            continue;
        }
        let call = Call { statement: statement.into(), setup: setup.into(), execution };
        let remapping = Remapping::default();
        let symbols = SymbolTable::load(&log.steps[log.statement()], &log.modules, &remapping);
        let live = fold(&log, call.clone(), python.clone(), &remapping);
        let json = serde_json::to_string(&Stream::of(&log, symbols, call, python)).unwrap();
        assert_eq!(serde_json::from_str::<Stream>(&json).unwrap().fold(), live, "{name}");
        let path = format!("{}/tests/streams/{name}.json", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(Path::new(&path), json + "\n").unwrap();
        recorded += 1;
    }
    assert!(recorded > 0, "no call is recorded with {}", program.display());
}
