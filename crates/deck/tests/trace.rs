//! `deck trace` at a shell, with the interpreter that the variable PYTHON names.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use std::{
    env, fs, io,
    process::{Command, Output, Stdio},
    thread,
};

use nix::libc::{EPERM, SYS_ptrace};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch, apply_filter};

fn deck(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deck"));
    command.args(arguments).env("PYTHON", env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned()));
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs it where the system refuses everybody to trace.
fn without_ptrace(mut command: Command) -> Output {
    let refused = SeccompAction::Errno(EPERM.cast_unsigned());
    let rules = [(SYS_ptrace, vec![])].into();
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, refused, TargetArch::x86_64).unwrap();
    let program = BpfProgram::try_from(filter).unwrap();
    // The filter is this thread's and its children's alone.
    let run = move || {
        apply_filter(&program).unwrap();
        command.output().unwrap()
    };
    thread::spawn(run).join().unwrap()
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let output =
        deck(&["trace", "--all", "abs(-41)"]).stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}

#[test]
fn a_refused_ptrace_is_a_failure_with_a_next_step() {
    let output = without_ptrace(deck(&["trace", "abs(-41)"]));
    let said = stderr(&output);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b""[..]), "{said}");
    for part in
        ["error: not allowed to trace", "ptrace failed (Operation not permitted", "--cap-add=SYS_PTRACE"]
    {
        assert!(said.contains(part), "`{part}` is missing in: {said}");
    }
}

#[test]
fn claims_that_could_not_be_checked_are_named_and_fail_in_ci() {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("slides/book.toml", "[book]\ntitle = \"t\"\n");
    write("slides/src/SUMMARY.md", "- [One](1.md)\n");
    write("slides/src/1.md", "# One\n\n```python,xray,id=warm\nabs(-41)\n```\n");
    write("web/dist/deck.js", "");
    let at_root = |verb: &[&str]| {
        let mut command = deck(verb);
        command.arg("--root").arg(folder.path()).env_remove("CI");
        command
    };
    let recorded = at_root(&["record"]).output().unwrap();
    assert!(recorded.status.success(), "{}", stderr(&recorded));
    let verify = |verb: &[&str]| {
        let output = without_ptrace(at_root(verb));
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned() + &stderr(&output))
    };
    let (success, said) = verify(&["verify"]);
    assert!(success && said.contains("NOT TRACED: nothing can be traced here"), "{said}");
    let (success, said) = verify(&["verify", "--ci"]);
    assert!(!success && said.contains("not allowed to trace"), "{said}");
}
