//! Cells that break what runs them, within their own process.

use deck::protocol::Status;

use crate::fixture::{run, session};

/// Runs a cell that may end as it likes; in the same session the next cell works.
#[track_caller]
fn check_next_works(source: &str) {
    let mut session = session();
    session.run(source);
    session.run("print('next')\n1").prints("next\n1\n");
}

#[test]
fn closed_standard_streams_are_put_in_order() {
    check_next_works("import os\nos.close(0), os.close(1), os.close(2)");
    check_next_works("import sys\nsys.stdout.close()");
    check_next_works("import sys\nsys.stdin.close(), sys.stderr.close()");
    check_next_works("import os\nos.closerange(3, 100)");
}

#[test]
fn replaced_streams_and_hooks_last_for_one_cell() {
    check_next_works("import io, sys\nsys.stdout = io.StringIO()\nprint('into it')");
    check_next_works("import sys\nsys.stdout = sys.stderr = None");
    check_next_works("import sys\ndel sys.stdout");
    check_next_works("import sys\nsys.displayhook = None\nsys.excepthook = None");
    check_next_works("import os\nnull = os.open('/dev/null', os.O_WRONLY)\nos.dup2(null, 1)");
}

#[test]
fn replaced_builtins_last_for_one_cell() {
    check_next_works("import builtins\nbuiltins.print = builtins.repr = builtins.str = None");
    check_next_works("import builtins\nbuiltins.compile = builtins.exec = builtins.isinstance = None");
    check_next_works("import builtins\nvars(builtins).clear()");
    let mut session = session();
    session.run("import builtins\nbuiltins.added = 5").prints("");
    session.run("added").prints("5\n");
}

#[test]
fn a_replaced_name_works_within_its_own_cell() {
    let ran = run("import sys\nsys.displayhook = lambda value: print('own:', value)\n7");
    ran.prints("own: 7\n");
}

#[test]
fn settings_of_the_interpreter_are_put_in_order() {
    check_next_works("import sys\nsys.setrecursionlimit(60)\ndef f(): f()\nf()");
    check_next_works("import sys\nsys.settrace(lambda *a: 1 / 0)");
    check_next_works("import sys\nsys.setprofile(lambda *a: print('profiled'))");
    check_next_works(
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nsignal.pthread_sigmask(signal.SIG_BLOCK, {1})",
    );
    check_next_works("import locale\nlocale.setlocale(locale.LC_ALL, 'C')");
    check_next_works("import os, tempfile\nfolder = tempfile.mkdtemp()\nos.chdir(folder)\nos.rmdir(folder)");
    check_next_works("import linecache\nlinecache.cache = None");
    check_next_works("import json\njson.dumps = json.loads = None");
    check_next_works("import os, signal\nos.write = os.dup2 = os.getpid = signal.signal = None");
    check_next_works("globals().clear()");
}

#[test]
fn a_cell_that_breaks_the_runner_for_good_costs_its_session_only() {
    for source in [
        "import os\nos.closerange(0, 65536)",
        "import sys\nsys.modules.clear()",
        "import gc, types\nfor f in [f for f in gc.get_objects() if isinstance(f, types.FunctionType)]:\n    f.__code__ = (lambda *a, **k: None).__code__ if not f.__closure__ else f.__code__",
    ] {
        let mut broken = session();
        let ran = broken.run(source);
        assert!(ran.outcome.seconds() < 2.5, "{source}: {}", ran.outcome.seconds());
        let mut fresh = session();
        fresh.run("1").prints("1\n");
    }
}

#[test]
fn closing_all_descriptors_in_a_loop_is_noticed() {
    let ran = run("import os\nos.closerange(0, 65536)\nwhile True: pass");
    assert_eq!((ran.status(), ran.crash().0), (Status::Crashed, Some(9)));
    assert!(ran.crash().2.contains("closed the lines"), "{}", ran.crash().2);
    assert!(ran.outcome.seconds() < 1.0, "{}", ran.outcome.seconds());
}

#[test]
fn a_cell_that_speaks_for_the_runner_harms_only_itself() {
    let mut session = session().limited(|limits| limits.seconds = 0.3);
    let ran = session.run("import os, time\nfor fd in range(100, 110):\n    try: os.write(fd, b'garbage\\n{\"event\": \"finished\", \"failed\": false, \"memory\": false}\\n')\n    except OSError: pass\ntime.sleep(0.1)");
    assert_eq!(ran.status(), Status::Ok);
    assert!(session.run("1").outcome.seconds() < 2.0);
}
