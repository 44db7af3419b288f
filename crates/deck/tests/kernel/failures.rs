//! Exceptions: a failing cell is data, and the session goes on.

use deck::protocol::Status;

use crate::fixture::{run, session};

#[test]
fn a_traceback_begins_in_the_cell() {
    let ran = run("def half(x):\n    return x / 0\n\nhalf(1)");
    let (exception, message, text) = ran.traceback();
    assert_eq!((exception, message, ran.status()), ("ZeroDivisionError", "division by zero", Status::Error));
    let lines: Vec<_> = text.lines().filter(|line| !line.trim_start().starts_with(['^', '~'])).collect();
    assert_eq!(
        lines,
        [
            "Traceback (most recent call last):",
            "  File \"<cell>\", line 4, in <module>",
            "    half(1)",
            "  File \"<cell>\", line 2, in half",
            "    return x / 0",
            "ZeroDivisionError: division by zero",
        ]
    );
}

#[test]
fn an_exception_from_the_echo_has_no_frames_of_the_runner() {
    let ran = run("class Broken:\n    def __repr__(self): raise ValueError('no text')\nBroken()");
    let (_, _, text) = ran.traceback();
    assert!(text.contains("line 3, in <module>\n    Broken()"), "{text}");
    assert_eq!(text.matches("  File ").count(), 2, "{text}");
    let ran = run("class Broken:\n    def _repr_html_(self): raise ValueError('no text')\nBroken()");
    assert_eq!(ran.traceback().2.matches("  File ").count(), 2);
}

#[test]
fn chained_exceptions_and_groups_have_no_frames_of_the_runner_either() {
    let chained =
        "def f():\n    try: {}['x']\n    except KeyError as error: raise ValueError('bad') from error\nf()";
    let ran = run(chained);
    let (exception, _, text) = ran.traceback();
    assert_eq!(exception, "ValueError");
    assert!(text.contains("KeyError: 'x'") && text.contains("direct cause"), "{text}");
    assert_eq!(text.matches("  File \"<cell>\"").count(), text.matches("  File ").count(), "{text}");
    let ran = run("raise ExceptionGroup('two', [ValueError(1), TypeError(2)])");
    assert!(ran.traceback().2.contains("ExceptionGroup: two (2 sub-exceptions)"));
}

#[test]
fn a_syntax_error_has_no_frames_but_points_to_the_place() {
    let ran = run("x = 1\nprint('unfinished'");
    let (exception, _, text) = ran.traceback();
    assert_eq!(exception, "SyntaxError");
    assert!(text.starts_with("  File \"<cell>\", line 2\n    print('unfinished'\n"), "{text}");
    // Nothing of a cell runs that does not compile.
    assert_eq!(ran.stdout(), "");
    let ran = run("eval('1 +')");
    assert!(ran.traceback().2.starts_with("Traceback (most recent call last):\n  File \"<cell>\", line 1"));
}

#[test]
fn a_null_byte_in_the_source_is_an_error_of_the_cell() {
    let ran = run("x = '\0'");
    assert!(["SyntaxError", "ValueError"].contains(&ran.traceback().0));
}

#[test]
fn the_name_of_a_type_is_qualified() {
    let ran = run("import json\njson.loads('{')");
    assert_eq!(ran.traceback().0, "json.decoder.JSONDecodeError");
    let ran = run("class Own(Exception):\n    def __str__(self): raise RuntimeError\nraise Own");
    assert_eq!((ran.traceback().0, ran.traceback().1), ("Own", "<exception str() failed>"));
}

#[test]
fn sys_exit_is_an_exception_and_the_session_goes_on() {
    let mut session = session();
    session.run("kept = 7").prints("");
    let ran = session.run("import sys\nsys.exit(3)");
    assert_eq!((ran.traceback().0, ran.traceback().1, ran.status()), ("SystemExit", "3", Status::Error));
    session.run("kept").prints("7\n");
}

#[test]
fn input_meets_the_end_of_its_file() {
    let ran = run("input('name? ')");
    assert_eq!(ran.traceback().0, "EOFError");
    assert_eq!(ran.stdout(), "name? ");
}

#[test]
fn a_deep_recursion_is_a_recursion_error() {
    let mut session = session();
    let ran = session.run("def down(n): return down(n + 1)\ndown(0)");
    assert_eq!(ran.traceback().0, "RecursionError");
    assert!(ran.traceback().2.contains("more times"), "{}", ran.traceback().2);
    session.run("1").prints("1\n");
}

#[test]
fn a_lone_surrogate_in_a_message_does_not_break_the_line() {
    let ran = run("raise ValueError('\\udc80')");
    assert_eq!(ran.traceback().1, "?");
}

#[test]
fn an_edited_cell_shows_its_new_lines() {
    let mut session = session();
    assert!(session.run("1 / 0").traceback().2.contains("    1 / 0\n"));
    assert!(session.run("2 / 0").traceback().2.contains("    2 / 0\n"));
}

#[test]
fn an_exception_does_not_outlive_its_cell() {
    let mut session = session();
    let source =
        "class Noisy:\n    def __del__(self): print('gone')\ndef f():\n    noisy = Noisy()\n    1 / 0\nf()";
    assert_eq!(session.run(source).stdout(), "gone\n");
}
