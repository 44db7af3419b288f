//! Every way in which there is no trace says what happened.

use std::time::{Duration, Instant};

use native_trace::{Limits, Phase, Request, StepError};

use crate::fixture::{cold, error, warm};

#[track_caller]
fn check(request: &Request, expected: &[&str]) {
    let error = error(request).to_string();
    for part in expected {
        assert!(error.contains(part), "`{part}` is missing in: {error}");
    }
}

#[test]
fn what_is_no_simple_statement_is_refused_with_pythons_words() {
    check(&warm("rusty.("), &["cannot trace `rusty.(`", "line 1", "SyntaxError"]);
    check(&warm("a = 1; b = 2"), &["expected one statement, found 2"]);
    check(&warm(""), &["expected one statement, found 0"]);
    check(&warm("for a in b: pass"), &["simple statement, found For"]);
    check(&warm("return 1"), &["'return' outside function"]);
    check(&warm("yield"), &["'yield' outside function"]);
    check(&warm("abs\0"), &["null bytes"]);
}

#[test]
fn a_set_up_that_fails_shows_its_traceback() {
    let setup = "def f():\n    return 1 // 0\nf()";
    let request = Request { setup: setup.into(), ..warm("1") };
    check(&request, &["set-up", "line 2, in f", "return 1 // 0", "ZeroDivisionError"]);
    assert!(!error(&request).to_string().contains("set_up"), "our own frames are nobody's business");
    check(&Request { setup: "raise SystemExit".into(), ..warm("1") }, &["set-up", "SystemExit"]);
}

#[test]
fn a_statement_that_exits_says_so() {
    let exits = |execution| Request { setup: "import os".into(), execution, ..warm("os._exit(3)") };
    assert!(
        matches!(error(&exits(1)), StepError::Ended { phase: Phase::Statement(steps), .. } if steps > 10)
    );
    check(&exits(1), &["exited with code 3"]);
    check(&exits(16), &["execution 1 of the statement ended its process", "exited with code 3"]);
}

#[test]
fn a_statement_that_crashes_says_by_which_signal() {
    let crash = Request { setup: "import ctypes".into(), ..cold("ctypes.string_at(0)") };
    check(&crash, &["killed by SIGSEGV", "the statement, after"]);
    let setup = Request { setup: "import os\nos.write(2, b'last words')\nos.abort()".into(), ..warm("1") };
    check(&setup, &["the set-up ended its process", "SIGABRT", "last words"]);
}

#[test]
fn a_real_time_signal_is_named() {
    let setup = "import os, signal\nnumber = signal.SIGRTMIN + 3\nsignal.signal(number, lambda *_: None)";
    let statement = "os.kill(os.getpid(), number)";
    for execution in [1, 16] {
        let request = Request { setup: setup.into(), execution, ..warm(statement) };
        check(&request, &["real-time signal (37)"]);
    }
}

#[test]
fn an_endless_statement_meets_the_cap() {
    let limits = Limits { steps: 5_000, ..Limits::default() };
    let endless = Request { setup: "import itertools".into(), limits, ..cold("sum(itertools.repeat(1))") };
    check(&endless, &["executed 5000 instructions"]);
}

#[test]
fn what_waits_runs_into_the_limit_of_time() {
    let limits = Limits { time: Duration::from_millis(700), ..Limits::default() };
    let begun = Instant::now();
    let waits = Request { setup: "import time".into(), limits, ..cold("time.sleep(100)") };
    check(&waits, &["0.7 s", "the statement, after"]);
    check(&Request { execution: 2, ..waits.clone() }, &["execution 1 of the statement", "0.7 s"]);
    check(&Request { setup: "while True: pass".into(), ..waits }, &["the set-up", "0.7 s"]);
    assert!(begun.elapsed() < Duration::from_secs(15));
}

#[test]
fn company_in_the_window_is_refused() {
    let thread =
        Request { setup: "import threading".into(), ..cold("threading.Thread(target=print).start()") };
    check(&thread, &["started a thread"]);
    let fork = Request { setup: "import os".into(), ..cold("os.fork()") };
    check(&fork, &["started a process"]);
    let exec = Request { setup: "import os".into(), ..cold("os.execv('/bin/true', ['true'])") };
    check(&exec, &["replaced its program"]);
}

#[test]
fn a_thread_of_the_set_up_may_live() {
    let setup = "import threading\nevent = threading.Event()\nthreading.Thread(target=event.wait, daemon=True).start()";
    let request = Request { setup: setup.into(), ..warm("abs(-41)") };
    assert!(!crate::fixture::log(&request).steps.is_empty());
}

#[test]
fn what_is_no_python_is_named() {
    check(&Request::warm("/no/such/python", "1"), &["/no/such/python", "not found", "--python"]);
    check(&Request::warm("/bin/true", "1"), &["/bin/true", "no whole Python", "exited with code 0"]);
    check(&Request::warm("/bin/cat", "1"), &["/bin/cat", "cat: invalid option"]);
}
