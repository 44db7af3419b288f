//! Stop, from another thread, whatever the cell does.

use deck::kernel::Session;
use deck::protocol::{CellEvent, Status};

use crate::fixture::{Probe, session};

#[track_caller]
fn check_interrupted(body: &str) {
    let mut session = session();
    session.run("kept = 1").prints("");
    let ran = session.stop_when_ready(body);
    assert_eq!((ran.status(), ran.traceback().0), (Status::Stopped, "KeyboardInterrupt"));
    assert!(ran.outcome.seconds() < 1.0, "{}", ran.outcome.seconds());
    session.run("kept").prints("1\n");
}

#[track_caller]
fn check_killed(body: &str) -> Probe {
    let mut session = session();
    let ran = session.stop_when_ready(body);
    assert_eq!((ran.status(), ran.crash().0), (Status::Stopped, Some(9)));
    assert!(ran.crash().2.contains("did not react to the interrupt"), "{}", ran.crash().2);
    assert!((1.0..2.0).contains(&ran.outcome.seconds()), "{}", ran.outcome.seconds());
    assert!(!session.session.is_alive());
    session
}

#[test]
fn an_endless_loop_is_interrupted_and_the_variables_stay() {
    check_interrupted("print('ready')\nwhile True: pass");
}

#[test]
fn waiting_is_interrupted() {
    check_interrupted("print('ready')\nimport time\ntime.sleep(60)");
    check_interrupted("print('ready')\nimport subprocess\nsubprocess.run(['sleep', '60'])");
    check_interrupted("print('ready')\nimport threading\nthreading.Event().wait()");
}

#[test]
fn an_interrupt_that_gets_lost_is_repeated() {
    check_interrupted(
        "import signal, time\narmed = signal.signal(signal.SIGINT, signal.SIG_IGN)\nprint('ready')\n\
        time.sleep(0.15)\nsignal.signal(signal.SIGINT, armed)\nwhile True: pass",
    );
}

#[test]
fn a_loop_that_catches_everything_is_killed() {
    check_killed(
        "while True:\n    try:\n        print('ready')\n        while True: pass\n    except BaseException: pass",
    );
}

#[test]
fn native_code_that_never_looks_for_signals_is_killed() {
    check_killed(
        "import subprocess\nsubprocess.Popen('sleep 0.1; echo ready', shell=True)\nsum(iter(int, 1))",
    );
}

#[test]
fn a_cell_that_ignores_or_blocks_the_signal_is_killed() {
    check_killed(
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nprint('ready')\nwhile True: pass",
    );
    check_killed(
        "import os, signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})\nprint('ready')\nos.kill(os.getpid(), signal.SIGSTOP)",
    );
}

#[test]
fn a_cell_that_catches_the_interrupt_and_ends_was_stopped_all_the_same() {
    let ran = session().stop_when_ready(
        "try:\n    print('ready')\n    while True: pass\nexcept KeyboardInterrupt: print('caught')",
    );
    assert_eq!((ran.status(), ran.error()), (Status::Stopped, None));
    assert_eq!(ran.stdout(), "ready\ncaught\n");
}

#[test]
fn a_stop_between_runs_does_nothing() {
    let mut session = session();
    for _ in 0..3 {
        session.session.stopper().stop();
        session.run("import time\ntime.sleep(0.05)\n1").prints("1\n");
    }
}

#[test]
fn a_stop_that_meets_the_end_of_a_cell_harms_neither_it_nor_the_next() {
    let mut session = session();
    for _ in 0..200 {
        let stopper = session.session.stopper();
        let stopping = std::thread::spawn(move || stopper.stop());
        let ran = session.run("pass");
        assert!([Status::Ok, Status::Stopped].contains(&ran.status()), "{:?}", ran.outcome);
        stopping.join().unwrap();
        assert!(session.session.is_alive());
    }
}

#[test]
fn pressing_stop_often_is_pressing_it_once() {
    let mut session = session();
    let stopper = session.session.stopper();
    let presser = std::thread::spawn(move || {
        for _ in 0..1000 {
            stopper.stop();
            std::thread::sleep(std::time::Duration::from_micros(200));
        }
    });
    for _ in 0..20 {
        let ran = session.run("import time\ntime.sleep(0.01)");
        assert!([Status::Ok, Status::Stopped].contains(&ran.status()), "{:?}", ran.outcome);
        assert!(matches!(ran.outcome.events.last(), Some(CellEvent::Finished { .. })));
    }
    presser.join().unwrap();
    assert!(session.session.is_alive());
}
