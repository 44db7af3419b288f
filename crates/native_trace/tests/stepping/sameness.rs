//! Two runs are the same run.

use native_trace::{Pace, Request, StepLog};

use crate::fixture::{cold, log, stripped_python, warm};

#[track_caller]
fn check_same(request: &Request) -> StepLog {
    let (one, other) = (log(request), log(request));
    let differs = one.steps.iter().zip(&other.steps).position(|(one, other)| one != other);
    assert_eq!(differs, None, "of {} and {} steps, first difference", one.steps.len(), other.steps.len());
    assert_eq!(one, other);
    one
}

#[test]
fn a_warm_call_is_the_same_twice() {
    check_same(&warm("abs(-41)"));
}

#[test]
fn a_cold_call_is_the_same_twice_and_longer_than_a_warm_one() {
    let cold = check_same(&cold("abs(-41)"));
    let warm = log(&warm("abs(-41)"));
    assert!(cold.statement().len() > warm.statement().len());
    assert_ne!(cold.steps, warm.steps);
}

#[test]
fn what_allocates_raises_and_prints_is_the_same_twice() {
    check_same(&warm("print({str(n): 2 ** n for n in range(40)})"));
    check_same(&warm("int('x')"));
}

#[test]
fn a_stripped_interpreter_is_the_same_twice() {
    let Some(python) = stripped_python() else { return };
    let log = check_same(&Request { python, ..warm("abs(-41)") });
    assert!(!log.readings.is_empty(), "an exported name is enough to tell objects");
}

#[test]
fn stopping_at_every_instruction_gives_the_same_log() {
    let raises = Request { setup: "def f():\n    raise KeyError('x')".into(), ..warm("f()") };
    let prints = cold("print({str(n): 2 ** n for n in range(9)})");
    let signals = Request {
        setup: "import signal\nsignal.signal(10, lambda *_: None)".into(),
        ..warm("signal.raise_signal(10)")
    };
    let loops = Request {
        setup: "import rusty\na = 'kitten' * 4\nb = 'sitting' * 4".into(),
        ..warm("rusty.edit_distance(a, b)")
    };
    for request in [warm("abs(-41)"), raises, prints, signals, loops, warm("bytes(9000)")] {
        let singly = Request { pace: Pace::Instructions, ..request.clone() };
        let (runs, singly) = (log(&request), log(&singly));
        let differs = runs.steps.iter().zip(&singly.steps).position(|(one, other)| one != other);
        assert_eq!(
            differs,
            None,
            "{}: of {} and {} steps",
            request.statement,
            runs.steps.len(),
            singly.steps.len()
        );
        let differs = runs.readings.iter().zip(&singly.readings).find(|(one, other)| one != other);
        assert_eq!(differs, None, "{}", request.statement);
        assert_eq!(runs, singly, "{}", request.statement);
    }
}
