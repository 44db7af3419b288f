//! Every interpreter that this machine has: they need no extension for calls of their own.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use native_trace::{Outcome, Request, Stage, SymbolLevel, Trace};

use crate::fixture::{check_sound, has_frame, python, stages, trace};

const NAMES: [&str; 6] = ["python3", "python3.11", "python3.12", "python3.13", "python3.14", "python3.15"];

/// By version and build: PYTHON, those on PATH, and those of pyenv.
fn interpreters() -> BTreeMap<String, PathBuf> {
    let on_path = env::var_os("PATH").unwrap_or_default();
    let versions = env::home_dir().map(|home| home.join(".pyenv/versions"));
    let versions = versions.into_iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    let folders =
        env::split_paths(&on_path).chain(versions.filter_map(|entry| Some(entry.ok()?.path().join("bin"))));
    let candidates = folders.flat_map(|folder| NAMES.map(|name| folder.join(name)));
    let known = candidates.filter_map(|program| Some((version(&program)?, program)));
    known.chain(version(&python()).map(|version| (version, python()))).collect()
}

/// Nothing if it is no CPython 3.11 or newer.
fn version(program: &Path) -> Option<String> {
    let asked = "import sys; print(sys.version) if sys.version_info >= (3, 11) and sys.implementation.name == 'cpython' else 1 / 0";
    let output = Command::new(program).args(["-I", "-c", asked]).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[test]
fn every_interpreter_that_is_here_traces_its_own_calls() {
    let found = interpreters();
    assert!(!found.is_empty());
    for (version, program) in found {
        eprintln!("{version}: {}", program.display());
        let request = |setup: &str, statement, execution| {
            trace(&Request { setup: setup.into(), execution, ..Request::warm(&program, statement) })
        };
        for execution in [1, Request::WARM] {
            check_builtin(&request("", "abs(-41)", execution), &version);
            check_python(&request("def f(x): return x + 1", "f(41)", execution), &version);
        }
        let raised = request("", "int('x')", Request::WARM);
        assert_eq!(raised.outcome, Outcome::Raised, "{version}");
        check_sound(&raised);
    }
}

#[track_caller]
fn check_builtin(trace: &Trace, version: &str) {
    use Stage::{Choose, Jump, LookUp, Return, Work};
    check_sound(trace);
    let seen: Vec<Stage> = stages(trace).into_iter().filter(|stage| *stage != Stage::Wrap).collect();
    assert_eq!(seen, [LookUp, Choose, Jump, Work, Return], "{version}");
    if names_everything(trace) {
        assert!(has_frame(trace, "builtin_abs") && !trace.opcodes.is_empty(), "{version}");
    }
}

#[track_caller]
fn check_python(trace: &Trace, version: &str) {
    check_sound(trace);
    // Without names of bytecodes nothing tells where a function begins that the loop executes itself.
    if names_everything(trace) {
        assert_eq!(stages(trace), [Stage::LookUp, Stage::Choose, Stage::Work, Stage::Return], "{version}");
    }
}

fn names_everything(trace: &Trace) -> bool {
    let own = |name: &str| name.starts_with("python") || name.starts_with("libpython");
    trace.origin.modules.iter().any(|module| own(&module.name) && module.symbols == SymbolLevel::Debug)
}
