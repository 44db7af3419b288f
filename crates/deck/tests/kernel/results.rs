//! What a cell shows when all goes well.

use deck::kernel::{Kernel, Session};

use crate::fixture::{kernel, run, session};

#[test]
fn the_last_expression_is_echoed_as_a_repl_does() {
    run("x = 20\nx + 1").prints("21\n");
    run("'text'").prints("'text'\n");
    run("None").prints("");
    run("x = 1").prints("");
    run("").prints("");
    run("# only a comment").prints("");
    run("print(1+1)").prints("2\n");
}

#[test]
fn only_the_last_expression_is_echoed() {
    run("1\n2\nfor i in range(3): i\n3").prints("3\n");
}

#[test]
fn the_echoed_value_is_the_underscore_of_the_next_cell() {
    let mut session = session();
    session.run("6 * 7").prints("42\n");
    session.run("_ + 1").prints("43\n");
}

#[test]
fn variables_last_from_cell_to_cell() {
    let mut session = session();
    session.run("import math\ndef area(r): return round(math.pi * r * r)").prints("");
    session.run("area(2)").prints("13\n");
    session.run("__name__, area.__module__").prints("('__main__', '__main__')\n");
}

#[test]
fn two_sessions_share_nothing() {
    let (mut one, mut other) = (session(), session());
    one.run("x = 1").prints("");
    other.run("'x' in globals()").prints("False\n");
    assert_ne!(one.session.pid(), other.session.pid());
}

#[test]
fn a_rich_form_is_displayed_instead_of_echoed() {
    let source = "class Svg:\n    def _repr_svg_(self): return '<svg/>'\nprint('before')\nSvg()";
    let ran = run(source);
    ran.prints("before\n");
    assert_eq!(ran.displays(), [("image/svg+xml", "<svg/>")]);
    let ran = run("class Png:\n    def _repr_png_(self): return b'\\x89PNG'\nPng()");
    assert_eq!(ran.displays(), [("image/png", "iVBORw==")]);
    let ran = run(
        "class Both:\n    def _repr_html_(self): return '<b>'\n    def _repr_svg_(self): return '<svg/>'\nBoth()",
    );
    assert_eq!(ran.displays(), [("text/html", "<b>")]);
}

#[test]
fn a_rich_form_that_is_declined_falls_back_to_the_echo() {
    let ran = run(
        "class Plain:\n    def _repr_html_(self): return None\n    def __repr__(self): return 'plain'\nPlain()",
    );
    ran.prints("plain\n");
    // The class itself has the method too, but it is not what the method is for.
    run("class C:\n    def _repr_html_(self): return ''\nC").prints("<class '__main__.C'>\n");
    run("from unittest.mock import Mock\nstr(Mock())[:5]\nrepr(Mock())[:5]").prints("'<Mock'\n");
}

#[test]
fn a_cell_names_values_and_asserts_relations() {
    let ran = run("import deck\ndeck.value('ratio', 2.5, unit='x')\ndeck.relation('it is more', 2.5 > 1)");
    ran.prints("");
    let value = ("application/vnd.deck.value+json", r#"{"name": "ratio", "number": 2.5, "unit": "x"}"#);
    let relation = ("application/vnd.deck.relation+json", r#"{"text": "it is more", "holds": true}"#);
    assert_eq!(ran.displays(), [value, relation]);
}

#[test]
fn a_value_without_sense_is_refused_in_words() {
    for (call, expected) in [
        ("value('Two Words', 1, unit='x')", "not kebab-case"),
        ("value('n', float('nan'), unit='x')", "not finite"),
        ("value('n', 'many', unit='x')", "expected a number"),
        ("value('n', 1, unit=' ')", "the unit ' ' is empty"),
        ("value('n', 1)", "missing 1 required keyword-only argument: 'unit'"),
        ("relation('', True)", "the text '' is empty"),
    ] {
        let ran = run(&format!("import deck\ndeck.{call}"));
        let (_, message, text) = ran.traceback();
        assert!(message.contains(expected), "{call}: {message}");
        assert!(ran.displays().is_empty());
        assert!(text.contains("<cell>"), "{text}");
    }
}

#[test]
fn imports_come_from_the_given_folders_first() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("json.py"), "origin = 'folder'").unwrap();
    std::fs::write(folder.path().join("worker.py"), "name = 'mine'").unwrap();
    let kernel: Kernel = kernel();
    let mut session = kernel.session(&[folder.path().into()]).unwrap();
    let request = |source| deck::kernel::Request {
        cell: "cell",
        source,
        limits: Default::default(),
        deadline: deck::kernel::Deadline::Ends,
    };
    let outcome = session.run(&request("import worker, sys\nworker.name, sys.path[0]"), &mut |_| {}).unwrap();
    let expected = format!("('mine', '{}')\n", folder.path().display());
    assert!(
        outcome.events.iter().any(|event| matches!(event,
        deck::protocol::CellEvent::Stream { data, .. } if data.lossy() == expected)),
        "{outcome:?}"
    );
}

#[test]
fn the_environment_is_the_same_everywhere() {
    let source = "import os, sys, time\n\
        [os.environ.get(name) for name in ('PYTHONHASHSEED', 'RUST_BACKTRACE', 'TZ', 'PYTHONSAFEPATH', 'CARGO_PKG_NAME')]\n\
        print(_ if '_' in globals() else '', hash('deck'), sys.argv, time.timezone, '' in sys.path)";
    let ran = run(source);
    assert_eq!(ran.stdout(), run(source).stdout());
    run("import os\n[os.environ.get(n) for n in ('PYTHONHASHSEED', 'RUST_BACKTRACE', 'TZ', 'PYTHONSAFEPATH', 'CARGO_PKG_NAME')]")
        .prints("['0', '0', 'UTC', None, None]\n");
    run("import sys\nsys.argv, '' in sys.path, sys.stdin.read()").prints("([''], False, '')\n");
}
