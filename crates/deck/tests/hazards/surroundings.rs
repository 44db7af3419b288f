//! Cells that change what they and the runner stand on.

use crate::hazard::Hazard;

const BROKEN: &[&str] = &["broke the code that runs cells", "the next run starts with a fresh interpreter"];

#[tokio::test]
async fn deleting_the_working_directory() {
    Hazard::new("import os, tempfile\nfolder = tempfile.mkdtemp()\nos.chdir(folder)\nos.rmdir(folder)")
        .shows(&["[the working directory is gone; the session is back where it began]"])
        .check()
        .await;
}

#[tokio::test]
async fn changing_the_locale() {
    Hazard::new(
        "import locale, os\nos.environ['LC_ALL'] = 'de_DE.ISO-8859-1'\nlocale.setlocale(locale.LC_ALL, 'C')",
    )
    .shows(&["'C'"])
    .check()
    .await;
}

#[tokio::test]
async fn changing_the_handlers_of_signals() {
    let source = "import signal\nfor number in signal.valid_signals():\n    try: signal.signal(number, signal.SIG_IGN)\n    \
        except OSError: pass\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals()) and None";
    Hazard::new(source).check().await;
    Hazard::new(
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nprint('ready')\nwhile True: pass",
    )
    .stopped()
    .shows(&["did not react to the interrupt"])
    .check()
    .await;
}

#[tokio::test]
async fn replacing_the_standard_output() {
    Hazard::new("import io, sys\nprint('before')\nsys.stdout = io.StringIO()\nprint('into it')")
        .shows(&["before"])
        .check()
        .await;
    Hazard::new("import sys\nsys.stdout = sys.stderr = sys.displayhook = sys.excepthook = None\n1 / 0")
        .raises()
        .shows(&["ZeroDivisionError"])
        .check()
        .await;
}

#[tokio::test]
async fn replacing_the_builtins() {
    Hazard::new(
        "import builtins\nbuiltins.print = builtins.repr = builtins.len = builtins.isinstance = None\n1 / 0",
    )
    .raises()
    .shows(&["ZeroDivisionError"])
    .check()
    .await;
    Hazard::new("import builtins\nvars(builtins).clear()").raises().shows(&["NameError"]).check().await;
}

#[tokio::test]
async fn breaking_the_runner() {
    const RUNNER: &str =
        "import gc\nrunner = next(o for o in gc.get_objects() if type(o).__name__ == 'Runner')\n";
    Hazard::new(&format!("{RUNNER}{}", "type(runner).run = None\nrunner._streams = None"))
        .crashes()
        .shows(BROKEN)
        .check()
        .await;
    Hazard::new(&format!("{RUNNER}{}", "import os\nruns = lambda *_: os._exit(0)\nrunner._emit = runs"))
        .crashes()
        .shows(&["exited at once with code 0"])
        .check()
        .await;
    // A runner that says nothing any more looks like a cell that does not end.
    Hazard::new(&format!("{RUNNER}{}", "runner._emit = lambda event: None\nprint('ready')"))
        .stopped()
        .shows(&["did not react to the interrupt"])
        .check()
        .await;
    Hazard::new("import sys\nsys.modules.clear()").raises().shows(&["RuntimeError"]).check().await;
}
