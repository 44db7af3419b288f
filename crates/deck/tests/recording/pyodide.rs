//! Cells in Pyodide, which node runs. What that needs is made by `make web pyodide-wheel`; without it, a developer's tests are
//! not run and say so, those of an integration server fail.

use std::path::Path;

use super::talk::Talk;

/// A cell that is the same everywhere, one that is not, one that cannot be, and one that needs too long.
const CHAPTER: &str = r#"# One

```python,live,id=same,setup
import sys
sys.version_info >= (3, 11)
```

```python,live,id=other
print(sys.platform)
```

```python,live,id=processes,browser="no: It starts a process."
import subprocess
print(subprocess.run(["echo", "hello"], capture_output=True, text=True).stdout)
```
"#;

/// A talk that finds what Pyodide needs; nothing where that has not been made.
fn talk(chapter: &str) -> Option<Talk> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let made = ["web/node_modules/pyodide", "target/demo/pyodide/wheel", "target/web/node-session.mjs"];
    if let Some(missing) = made.iter().find(|part| !root.join(part).exists()) {
        assert!(std::env::var_os("CI").is_none(), "{missing} is missing; run `make web pyodide-wheel`");
        eprintln!("NOT RUN: cells in Pyodide. {missing} is missing; run `make web pyodide-wheel`");
        return None;
    }
    let talk = Talk::new(chapter);
    talk.link("web");
    talk.link("target");
    talk.link("demo_crate");
    Some(talk)
}

#[test]
fn a_difference_fails_until_it_is_declared() {
    let Some(talk) = talk(CHAPTER) else { return };
    talk.record(&[]).succeeds();
    talk.verify(&["--pyodide"])
        .fails()
        .says("✓ same")
        .says("✗ other")
        .says("in the order of the talk and alone:")
        .says("-linux\n    +emscripten\n")
        .says("run `deck record --pyodide --cell other`")
        .says("– processes")
        .says("does not run in a browser: It starts a process.")
        .says("1 passed, 1 failed, 1 not comparable here");
    let base = talk.read("slides/recordings/other.toml");
    talk.record(&["--pyodide"]).succeeds().says("written: slides/recordings/other.pyodide-3.14.toml");
    assert_eq!(talk.read("slides/recordings/other.toml"), base);
    assert_eq!(talk.recordings().len(), 4);
    let variant = talk.read("slides/recordings/other.pyodide-3.14.toml");
    for fact in ["\"Pyodide\"", "\"wasm32\"", "\"Emscripten\""] {
        assert!(variant.contains(fact), "{variant}");
    }
    talk.verify(&["--pyodide"]).succeeds().says("2 passed, 0 failed");
    talk.verify(&[]).succeeds();
}

#[test]
fn a_cell_that_ends_python_or_never_ends_is_told_of_and_the_next_one_runs() {
    let cells = "# One\n\n```python,live,id=gone\nimport sys\nif sys.platform == 'emscripten':\n    import os\n    os._exit(3)\n```\n\n\
        ```python,live,id=endless,timeout=1\nimport sys\nwhile sys.platform == 'emscripten':\n    pass\n```\n\n\
        ```python,live,id=next\n1 + 1\n```\n";
    let Some(talk) = talk(cells) else { return };
    talk.record(&[]).succeeds();
    talk.verify(&["--pyodide"])
        .fails()
        .says("exited at once with code 3")
        .says("it was stopped at one of its limits:\n    Nothing can interrupt it here, so its process was ended.")
        .says("✓ next")
        .says("1 passed, 2 failed");
}

#[test]
fn nothing_is_kept_of_a_cell_whose_recording_does_not_hold() {
    let Some(talk) = talk(CHAPTER) else { return };
    talk.record(&["--pyodide", "--cell", "other"])
        .fails()
        .says("the deck shows no recording of it that holds; first run `deck record --cell other`");
    assert!(talk.recordings().is_empty());
}
