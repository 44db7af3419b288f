//! Bytes on descriptors 1 and 2, whoever wrote them.

use std::time::Duration;

use deck::protocol::{CellEvent, Fd, Status};

use crate::fixture::{run, session};

#[test]
fn lines_appear_while_the_cell_runs() {
    // The cell goes on only when its first line has arrived here.
    let folder = tempfile::tempdir().unwrap();
    let gate = folder.path().join("gate");
    let source = format!(
        "import os, time\nprint('first')\nwhile not os.path.exists({gate:?}): time.sleep(0.005)\nprint('second')"
    );
    let ran = session().run_with(&source, |event| {
        if matches!(event, CellEvent::Stream { data, .. } if data.lossy() == "first\n") {
            std::fs::write(&gate, "").unwrap();
        }
    });
    ran.prints("first\nsecond\n");
}

#[test]
fn order_is_kept_within_a_stream_whatever_wrote_to_it() {
    let ran = run("import os, subprocess, sys\n\
        print('python')\n\
        os.write(1, b'descriptor\\n')\n\
        subprocess.run(['echo', 'child'])\n\
        sys.stdout.buffer.write(b'buffer\\n'); sys.stdout.flush()\n\
        print('error', file=sys.stderr)\n\
        os.write(2, b'panicked\\n')\n\
        print('end')");
    assert_eq!(ran.stdout(), "python\ndescriptor\nchild\nbuffer\nend\n");
    assert_eq!(ran.stderr(), "error\npanicked\n");
}

#[test]
fn what_c_prints_through_stdio_belongs_to_its_cell() {
    let mut session = session();
    session.run("import ctypes\nlibc = ctypes.CDLL(None)\nlibc.printf(b'from C') and None").prints("from C");
    session.run("1").prints("1\n");
}

#[test]
fn output_without_a_line_end_comes_too() {
    run("print('no end', end='')").prints("no end");
}

#[test]
fn what_is_no_utf8_comes_as_bytes() {
    let ran = run("import os\nos.write(1, b'a\\xff\\xfe\\xc3') and None");
    assert_eq!(ran.bytes(Fd::Stdout), b"a\xff\xfe\xc3");
    run("print('\\udc80')").prints("\u{fffd}\n");
    assert_eq!(
        run("import os\nos.write(1, b'nul \\0 escape \\x1b[31m\\n') and None").bytes(Fd::Stdout),
        b"nul \0 escape \x1b[31m\n"
    );
}

#[test]
fn a_character_is_not_cut_even_if_it_is_written_in_pieces() {
    let ran = run(
        "import os, time\nfor byte in '🦀'.encode():\n    os.write(1, bytes([byte]))\n    time.sleep(0.02)",
    );
    let pieces: Vec<_> = ran.live.iter().filter(|event| matches!(event, CellEvent::Stream { .. })).collect();
    assert_eq!(pieces.len(), 1, "{pieces:?}");
    ran.prints("🦀");
}

#[test]
fn neighbouring_pieces_are_joined_in_the_outcome() {
    let ran = run("import time\nfor i in range(3):\n    print(i)\n    time.sleep(0.05)");
    assert!(ran.live.len() >= 3, "{:?}", ran.live);
    assert_eq!(ran.outcome.events.len(), 3);
}

#[test]
fn a_display_comes_after_what_was_printed_before_it() {
    let ran =
        run("class Svg:\n    def _repr_svg_(self): return '<svg/>'\nprint('x' * 100_000, end='')\nSvg()");
    let kinds: Vec<_> = ran.outcome.events.iter().map(std::mem::discriminant).collect();
    assert!(matches!(ran.outcome.events[1], CellEvent::Stream { .. }), "{kinds:?}");
    assert!(matches!(ran.outcome.events[2], CellEvent::Display { .. }), "{kinds:?}");
    assert_eq!(ran.stdout().len(), 100_000);
}

#[test]
fn the_error_comes_after_the_output() {
    let ran = run("print('x' * 100_000)\n1 / 0");
    assert!(matches!(ran.outcome.events[1], CellEvent::Stream { .. }));
    assert!(matches!(ran.outcome.events[2], CellEvent::Error { .. }));
}

#[test]
fn what_a_thread_writes_after_its_cell_is_dropped_with_a_note() {
    let mut session = session();
    session
        .run("import os, threading, time\ndef late():\n    time.sleep(0.1)\n    os.write(1, b'late' * 10)\nthreading.Thread(target=late).start()")
        .prints("");
    std::thread::sleep(Duration::from_millis(600));
    let ran = session.run("print('next')");
    ran.prints("next\n");
    assert_eq!(ran.stderr(), "[dropped 40 bytes that were written after the last cell had ended]\n");
    assert_eq!(session.run("print('clean')").stderr(), "");
}

#[test]
fn a_thread_that_floods_after_its_cell_does_not_block_the_session() {
    let mut session = session().limited(|limits| limits.output = 10_000);
    session
        .run("import os, threading\ndef flood():\n    for _ in range(1000): os.write(1, b'x' * 100_000)\nthreading.Thread(target=flood).start()\nNone");
    std::thread::sleep(Duration::from_millis(100));
    let ran = session.run("answer = 42");
    assert_eq!(ran.error(), None);
    assert_eq!(ran.status(), Status::Ok);
    assert!(ran.stdout().len() <= 10_000);
}
