//! Cells that change what they and the runner stand on.

use deck::protocol::Status;

use crate::{hazard::Hazard, talk::Talk};

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
    // Not every system knows the first ones, which write commas.
    let change = "import locale, os\nos.environ['LC_ALL'] = 'de_DE.ISO-8859-1'\nbefore = locale.setlocale(locale.LC_ALL)\n\
        for name in ('de_DE.UTF-8', 'fr_FR.UTF-8', 'C', 'C.UTF-8'):\n    try: locale.setlocale(locale.LC_ALL, name)\n    \
        except locale.Error: continue\n    if locale.setlocale(locale.LC_ALL) != before: break\n\
        print(locale.setlocale(locale.LC_ALL) != before)";
    let look = "import locale\nprint(locale.setlocale(locale.LC_ALL), 'é', f'{1.5:n}')";
    let mut talk = Talk::with(&[("id=change", change), ("id=look", look)]).await;
    talk.browser.run("look").await;
    let before = talk.browser.output("look");
    assert!(before.ends_with(" é 1.5\n"), "{before}");
    assert_eq!(talk.browser.run("change").await, Status::Ok);
    assert_eq!(talk.browser.output("change"), "True\n");
    assert_eq!(talk.browser.run("look").await, Status::Ok);
    assert_eq!(talk.browser.output("look"), before);
    talk.goes_on().await;
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
