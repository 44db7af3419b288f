//! No process is left behind, and nothing that a cell kills ends the kernel.

use deck::protocol::Status;

use crate::fixture::{Probe, assert_gone, eventually, exists, kernel, session};

const FORKS: &str = "import os, time\n\
    def forked(loop):\n    pid = os.fork()\n    if pid == 0:\n        try: loop()\n        finally: os._exit(0)\n    return pid\n\
    def forever():\n    while True: time.sleep(0.01)\n";

/// Prints the number of a process in a session of its own whose parent has ended.
const DAEMON: &str = "def daemon():\n    os.setsid()\n    print(forked(forever), flush=True)\n\
    os.waitpid(forked(daemon), 0) and None";

/// Runs a cell that prints the number of a process it leaves, then drops the session: the process must be
/// gone.
#[track_caller]
fn check_swept(source: &str) {
    let mut session = session();
    let ran = session.run(&format!("{FORKS}{source}"));
    let (worker, left) = (session.session.pid().to_string(), ran.stdout());
    assert!(exists(&worker) && exists(&left), "{:?}", ran.outcome);
    drop(session);
    assert!(!exists(&worker), "the worker is still there");
    assert!(!exists(&left), "process {left} is still there");
}

#[test]
fn a_dropped_session_leaves_no_child_behind() {
    check_swept("print(forked(forever))");
    check_swept("import subprocess\nprint(subprocess.Popen(['sleep', '100']).pid)");
}

#[test]
fn a_child_in_a_session_of_its_own_is_found() {
    check_swept("print(forked(lambda: (os.setsid(), forever())))");
    check_swept("import subprocess\nprint(subprocess.Popen(['sleep', '100'], start_new_session=True).pid)");
}

#[test]
fn a_daemon_whose_parent_has_ended_is_found() {
    check_swept(DAEMON);
}

#[test]
fn a_crash_takes_the_children_with_it() {
    let mut session = session();
    let ran = session.run(&format!("{FORKS}print(forked(lambda: (os.setsid(), forever())))\nos.abort()"));
    assert_eq!(ran.status(), Status::Crashed);
    assert_gone(&ran.stdout());
}

#[test]
fn one_session_ends_without_the_other() {
    let (mut one, mut other) = (session(), session());
    let daemon = other.run(&format!("{FORKS}{DAEMON}")).stdout();
    one.run("1").prints("1\n");
    drop(one);
    assert!(exists(&daemon));
    other.run("2").prints("2\n");
    drop(other);
    assert!(!exists(&daemon));
}

#[test]
fn a_fork_that_runs_off_the_end_of_the_cell_does_not_speak_for_it() {
    let mut session = session();
    let ran = session.run("import os\npid = os.fork()\nif pid: os.waitpid(pid, 0)\nelse: print('child')\nprint('parent' if pid else 'end')");
    ran.prints("child\nend\nparent\n");
    let ran = session
        .run("pid = os.fork()\nif pid: os.waitpid(pid, 0)\nelse: raise ValueError('in the child')\nNone");
    ran.prints("");
    assert!(ran.stderr().ends_with("ValueError: in the child\n"), "{}", ran.stderr());
    session.run("1").prints("1\n");
}

#[test]
fn a_cell_that_kills_its_parent_ends_with_it_and_the_kernel_starts_again() {
    let kernel = kernel();
    let mut session = Probe::on(&kernel);
    let worker = session.session.pid().to_string();
    let ran = session.run(&format!("{FORKS}print(forked(lambda: (os.setsid(), forever())), flush=True)\nos.kill(os.getppid(), 9)\nforever()"));
    assert_eq!(ran.status(), Status::Crashed);
    assert!(ran.crash().2.contains("killed its parent"), "{}", ran.crash().2);
    assert_gone(&worker);
    drop(session);
    Probe::on(&kernel).run("1").prints("1\n");
    assert_gone(&ran.stdout());
}

#[test]
fn a_cell_that_halts_its_parent_delays_the_next_session_only() {
    let kernel = kernel();
    let mut session = Probe::on(&kernel);
    session.run("import os\nos.kill(os.getppid(), 19)").prints("");
    session.run("1").prints("1\n");
    let mut next = Probe::on(&kernel);
    next.run("1").prints("1\n");
}

#[test]
fn a_dropped_kernel_leaves_nothing_behind() {
    let kernel = kernel();
    let mut session = Probe::on(&kernel);
    let ran = session
        .run(&format!("{FORKS}print(os.getpid(), os.getppid(), forked(lambda: (os.setsid(), forever())))"));
    drop(kernel);
    for pid in ran.stdout().split_whitespace() {
        assert!(!exists(pid), "process {pid} is still there");
    }
    assert!(!session.session.is_alive());
}

#[test]
fn sessions_leave_no_descriptors_behind() {
    let kernel = kernel();
    let count = || std::fs::read_dir("/proc/self/fd").unwrap().count();
    let mut probe = Probe::on(&kernel);
    let zygote = probe.run("import os\nprint(os.getppid())").stdout();
    let of_zygote = || std::fs::read_dir(format!("/proc/{}/fd", zygote.trim())).unwrap().count();
    let (ours, theirs) = (count(), of_zygote());
    for _ in 0..20 {
        Probe::on(&kernel).run("1").prints("1\n");
    }
    // The last session's end reaches the zygote a moment after the session is dropped.
    eventually("the zygote still holds descriptors", || of_zygote() == theirs);
    // Other tests open some at the same time.
    assert!(count() < ours + 60, "{} {}", count(), ours);
}

#[test]
fn a_worker_holds_no_descriptor_but_its_own() {
    let kernel = kernel();
    let _others: Vec<_> = (0..3).map(|_| Probe::on(&kernel)).collect();
    let ran = Probe::on(&kernel).run("import os\nsorted(int(fd) for fd in os.listdir('/proc/self/fd'))");
    // The last of the low ones is the listing's own.
    ran.prints("[0, 1, 2, 3, 100, 101, 102, 103]\n");
}
