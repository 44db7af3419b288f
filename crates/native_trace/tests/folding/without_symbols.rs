//! An interpreter that exports names and says nothing else: Debian's.

use std::path::{Path, PathBuf};

use native_trace::{Request, SymbolLevel, Window, compare};

use crate::fixture::{check_sound, python, stages, trace, user_instructions, warm};

const STRIPPED: &str = "/usr/bin/python3";

/// The folder with PYTHON's demo crate, if the stripped interpreter can load that: an extension fits one minor version.
fn fitting_extension() -> Option<PathBuf> {
    let asked =
        "import sysconfig; print(*sysconfig.get_python_version().split(), sysconfig.get_path('platlib'))";
    let said = |interpreter: &Path| {
        let output = std::process::Command::new(interpreter).args(["-c", asked]).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        text.trim().split_once(' ').map(|(version, folder)| (version.to_owned(), PathBuf::from(folder)))
    };
    let (version, folder) = said(&python())?;
    let (stripped, _) = said(Path::new(STRIPPED))?;
    (version == stripped && folder.join("rusty").exists()).then_some(folder)
}

#[test]
fn the_stages_are_the_same_in_the_same_order() {
    let Some(packages) = fitting_extension() else {
        assert!(std::env::var_os("CI").is_none(), "CI needs {STRIPPED} of the same minor version as PYTHON");
        eprintln!("SKIPPED: needs {STRIPPED} of the same minor version as PYTHON, with the demo crate");
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
