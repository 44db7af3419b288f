//! Where the window begins and ends, and what is in it.

use native_trace::{Ending, Limits, Module, Request, StepLog};

use crate::fixture::{cold, log, warm};

fn module(log: &StepLog, pc: u64) -> Option<&Module> {
    log.modules.iter().find(|module| (module.range.0..module.range.1).contains(&pc))
}

#[test]
fn a_statement_that_returns_and_one_that_raises_end_differently() {
    assert_eq!(log(&warm("int('1')")).ending, Ending::Returned);
    assert_eq!(log(&warm("int('x')")).ending, Ending::Raised);
    assert_eq!(log(&cold("raise SystemExit(3)")).ending, Ending::Raised);
}

#[test]
fn every_step_is_in_a_module_and_the_statement_begins_and_ends_in_one_function() {
    let log = log(&warm("abs(-41)"));
    assert!(log.steps.iter().all(|step| module(&log, step.pc).is_some()));
    let statement = log.statement();
    assert!(
        statement.start > 0 && statement.end < log.steps.len(),
        "the markers' calls lie around {statement:?}"
    );
    let (first, last) = (log.steps[statement.start], log.steps[statement.end - 1]);
    assert_eq!(first.sp, last.sp);
    assert_eq!(module(&log, first.pc), module(&log, last.pc));
}

#[test]
fn a_statement_binds_names_as_at_the_prompt() {
    let request = Request { setup: "n = 0".into(), ..warm("n += 1; ") };
    let counted = log(&Request { statement: "n += 1".into(), ..request });
    assert_eq!(counted.ending, Ending::Returned);
    let unbound = Request { setup: String::new(), ..warm("n += 1") };
    assert_eq!(log(&unbound).ending, Ending::Raised);
}

#[test]
fn a_longer_statement_has_more_steps() {
    let steps = |statement| log(&warm(statement)).statement().len();
    assert!(steps("pass") < steps("abs(-41)"));
    assert!(steps("abs(-41)") < steps("sum(range(100))"));
}

#[test]
fn a_repeated_instruction_counts_once() {
    // Bytes of this length are copied and filled by `rep` instructions on most processors, by vectors on the others.
    let (small, large) = (log(&warm("bytes(3000)")), log(&warm("bytes(300000)")));
    let more = large.steps.len().abs_diff(small.steps.len());
    assert!(more < 100_000, "{more} more steps for 297,000 more bytes");
    let twice = |log: &StepLog| log.steps.windows(2).any(|pair| pair[0].pc == pair[1].pc);
    assert!(!twice(&large) && !twice(&small));
}

#[test]
fn a_signal_with_a_handler_is_logged_where_the_handler_begins() {
    let setup = "import os, signal\nsignal.signal(signal.SIGUSR1, lambda *_: None)\npid = os.getpid()";
    let request = Request { setup: setup.into(), ..warm("os.kill(pid, signal.SIGUSR1)") };
    let log = log(&request);
    let [(at, signal)] = log.signals[..] else { panic!("{:?}", log.signals) };
    assert_eq!(signal, 10);
    let (before, handler) = (log.steps[at - 1], log.steps[at]);
    assert!(before.sp - handler.sp > 128, "the kernel has put a frame on the stack");
    assert_ne!(module(&log, before.pc).unwrap().path, module(&log, handler.pc).unwrap().path);
}

#[test]
fn ignored_signals_are_nobodys_business() {
    let setup = "import os, signal\npid = os.getpid()";
    let request = Request { setup: setup.into(), ..warm("os.kill(pid, signal.SIGCHLD)") };
    let log = log(&request);
    assert_eq!((log.signals.len(), log.ending), (0, Ending::Returned));
}

#[test]
fn a_set_up_that_sends_markers_moves_nothing() {
    let plain = log(&warm("abs(-41)"));
    let setup = "import signal\nsignal.raise_signal(signal.SIGURG)\ndel signal";
    let marked = log(&Request { setup: setup.into(), ..warm("abs(-41)") });
    assert_eq!(plain.statement().len(), marked.statement().len());
}

#[test]
fn the_cap_is_exact() {
    let steps = log(&warm("abs(-41)")).steps.len();
    let limits = Limits { steps, ..Limits::default() };
    log(&Request { limits, ..warm("abs(-41)") });
}

#[test]
fn folders_of_imports_come_first() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("json.py"), "here = 1").unwrap();
    let setup = "import sys\ndel sys.modules['json']\nimport json".to_owned();
    let request = Request { setup, imports: vec![folder.path().into()], ..warm("assert json.here") };
    assert_eq!(log(&request).ending, Ending::Returned);
}

#[test]
fn hundreds_of_thousands_of_instructions_of_a_loop_are_followed() {
    let setup = "import rusty\na = 'abcdefghijklmno' * 5\nb = a[::-1]";
    let log = log(&Request { setup: setup.into(), ..warm("rusty.edit_distance(a, b)") });
    assert!(log.steps.len() > 100_000, "only {} steps for 75 times 75 characters", log.steps.len());
}
