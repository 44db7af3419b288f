//! The worker's death, in all its forms, is explained, and the next session works.

use deck::kernel::Session;
use deck::protocol::Status;

use crate::fixture::{Ran, run, session};

#[track_caller]
fn check(source: &str, signal: Option<i32>, code: Option<i32>, explanation: &str) -> Ran {
    let mut session = session();
    session.run("1").prints("1\n");
    let ran = session.run(source);
    let crash = ran.crash();
    assert_eq!((ran.status(), crash.0, crash.1), (Status::Crashed, signal, code), "{}", crash.2);
    assert!(crash.2.contains(explanation), "{}", crash.2);
    assert!(ran.outcome.seconds() < 1.0, "{}", ran.outcome.seconds());
    assert!(!session.session.is_alive());
    // A dead session answers too: with the same crash.
    assert_eq!(session.run("1").status(), Status::Crashed);
    ran
}

#[test]
fn a_segmentation_fault_is_explained() {
    check("import ctypes\nctypes.string_at(0)", Some(11), None, "Segmentation fault");
}

#[test]
fn an_abort_is_explained() {
    check("import os\nos.abort()", Some(6), None, "Abort");
}

#[test]
fn an_exit_past_python_is_explained() {
    check("import os\nos._exit(3)", None, Some(3), "code 3");
    check("import ctypes\nctypes.CDLL(None).exit(0)", None, Some(0), "code 0");
}

#[test]
fn being_killed_is_explained() {
    check("import os\nos.kill(os.getpid(), 9)", Some(9), None, "Killed");
    check("import os\nos.kill(os.getpid(), 15)", Some(15), None, "SIGTERM");
}

#[test]
fn a_stack_overflow_in_native_code_is_explained() {
    let source = "import sys\nsys.setrecursionlimit(10**9)\nclass A: pass\nx = A()\nfor _ in range(10**6):\n    y = []\n    y.append(x)\n    x = y\n\
        repr_ = type('R', (), {'__repr__': lambda self: repr(self)})\nrepr(repr_())";
    let ran = run(source);
    if ran.status() == Status::Crashed {
        assert_eq!(ran.crash().0, Some(11));
    } else {
        // Newer interpreters watch the stack of C code themselves.
        assert!(["RecursionError", "MemoryError"].contains(&ran.traceback().0), "{:?}", ran.traceback());
    }
}

#[test]
fn what_was_printed_before_a_crash_is_not_lost() {
    let ran = check("import os\nprint('last words')\nos.abort()", Some(6), None, "");
    assert_eq!(ran.stdout(), "last words\n");
}

#[test]
fn a_crash_is_seen_though_a_child_holds_all_the_lines_open() {
    let ran = run("import os, time\nif os.fork() == 0:\n    time.sleep(30)\n    os._exit(0)\nos.abort()");
    assert_eq!((ran.status(), ran.crash().0), (Status::Crashed, Some(6)));
    assert!(ran.outcome.seconds() < 1.0, "{}", ran.outcome.seconds());
}
