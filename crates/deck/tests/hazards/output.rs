//! Cells that write too much, or what is no text, and one that wants to read.

use deck::protocol::{CellEvent, Status};

use crate::{hazard::Hazard, processes::status, talk::Talk};

/// What the stage keeps of a run.
const CUT: &[&str] = &["output limit of 256 KiB reached"];

#[tokio::test]
async fn a_hundred_megabytes_in_one_line() {
    Hazard::new("print('x' * 100_000_000)").shows(CUT).check().await;
}

#[tokio::test]
async fn more_than_its_own_limit() {
    let shown: &[&str] = &["output limit of 10 KiB reached"];
    Hazard::new("print('x' * 20_000)").limited("output=10").shows(shown).check().await;
}

#[tokio::test]
async fn a_hundred_megabytes_in_many_lines() {
    Hazard::new("for _ in range(1000): print('\\n'.join(['x' * 99] * 1000))").shows(CUT).check().await;
}

#[tokio::test]
async fn a_hundred_megabytes_from_a_thread_after_the_cell_has_ended() {
    let flood = "import os, threading, time\ndef flood():\n    time.sleep(0.1)\n    for _ in range(1000): os.write(1, b'x' * 99_999 + b'\\n')\n    \
        global through\n    through = True\nthreading.Thread(target=flood).start()\nprint('started')";
    let wait = "import time\nwhile 'through' not in globals(): time.sleep(0.01)";
    let mut talk = Talk::with(&[("id=flood", flood), ("id=wait", wait)]).await;
    assert_eq!(talk.browser.run("flood").await, Status::Ok);
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    // Without a reader, the thread waits. What it has written by then belongs to no cell; what comes from then on cannot
    // be told from what the cell writes.
    assert_eq!(talk.browser.run("wait").await, Status::Ok);
    let shown = talk.shown("wait");
    assert!(shown.contains("bytes that were written after the last cell had ended]"), "{}", &shown[..200]);
    assert!(shown.contains(CUT[0]), "{}", &shown[shown.len() - 200..]);
    assert_eq!(talk.browser.output("flood"), "started\n");
    talk.goes_on().await;
}

#[tokio::test]
async fn a_hundred_megabytes_of_a_picture() {
    let source =
        "class Picture:\n    def _repr_svg_(self): return '<svg>' + 'x' * 100_000_000 + '</svg>'\nPicture()";
    Hazard::new(source).shows(&["output limit of 1 MiB reached"]).check().await;
}

#[tokio::test]
async fn what_is_no_utf8() {
    Hazard::new("import os\nos.write(1, b'before \\xff\\xfe\\xc3 after\\n') and None")
        .shows(&["before \u{fffd}"])
        .check()
        .await;
}

#[tokio::test]
async fn lone_surrogates() {
    Hazard::new("print('before \\udc80 after')").shows(&["before \u{fffd} after"]).check().await;
    Hazard::new("print('before \\ud800 after')").raises().shows(&["UnicodeEncodeError"]).check().await;
    Hazard::new("raise ValueError('\\ud800')").raises().shows(&["ValueError: ?"]).check().await;
}

#[tokio::test]
async fn null_bytes_and_escapes_of_terminals() {
    let source = "print('nul \\0 clear \\x1b[2J\\x1b[H title \\x1b]0;owned\\x07 bell \\a return\\rover')";
    let mut talk = Talk::with(&[("id=escapes", source)]).await;
    assert_eq!(talk.browser.run("escapes").await, Status::Ok);
    // They reach the page as they are: to a page they are text, and it shows them without their effects.
    let expected = "nul \0 clear \u{1b}[2J\u{1b}[H title \u{1b}]0;owned\u{7} bell \u{7} return\rover\n";
    assert_eq!(talk.browser.output("escapes"), expected);
    talk.goes_on().await;
}

#[tokio::test]
async fn input() {
    Hazard::new("input('your name? ')").raises().shows(&["your name? ", "EOFError"]).check().await;
}

/// Not a test of its own: what the server needs for a flood of output.
#[tokio::test]
#[ignore = "a measurement"]
async fn memory_of_the_server() {
    let mut talk = Talk::with(&[
        ("id=line", "print('x' * 100_000_000)"),
        ("id=lines", "for _ in range(1000): print('\\n'.join(['x' * 99] * 1000))"),
    ])
    .await;
    println!("at rest: {} KiB", status(talk.pid(), "VmHWM"));
    for cell in ["line", "lines"] {
        assert_eq!(talk.browser.run(cell).await, Status::Ok);
        assert!(matches!(talk.browser.stage.cells[cell].events.last(), Some(CellEvent::Finished { .. })));
        println!("peak after 100 MB ({cell}): {} KiB", status(talk.pid(), "VmHWM"));
    }
}
