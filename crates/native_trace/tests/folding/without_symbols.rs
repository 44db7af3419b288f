//! An interpreter that exports names and says nothing else: Debian's.

use std::path::{Path, PathBuf};

use native_trace::{Request, SymbolLevel, Window, compare};

use crate::fixture::{check_sound, python, stages, trace, user_instructions, warm};

const STRIPPED: &str = "/usr/bin/python3";

/// Where the demo crate is that was built for the stripped interpreter's version: beside the environment of PYTHON.
fn built_for_it() -> Option<PathBuf> {
    let environments = python().parent()?.parent()?.parent()?.to_owned();
    let entries = std::fs::read_dir(environments).ok()?;
    let version = std::process::Command::new(STRIPPED)
        .args(["-c", "import platform; print(platform.python_version())"])
        .output()
        .ok()?;
    let version = String::from_utf8(version.stdout).ok()?;
    let named = format!("cpython-{}-", version.trim());
    let environment =
        entries.flatten().find(|entry| entry.file_name().to_string_lossy().starts_with(&named))?;
    let libraries = std::fs::read_dir(environment.path().join("lib")).ok()?.flatten();
    let mut packages = libraries.map(|entry| entry.path().join("site-packages"));
    packages.find(|path| path.join("rusty").exists())
}

#[test]
fn the_stages_are_the_same_in_the_same_order() {
    let Some(packages) = built_for_it().filter(|_| Path::new(STRIPPED).exists()) else {
        assert!(std::env::var_os("CI").is_none(), "CI needs {STRIPPED} and the demo crate built for it");
        eprintln!(
            "SKIPPED: needs {STRIPPED} and the demo crate built for it: PYTHON={STRIPPED} make extension"
        );
        return;
    };
    for (setup, statement, execution) in [
        ("import rusty", "rusty.add_one(41)", Request::WARM),
        ("import rusty", "rusty.add_one(41)", 1),
        ("import rusty\nc = rusty.Counter(1)", "c.plus(1)", Request::WARM),
        ("import rusty", "rusty.add_one(x=41)", Request::WARM),
    ] {
        let here = trace(&Request {
            setup: setup.into(),
            execution,
            imports: vec![packages.clone()],
            ..Request::warm(STRIPPED, statement)
        });
        check_sound(&here);
        assert_eq!(here.window, Window::Markers);
        let interpreter =
            here.origin.modules.iter().find(|module| module.name.starts_with("python")).unwrap();
        assert_eq!(interpreter.symbols, SymbolLevel::Exported);
        let full = warm(setup, statement);
        assert_eq!(stages(&here), stages(&full), "{statement}, execution {execution}");
        assert_eq!(user_instructions(&here), user_instructions(&full), "{statement}");
        let other = compare(&full, &here);
        let order = other.windows(2).all(|pair| pair[0].is_structural() || !pair[1].is_structural());
        assert!(order && !other.is_empty(), "structural differences come first: {other:?}");
    }
}
