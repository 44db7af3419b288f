//! Interpreters that will not do, and what a good one says of itself.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use deck::kernel::{Kernel, KernelError};

use crate::fixture::{kernel, run};

#[track_caller]
fn refusal(script: &str) -> KernelError {
    let folder = tempfile::tempdir().unwrap();
    let python = folder.path().join("python3");
    std::fs::write(&python, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&python, std::fs::Permissions::from_mode(0o755)).unwrap();
    Kernel::start(&python).unwrap_err()
}

#[test]
fn a_python_that_is_not_there_is_named_with_the_next_step() {
    let error = Kernel::start(Path::new("/nowhere/python3")).unwrap_err();
    assert!(matches!(error, KernelError::NotFound { .. }));
    let message = error.to_string();
    assert!(message.contains("/nowhere/python3") && message.contains("PYTHON="), "{message}");
}

#[test]
fn a_python_that_refuses_itself_is_named_with_its_version() {
    let error = refusal(r#"printf '{"refused": "cpython 3.10.13"}\n' >&0"#);
    assert!(error.to_string().contains("is cpython 3.10.13, but cells need CPython 3.11"), "{error}");
}

#[test]
fn a_real_python_that_is_too_old_is_refused() {
    for version in ["2.7.18", "3.6.15", "3.10.13"] {
        let home = std::env::var("HOME").unwrap();
        let python = format!("{home}/.pyenv/versions/{version}/bin/python");
        if !Path::new(&python).exists() {
            eprintln!("skipped: there is no Python {version} here");
            continue;
        }
        let error = Kernel::start(Path::new(&python)).unwrap_err();
        assert!(
            matches!(&error, KernelError::Unsuitable { found, .. } if found.ends_with(version)),
            "{error}"
        );
    }
}

#[test]
fn a_python_that_dies_at_its_start_is_shown_with_what_it_wrote() {
    let error = refusal("echo 'cannot load libpython' >&2; exit 7");
    assert!(matches!(error, KernelError::NotReady { .. }));
    let message = error.to_string();
    assert!(message.contains("exit status: 7") && message.contains("cannot load libpython"), "{message}");
}

#[test]
fn a_program_that_is_no_python_is_refused() {
    assert!(matches!(refusal("echo hello >&0"), KernelError::NotReady { .. }));
}

#[test]
fn an_interpreter_says_what_it_is() {
    let interpreter = kernel().interpreter();
    assert_eq!(interpreter.implementation, "CPython");
    run("import platform\nplatform.python_version()").prints(&format!("'{}'\n", interpreter.version));
    run("import platform\nplatform.machine()").prints(&format!("'{}'\n", interpreter.machine));
}
