//! No process is left behind, and nothing that a cell kills ends the kernel: in every way of containment.

use std::{collections::BTreeSet, path::PathBuf};

use deck::kernel::{Kernel, Level, Session};
use deck::protocol::Status;

use crate::fixture::{Probe, Ran, contained, session};
use crate::processes::{eventually, holders};

/// The ways in which every process of a session is found.
const LEVELS: [Level; 2] = [Level::Namespaces, Level::Subreaper];

const FORKS: &str = "import os, subprocess, threading, time\n\
    def forked(then):\n    pid = os.fork()\n    if pid == 0:\n        try: then()\n        finally: os._exit(0)\n    return pid\n\
    def forever():\n    while True: time.sleep(0.01)\n\
    def apart():\n    os.setsid(), forever()\n\
    def daemon():\n    os.setsid()\n    forked(forever)\n\
    def unmarked():\n    os.setsid()\n    os.execve('/bin/sleep', ['sleep', '1000'], {})\n";

/// Ways to start a process and forget it.
const FORGOTTEN: &[&str] = &[
    "forked(forever)",
    "subprocess.Popen(['sleep', '1000'], close_fds=False)",
    "forked(apart)",
    "subprocess.Popen(['sleep', '1000'], start_new_session=True, close_fds=False)",
    "os.waitpid(forked(daemon), 0)",
    "forked(unmarked)",
];

/// A session whose processes can be told from all others: they hold a file open.
struct Tagged {
    probe: Probe,
    file: tempfile::NamedTempFile,
}

impl Tagged {
    fn on(kernel: &Kernel) -> Self {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut probe = Probe::on(kernel);
        let open = format!("os.set_inheritable(os.open({:?}, os.O_RDONLY), True)", file.path());
        probe.run(&format!("{FORKS}{open}")).prints("");
        Self { probe, file }
    }

    fn worker(&self) -> u32 {
        self.probe.session.pid()
    }

    fn processes(&self) -> BTreeSet<u32> {
        // This process holds the file open, too.
        let mut holders = holders(self.file.path());
        holders.remove(&std::process::id());
        holders
    }

    /// Runs a cell whose thread starts a process when the cell has ended.
    #[track_caller]
    fn start_later(&mut self, start: &str) {
        let later = format!(
            "def later():\n    time.sleep(0.05)\n    {start}\nthreading.Thread(target=later).start()"
        );
        self.probe.run(&later).prints("");
        eventually("the thread has started nothing", || self.processes().len() > 1);
    }

    /// Ends the session and returns the file that nobody may hold any more.
    fn end(self) -> (tempfile::NamedTempFile, PathBuf) {
        let path = self.file.path().to_owned();
        (self.file, path)
    }
}

#[track_caller]
fn nobody_holds(path: &std::path::Path) {
    let mut left = holders(path);
    left.remove(&std::process::id());
    assert!(left.is_empty(), "processes are still there: {left:?}");
}

#[test]
fn what_a_cell_leaves_running_ends_with_it_and_is_said() {
    for level in LEVELS {
        let kernel = contained(level);
        let mut tagged = Tagged::on(&kernel);
        for start in FORGOTTEN {
            let ran = tagged.probe.run(&format!("{start} and None"));
            assert_eq!(ran.status(), Status::Ok, "{start}");
            assert_eq!(
                ran.stderr(),
                "[ended a process that the cell had left running]\n",
                "{level:?} {start}"
            );
            assert_eq!(tagged.processes(), BTreeSet::from([tagged.worker()]), "{level:?} {start}");
        }
        let ran = tagged.probe.run("for _ in range(3): forked(forever)");
        assert_eq!(ran.stderr(), "[ended 3 processes that the cell had left running]\n");
        assert_eq!(tagged.probe.run("subprocess.run(['true']) and None").prints("").stderr(), "");
    }
}

#[test]
fn what_a_thread_starts_after_its_cell_ends_with_the_session() {
    for level in LEVELS {
        let kernel = contained(level);
        for start in FORGOTTEN {
            let mut tagged = Tagged::on(&kernel);
            tagged.start_later(start);
            let (_file, path) = tagged.end();
            nobody_holds(&path);
        }
    }
}

#[test]
fn a_crash_takes_the_children_with_it() {
    for level in LEVELS {
        let kernel = contained(level);
        let mut tagged = Tagged::on(&kernel);
        let ran = tagged
            .probe
            .run("for start in forever, apart, daemon, unmarked: forked(start)\ntime.sleep(0.1)\nos.abort()");
        assert_eq!(ran.status(), Status::Crashed);
        eventually("processes are still there", || tagged.processes().is_empty());
    }
}

#[test]
fn one_session_ends_without_the_other() {
    for level in LEVELS {
        let kernel = contained(level);
        let (mut one, mut other) = (Probe::on(&kernel), Tagged::on(&kernel));
        other.start_later("forked(daemon)");
        one.run("1").prints("1\n");
        drop(one);
        assert_eq!(other.processes().len(), 2);
        other.probe.run("2").prints("2\n");
    }
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
fn in_namespaces_a_cell_sees_and_reaches_nobody_else() {
    let kernel = contained(Level::Namespaces);
    let mut session = Probe::on(&kernel);
    session.run("import os\nsorted({name for name in os.listdir('/proc') if name.isdigit()} - {str(os.getpid())}), os.getppid()")
        .prints("(['1'], 0)\n");
    let ran = session.run(&format!("os.kill({}, 9)", std::process::id()));
    assert_eq!(ran.traceback().0, "ProcessLookupError");
    // Not even the one that holds the namespace together: a signal from inside does not end it.
    session
        .run("os.kill(1, 9), os.kill(1, 19)\nos.waitpid(os.posix_spawnp('true', ['true'], {}), 0)[1]")
        .prints("0\n");
}

#[track_caller]
fn check_killing(level: Level, victim: &str, explanation: &str) {
    let kernel = contained(level);
    let mut tagged = Tagged::on(&kernel);
    let ran: Ran = tagged.probe.run(&format!("forked(apart)\n{victim}\nforever()"));
    assert_eq!(ran.status(), Status::Crashed);
    assert!(ran.crash().2.contains(explanation), "{}", ran.crash().2);
    // The next session finds what a killed zygote has left.
    Probe::on(&kernel).run("1").prints("1\n");
    eventually("processes are still there", || tagged.processes().is_empty());
}

#[test]
fn a_cell_that_kills_its_parent_ends_with_it_and_the_kernel_goes_on() {
    // There it has no parent that it could name, and the number 0 means its own group.
    check_killing(Level::Namespaces, "os.kill(os.getppid(), 9)", "Killed: the cell killed its own process");
    check_killing(Level::Subreaper, "os.kill(os.getppid(), 9)", "killed its parent");
    let zygote = "open(f'/proc/{os.getppid()}/stat').read().rpartition(')')[2].split()[1]";
    check_killing(Level::Subreaper, &format!("os.kill(int({zygote}), 9)"), "killed its parent");
}

#[test]
fn a_cell_that_halts_those_it_came_from_delays_the_end_of_its_session_only() {
    let zygote = "int(open(f'/proc/{os.getppid()}/stat').read().rpartition(')')[2].split()[1])";
    for halted in ["os.getppid()", zygote] {
        let kernel = contained(Level::Subreaper);
        let mut tagged = Tagged::on(&kernel);
        tagged.probe.run(&format!("os.kill({halted}, 19)")).prints("");
        tagged.probe.run("1").prints("1\n");
        let (_file, path) = tagged.end();
        Probe::on(&kernel).run("1").prints("1\n");
        nobody_holds(&path);
    }
}

#[test]
fn a_dropped_kernel_leaves_nothing_behind() {
    for level in [Level::Namespaces, Level::Subreaper, Level::Group] {
        let kernel = contained(level);
        let mut tagged = Tagged::on(&kernel);
        tagged.start_later("forked(apart)");
        drop(kernel);
        assert_eq!(tagged.processes(), BTreeSet::new(), "{level:?}");
        assert!(!tagged.probe.session.is_alive());
    }
}

#[test]
fn a_process_group_ends_as_a_whole() {
    let kernel = contained(Level::Group);
    let mut tagged = Tagged::on(&kernel);
    tagged.start_later("forked(forever)");
    let (_file, path) = tagged.end();
    eventually("processes are still there", || holders(&path).len() <= 1);
}

#[test]
fn sessions_leave_no_descriptors_behind() {
    let kernel = kernel_with_zygote();
    let count = || std::fs::read_dir("/proc/self/fd").unwrap().count();
    let of_zygote = || std::fs::read_dir(format!("/proc/{}/fd", kernel.1)).unwrap().count();
    Probe::on(&kernel.0).run("1").prints("1\n");
    let (ours, theirs) = (count(), of_zygote());
    for _ in 0..20 {
        Probe::on(&kernel.0).run("1").prints("1\n");
    }
    // A session's end reaches the zygote a moment after the session is dropped: that of the last, and that of the first, which
    // may have been counted.
    eventually("the zygote still holds descriptors", || of_zygote() <= theirs);
    // Other tests open some at the same time.
    assert!(count() < ours + 60, "{} {}", count(), ours);
}

/// A kernel that lets its cells see where they come from, and the number of its zygote.
fn kernel_with_zygote() -> (Kernel, u32) {
    let kernel = contained(Level::Subreaper);
    let ran = Probe::on(&kernel)
        .run("import os\nprint(open(f'/proc/{os.getppid()}/stat').read().rpartition(')')[2].split()[1])");
    let zygote = ran.stdout().trim().parse().unwrap();
    (kernel, zygote)
}

#[test]
fn a_worker_holds_no_descriptor_but_its_own() {
    for level in LEVELS {
        let kernel = contained(level);
        let _others: Vec<_> = (0..3).map(|_| Probe::on(&kernel)).collect();
        let ran = Probe::on(&kernel).run("import os\nsorted(int(fd) for fd in os.listdir('/proc/self/fd'))");
        // The last of the low ones is the listing's own.
        ran.prints("[0, 1, 2, 3, 100, 101, 102, 103]\n");
    }
}
