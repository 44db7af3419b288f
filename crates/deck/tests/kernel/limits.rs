//! The bounds of a run.

use deck::kernel::Deadline;
use deck::model::Limits;
use deck::protocol::{CellEvent, Limit, Status};

use crate::fixture::{Ran, run, session};

#[test]
fn output_beyond_the_limit_is_dropped_and_said_so() {
    for source in
        ["print('x' * 10_000_000)", "import os\nfor _ in range(1000): os.write(1, b'y' * 9999 + b'\\n')"]
    {
        let ran = session().limited(|limits| limits.output = 100_000).run(source);
        assert_eq!(ran.status(), Status::Ok);
        assert_eq!(ran.limits(), [Limit::Output { bytes: 100_000 }]);
        assert_eq!(ran.stdout().len(), 100_000);
        assert!(ran.outcome.seconds() < 1.0, "{}", ran.outcome.seconds());
    }
}

#[test]
fn the_limit_of_output_counts_both_streams_and_displays() {
    let source = "import os, deck\nos.write(1, b'a' * 60)\nos.write(2, b'b' * 60)\nNone";
    let ran = session().limited(|limits| limits.output = 100).run(source);
    assert_eq!(ran.stdout().len() + ran.stderr().len(), 100);
    let source = "class Big:\n    def _repr_html_(self): return 'x' * 5_000_000\nBig()";
    let ran = session().limited(|limits| limits.output = 1000).run(source);
    assert!(ran.displays().is_empty());
    assert_eq!((ran.status(), ran.limits()), (Status::Ok, [Limit::Output { bytes: 1000 }].as_slice()));
}

#[test]
fn a_run_within_its_limits_meets_none() {
    assert_eq!(run("print('x' * 1000)").limits(), []);
}

#[test]
fn the_limit_of_time_stops_the_cell_and_keeps_the_session() {
    let mut session = session();
    session.run("kept = 1").prints("");
    session.limits.seconds = 0.2;
    let ran = session.run("while True: pass");
    assert_eq!((ran.status(), ran.limits()), (Status::Stopped, [Limit::Time { seconds: 0.2 }].as_slice()));
    assert_eq!(ran.traceback().0, "KeyboardInterrupt");
    assert!((0.2..1.1).contains(&ran.outcome.seconds()), "{}", ran.outcome.seconds());
    session.limits.seconds = 30.0;
    session.run("kept").prints("1\n");
}

#[test]
fn the_limit_of_memory_is_a_memory_error_and_the_session_goes_on() {
    let mut session = session().limited(|limits| limits.memory = 512 << 20);
    let ran = session.run("hog = bytearray(1 << 30)");
    assert_eq!((ran.traceback().0, ran.status()), ("MemoryError", Status::Error));
    assert_eq!(ran.limits(), [Limit::Memory { bytes: 512 << 20 }]);
    session.run("1").prints("1\n");
}

#[test]
fn a_cell_can_run_after_one_that_has_kept_all_the_memory() {
    let mut session = session().limited(|limits| limits.memory = 512 << 20);
    let ran = session.run("hog = []\nwhile True: hog.append(bytearray(1 << 20))");
    assert_eq!(ran.traceback().0, "MemoryError");
    session.run("len(bytearray(32 << 20)) >> 20").prints("32\n");
    session.run("del hog\nx = bytearray(100 << 20)\nlen(x) >> 20").prints("100\n");
}

#[test]
fn an_allocation_that_failed_in_rust_meets_the_limit_of_memory() {
    // What Rust's standard library does: a message to descriptor 2, then abort.
    let ran = run("import os\nos.write(2, b'memory allocation of 1073741824 bytes failed\\n')\nos.abort()");
    assert_eq!(ran.status(), Status::Crashed);
    assert!(matches!(ran.limits(), [Limit::Memory { .. }]), "{:?}", ran.limits());
}

#[test]
fn limits_beyond_all_measure_are_no_limits() {
    let mut session = session().limited(|limits| {
        *limits = Limits { seconds: f64::INFINITY, output: u64::MAX, memory: u64::MAX, processes: u32::MAX };
    });
    session.run("1").prints("1\n");
}

#[test]
fn where_somebody_is_asked_a_long_run_goes_on_until_its_last_limit() {
    let mut session = session().limited(|limits| limits.seconds = 0.1);
    session.deadline = Deadline::Asks;
    let overdue = |ran: &Ran| {
        let asked = ran.live.iter().filter_map(|event| match event {
            CellEvent::Overdue { seconds } => Some((seconds * 10.0).round() as u32),
            _ => None,
        });
        asked.collect::<Vec<_>>()
    };
    let ran = session.run("import time\ntime.sleep(0.25)\n'through'");
    ran.prints("'through'\n");
    assert_eq!((overdue(&ran), ran.limits()), (vec![1, 2], [].as_slice()));
    let ran = session.run("while True: pass");
    assert_eq!((ran.status(), ran.limits()), (Status::Stopped, [Limit::Time { seconds: 1.0 }].as_slice()));
    assert_eq!(overdue(&ran), (1..10).collect::<Vec<_>>());
    assert!((1.0..2.0).contains(&ran.outcome.seconds()), "{}", ran.outcome.seconds());
}
