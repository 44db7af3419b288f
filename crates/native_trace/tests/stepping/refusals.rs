//! A system that lets nobody trace, as containers do: a filter of system calls refuses them to one thread and its children.

use std::thread;

use native_trace::StepError;
use nix::libc::{EPERM, SYS_personality, SYS_ptrace};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch, apply_filter};

use crate::fixture::{error, log, warm};

/// Does something where a system call is refused.
fn without<T: Send + 'static>(call: i64, act: impl FnOnce() -> T + Send + 'static) -> thread::Result<T> {
    let refused = SeccompAction::Errno(EPERM.cast_unsigned());
    let rules = [(call, vec![])].into();
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, refused, TargetArch::x86_64).unwrap();
    let program = BpfProgram::try_from(filter).unwrap();
    let act = move || {
        apply_filter(&program).unwrap();
        act()
    };
    thread::spawn(act).join()
}

#[track_caller]
fn check(call: i64, expected: &[&str]) {
    let error = without(call, || error(&warm("abs(-41)"))).unwrap();
    assert!(matches!(error, StepError::Refused { .. }), "{error}");
    for part in expected {
        assert!(error.to_string().contains(part), "`{part}` is missing in: {error}");
    }
}

#[test]
fn a_refused_ptrace_says_what_is_missing() {
    check(
        SYS_ptrace,
        &["not allowed", "ptrace failed", "Operation not permitted", "--cap-add=SYS_PTRACE", "ptrace_scope"],
    );
}

#[test]
fn refused_fixed_addresses_say_what_is_missing() {
    check(
        SYS_personality,
        &["not allowed", "randomisation", "Operation not permitted", "--security-opt seccomp=unconfined"],
    );
}

#[test]
fn these_tests_fail_where_ptrace_is_refused() {
    let failure = without(SYS_ptrace, || drop(log(&warm("abs(-41)")))).unwrap_err();
    let message = failure.downcast_ref::<String>().unwrap();
    assert!(message.contains("not allowed to trace"), "{message}");
}
