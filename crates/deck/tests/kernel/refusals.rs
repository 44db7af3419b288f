//! Containment where the system really refuses something, and as a user who is not root.
//!
//! Each interpreter here is a script that takes rights away before it becomes Python.

use std::{os::unix::fs::PermissionsExt, path::Path, process::Command};

use deck::kernel::{Kernel, Level};
use deck::protocol::Limit;

use crate::fixture::{Probe, python};

/// An ordinary user, and no namespace for anybody.
const NO_NAMESPACES: &str = "exec unshare --user --map-user=1000 --map-group=1000 --keep-caps sh -c \
    'echo 0 > /proc/sys/user/max_user_namespaces && exec setpriv --ambient-caps=-all --inh-caps=-all \"$@\"' sh";
/// Root without the right to make namespaces, as in most containers.
const BARE_ROOT: &str = "exec setpriv --bounding-set=-all --inh-caps=-all";
/// Somebody who owns nothing.
const NOBODY: &str = "exec setpriv --reuid=65534 --regid=65534 --clear-groups";

/// Runs the test with an interpreter that `limits` were put on; says so where the machine cannot do that.
fn with_interpreter(limits: &str, python: &Path, test: impl FnOnce(Kernel)) {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("python3");
    std::fs::write(&script, format!("#!/bin/sh\n{limits} {} \"$@\"\n", python.display())).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let works = Command::new(&script).args(["-c", ""]).output().is_ok_and(|output| output.status.success());
    match works {
        true => test(Kernel::start(&script).unwrap()),
        false => skip(&format!("rights cannot be taken away here with: {limits}")),
    }
}

/// Says why something cannot be tested on this machine. One that tests every change must be able to.
#[track_caller]
fn skip(why: &str) {
    assert!(std::env::var_os("CI").is_none(), "{why}");
    eprintln!("skipped: {why}");
}

#[track_caller]
fn check_refused(kernel: Kernel) {
    let containment = kernel.containment();
    assert_eq!(containment.level, Level::Subreaper);
    let said = containment.to_string();
    assert!(said.starts_with("Namespaces are not to be had here (unshare: "), "{said}");
    assert!(said.contains("number of processes is not limited"), "{said}");
    let mut session = Probe::on(&kernel);
    let ran =
        session.run("import subprocess\nsubprocess.Popen(['sleep', '1000'], start_new_session=True)\n1");
    ran.prints("1\n");
    assert_eq!(ran.stderr(), "[ended a process that the cell had left running]\n");
}

#[test]
fn where_namespaces_are_refused_the_next_best_way_is_taken_and_said() {
    for limits in [NO_NAMESPACES, BARE_ROOT] {
        with_interpreter(limits, &python(), check_refused);
    }
}

#[test]
fn an_ordinary_user_gets_namespaces_without_the_rights_of_root() {
    // Other interpreters may stand where nobody may go.
    with_interpreter(NOBODY, Path::new("/usr/bin/python3"), |kernel| {
        let containment = kernel.containment();
        assert_eq!(
            (containment.level, containment.bounds_processes),
            (Level::Namespaces, true),
            "{containment}"
        );
        let mut session = Probe::on(&kernel);
        session.run("import os\nos.getuid(), os.getgid(), os.getppid()").prints("(65534, 65534, 0)\n");
        session
            .run("[line.split()[1] for line in open('/proc/self/status') if line.startswith('CapEff')]")
            .prints("['0000000000000000']\n");
        check_bomb(&mut session);
    });
}

#[test]
fn the_number_of_processes_is_bounded_for_root_too() {
    let kernel = crate::fixture::kernel();
    match kernel.containment().bounds_processes {
        true => check_bomb(&mut Probe::on(&kernel)),
        false => skip(&kernel.containment().to_string()),
    }
}

/// A bomb that would be too large but for the limit, and small enough for the machine all the same.
fn check_bomb(session: &mut Probe) {
    session.limits.processes = 20;
    let bomb = "import os, time\nfor count in range(1000):\n    if os.fork() == 0:\n        time.sleep(60)\n        os._exit(0)";
    let ran = session.run(bomb);
    assert_eq!(ran.traceback().0, "BlockingIOError");
    assert_eq!(ran.limits(), [Limit::Processes { count: 20 }]);
    session.run("10 < count <= 20").prints("True\n");
    assert!(ran.stderr().starts_with("[ended "), "{}", ran.stderr());
    session.run("import subprocess\nsubprocess.run(['true']).returncode").prints("0\n");
    let threads = "import threading\nend = threading.Event()\ntry:\n    while True: threading.Thread(target=end.wait).start()\n\
        finally: end.set()";
    assert_eq!(session.run(threads).limits(), [Limit::Processes { count: 20 }]);
}
