//! X-rays for real: the binary records and verifies a small talk, with the interpreter that the variable PYTHON names.
//! Where nothing can be traced these tests fail, and say why.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{
    env, fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

const CHAPTER: &str = r#"# One

```python,live,id=prepare,setup
import deck
number = -41
deck.value("number", number, unit="things")
```

```python,xray,id=warm,enters="builtin_abs > long_abs",lacks="malloc PyGILState_*",opcode="CALL_BUILTIN_O|PRECALL_BUILTIN_O|PRECALL_NO_KW_BUILTIN_O|CALL_NO_KW_BUILTIN_O"
abs(number)
```

```python,xray,id=cold,first,enters="PyObject_Vectorcall > builtin_abs > long_abs"
abs(number)
```

```python,xray,id=raises
~def divide(a, b): return a / b
divide(1, 0)
```
"#;

struct Talk(TempDir);

impl Talk {
    fn new(chapter: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let write = |file: &str, text: &str| {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("slides/book.toml", "[book]\ntitle = \"t\"\n[output.html.code.hidelines]\npython = \"~\"\n");
        write("slides/src/SUMMARY.md", "- [One](1.md)\n");
        write("slides/src/1.md", chapter);
        write("web/dist/deck.js", "");
        Self(folder)
    }

    fn deck(&self, arguments: &[&str]) -> Output {
        let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        Command::new(env!("CARGO_BIN_EXE_deck"))
            .args(arguments)
            .arg("--root")
            .arg(self.0.path())
            .env("PYTHON", python)
            .output()
            .unwrap()
    }

    #[track_caller]
    fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.deck(arguments);
        let said = said(&output);
        assert!(output.status.success(), "{said}");
        said
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.path().join(file)).unwrap()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn what_is_recorded_is_verified_and_built() {
    let talk = Talk::new(CHAPTER);
    assert!(talk.succeeds(&["record"]).contains("0 unchanged, 4 changed, 0 failed"));
    let first = talk.read("slides/recordings/xray/warm.trace.json");
    assert!(talk.succeeds(&["record"]).contains("4 unchanged, 0 changed, 0 failed"), "traces differ");
    assert_eq!(talk.read("slides/recordings/xray/warm.trace.json"), first);
    assert!(talk.succeeds(&["verify", "--strict", "--ci"]).contains("4 passed, 0 failed"));
    talk.succeeds(&["build", "--out", "dist"]);
    assert!(talk.read("dist/xray/warm.js").starts_with("deckTraces(\"warm\", {\"trace\":{"));
    let raised = talk.read("slides/recordings/xray/raises.trace.json");
    assert!(raised.contains("\"outcome\":\"raised\""), "{raised}");
    let home = env::home_dir().unwrap();
    for text in [&first, &raised] {
        assert!(!text.contains(home.to_str().unwrap()), "{text}");
    }
}

#[test]
fn a_claim_that_does_not_hold_and_a_statement_that_ends_the_process_are_not_recorded() {
    let talk = Talk::new(
        "# One\n\n```python,xray,id=wrong,lacks=long_abs\nabs(-41)\n```\n\n\
         ```python,xray,id=dies\nimport os\nos._exit(3)\n```\n\n```python,xray,id=two\n1; 2\n```\n",
    );
    let output = talk.deck(&["record"]);
    let said = said(&output);
    assert!(!output.status.success(), "{said}");
    assert!(said.contains("it should never enter `long_abs`, but it enters `long_abs`"), "{said}");
    assert!(said.contains("exited with code 3"), "{said}");
    assert!(said.contains("it must be one expression or one simple statement"), "{said}");
    assert!(said.contains("0 unchanged, 0 changed, 3 failed"), "{said}");
    assert!(!Path::new(&talk.0.path().join("slides/recordings/xray")).exists());
}

#[test]
fn what_asks_for_more_memory_than_it_may_have_raises_and_is_traced() {
    let trace = |memory: &str| {
        let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let output = Command::new(env!("CARGO_BIN_EXE_deck"))
            .args(["trace", "'x' * (300 << 20)", "--first", "--all", "--memory", memory, "--python", &python])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    };
    let refused = trace("200");
    assert!(refused.contains("PyErr_NoMemory"), "{refused}");
    assert!(refused.contains("It ran out of memory and raised MemoryError"), "{refused}");
    let allowed = trace("600");
    assert!(!allowed.contains("ran out of memory"), "{allowed}");
}
