//! `deck record` and `deck verify` on a small talk, with the interpreter that the variable PYTHON names.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod pyodide;
mod rust;
#[path = "../machine/small_disk.rs"]
mod small_disk;
mod talk;
mod xray;

use small_disk::{Filler, run_on_a_small_disk};
use talk::Talk;

/// A set-up, a cell that uses it, one that fails on purpose, and one that measures.
const CHAPTER: &str = r#"# One

```python,live,id=numbers,setup
numbers = [1, 2, 3]
```

```python,live,id=total
import os
print(os.getcwd() and "a line")
sum(numbers)
```

```python,live,id=boom,expect-error
raise ValueError("no")
```

```python,live,id=race,compare=relation
import deck, random
slow = 1 + random.random()
deck.value("slow", slow, unit="s")
deck.relation("slow takes longer than a second", slow > 1)
slow
```
"#;

#[test]
fn what_was_recorded_is_verified() {
    let talk = Talk::new(CHAPTER);
    talk.record(&[]).succeeds().says("0 unchanged, 4 changed, 0 failed");
    assert_eq!(talk.recordings(), ["boom.toml", "numbers.toml", "race.toml", "total.toml"]);
    let total = talk.read("slides/recordings/total.toml");
    assert!(total.contains("a line\n6\n"), "{total}");
    talk.verify(&[]).succeeds().says("✓ total").says("4 passed, 0 failed");
}

#[test]
fn a_second_recording_leaves_every_byte() {
    let talk = Talk::new(CHAPTER);
    talk.record(&[]).succeeds();
    let before = talk.contents();
    talk.record(&[]).succeeds().says("4 unchanged, 0 changed, 0 failed");
    assert_eq!(talk.contents(), before);
    talk.record(&["--check"]).succeeds();
}

#[test]
fn check_writes_nothing_and_fails_where_it_would() {
    let talk = Talk::new(CHAPTER);
    talk.record(&["--check"])
        .fails()
        .says("would be written: slides/recordings/total.toml")
        .says("4 would change");
    assert!(talk.recordings().is_empty());
}

#[test]
fn changed_code_makes_the_recordings_below_it_stale() {
    let talk = Talk::new(CHAPTER);
    talk.record(&[]).succeeds();
    let talk = talk.chapter(&CHAPTER.replace("[1, 2, 3]", "[1, 2, 3, 4]"));
    let verified = talk.verify(&[]).fails();
    verified
        .says("slides/recordings/total.toml was recorded with other code: that of `numbers` (slides/src/1.md:3) has changed")
        .says("run `deck record --cell total`, then review it with `git diff`")
        .says("0 passed, 4 failed");
    talk.record(&[]).succeeds().says("0 unchanged, 4 changed");
    talk.verify(&[]).succeeds();
}

#[test]
fn another_output_is_shown_as_a_difference() {
    let talk = Talk::new(CHAPTER);
    talk.record(&[]).succeeds();
    talk.edit("slides/recordings/total.toml", "a line\n6\n", "a line\n7\n");
    talk.verify(&[])
        .fails()
        .says("✗ total")
        .says("slides/src/1.md:7")
        .says("in the order of the talk and alone:")
        .says("--- slides/recordings/total.toml\n    +++ this run\n")
        .says(" a line\n    -7\n    +6\n")
        .says("run `deck record --cell total`, then review it with `git diff`")
        .says("3 passed, 1 failed");
    talk.verify(&["--cell", "boom"]).succeeds().says("1 passed, 0 failed");
}

#[test]
fn a_cell_that_leans_on_one_that_it_does_not_need_fails_alone() {
    let talk = Talk::new(
        "# One\n\n```python,live,id=a\nx = 1\n```\n\n```python,live,id=b\nprint('x' in globals())\n```\n",
    );
    talk.record(&[]).succeeds();
    talk.verify(&[])
        .fails()
        .says("in the order of the talk:\n")
        .says("-False\n    +True\n")
        .says("1 passed, 1 failed");
}

#[test]
fn a_relation_that_does_not_hold_is_not_recorded_and_fails() {
    let talk = Talk::new(CHAPTER);
    talk.record(&[]).succeeds();
    let before = talk.read("slides/recordings/race.toml");
    let talk = talk.chapter(&CHAPTER.replace("slow > 1)", "slow > 2)"));
    talk.record(&["--cell", "race"])
        .fails()
        .says("✗ race")
        .says("the relation “slow takes longer than a second” does not hold")
        .says("0 unchanged, 0 changed, 1 failed");
    assert_eq!(talk.read("slides/recordings/race.toml"), before);
}

#[test]
fn a_relation_may_hold_now_and_then_and_is_found_out() {
    let flag = tempfile::NamedTempFile::new().unwrap();
    let flaky = format!(
        "# One\n\n```python,live,id=flaky,compare=relation\nimport deck, os\n\
         deck.relation(\"the file is there\", os.path.exists({:?}))\n```\n",
        flag.path()
    );
    let talk = Talk::new(&flaky);
    talk.record(&[]).succeeds();
    talk.verify(&[]).succeeds();
    drop(flag);
    talk.verify(&[]).fails().says("the relation “the file is there” does not hold");
}

#[test]
fn a_cell_must_fail_exactly_where_it_says_so() {
    let talk = Talk::new(&CHAPTER.replace(r#"raise ValueError("no")"#, "print('well')"));
    talk.record(&["--cell", "boom"])
        .fails()
        .says("it is marked `expect-error`, but it ended without an error");
    let talk = Talk::new(&CHAPTER.replace(",expect-error", ""));
    talk.record(&[])
        .fails()
        .says("it failed:\n    Traceback")
        .says("ValueError: no")
        .says("3 changed, 1 failed");
    assert_eq!(talk.recordings(), ["numbers.toml", "race.toml", "total.toml"]);
}

#[test]
fn what_is_left_over_or_missing_is_a_failure() {
    let talk = Talk::new(CHAPTER);
    talk.record(&[]).succeeds();
    let talk = talk.chapter(&CHAPTER.replace("id=boom", "id=bang"));
    talk.verify(&[])
        .fails()
        .says("the cell `bang` has no recording")
        .says("no cell belongs to slides/recordings/boom.toml")
        .says("3 passed, 2 failed");
}

#[test]
fn exact_results_of_another_place_are_reported_as_such() {
    let talk = Talk::new(
        "# One\n\n```python,live,id=count,compare=exact\nimport deck\ndeck.value('calls', 4, unit='calls')\n```\n",
    );
    talk.record(&[]).succeeds();
    talk.verify(&["--strict"]).succeeds();
    talk.edit("slides/recordings/count.toml", "machine = \"", "machine = \"other-");
    let verified = talk.verify(&[]).succeeds();
    verified
        .says("– count")
        .says("not comparable here: the machine was other-")
        .says("0 passed, 0 failed, 1 not comparable here");
    talk.verify(&["--strict"]).fails();
    // Recording makes it comparable again.
    talk.record(&[]).succeeds().says("1 changed");
    talk.verify(&["--strict"]).succeeds().says("1 passed, 0 failed");
}

#[test]
fn another_interpreter_has_a_file_of_its_own_only_where_it_differs() {
    let talk = Talk::new(CHAPTER);
    talk.record(&[]).succeeds();
    // The recordings shall have come from an interpreter of the future, in which one cell says something else.
    for file in ["numbers", "total", "boom", "race"] {
        talk.edit(&format!("slides/recordings/{file}.toml"), "\nversion = \"3.", "\nversion = \"3.9");
    }
    talk.edit("slides/recordings/total.toml", "line\n6\n", "line\nsix\n");
    talk.verify(&[]).fails().says("-six\n    +6\n").says("3 passed, 1 failed");
    talk.record(&[])
        .succeeds()
        .says("written: slides/recordings/total.cpython-3.")
        .says("3 unchanged, 1 changed");
    assert!(talk.read("slides/recordings/total.toml").contains("six\n"));
    talk.verify(&[]).succeeds();
    talk.record(&[]).succeeds().says("4 unchanged");
    // Once the base says the same, the variant is needless.
    talk.edit("slides/recordings/total.toml", "line\nsix\n", "line\n6\n");
    talk.record(&[]).succeeds().says("removed: slides/recordings/total.cpython-3.");
    talk.verify(&[]).succeeds();
}

#[test]
fn no_path_of_this_machine_gets_into_a_recording() {
    let talk = Talk::new(
        "# One\n\n```python,live,id=paths,expect-error\nimport json\nprint(json.__file__)\njson.loads('{')\n```\n",
    );
    talk.record(&[]).succeeds();
    let text = talk.read("slides/recordings/paths.toml");
    assert!(text.contains("[stdlib]/json/__init__.py\n"), "{text}");
    assert!(text.contains("File \"[stdlib]/json/decoder.py\""), "{text}");
    let home = std::env::home_dir().unwrap();
    assert!(!text.contains(home.to_str().unwrap()), "{text}");
}

#[test]
fn output_that_is_no_text_survives() {
    let talk = Talk::new(
        "# One\n\n```python,live,id=raw\nimport os\n_ = os.write(1, b'a\\xff\\r\\0\\x1b[1m \\n')\n```\n",
    );
    talk.record(&[]).succeeds();
    talk.verify(&[]).succeeds();
    talk.edit("slides/src/1.md", "1m ", "1m");
    talk.record(&[]).succeeds().says("1 changed");
}

#[test]
fn a_cell_that_kills_its_interpreter_stops_nobody_else() {
    let talk = Talk::new(
        "# One\n\n```python,live,id=dies\nimport os\nos._exit(3)\n```\n\n```python,live,id=lives\nprint('here')\n```\n",
    );
    talk.record(&[]).fails().says("its process died").says("1 changed, 1 failed");
    talk.verify(&[]).fails().says("✓ lives");
}

#[test]
fn a_cell_that_does_not_exist_is_refused_with_those_that_do() {
    let talk = Talk::new(CHAPTER);
    let error = talk.record_error(&["--cell", "totl"]);
    assert_eq!(error, "there is no cell `totl`; the deck has: numbers, total, boom, race");
}

#[test]
fn the_fingerprint_is_that_of_the_loaded_extension() {
    let talk = Talk::new(
        "# One\n\n```python,live,id=which\nimport importlib.util\nimportlib.util.find_spec('rusty') is None\n```\n",
    );
    talk.file("pyproject.toml", "[project]\nname = \"rusty\"\n");
    talk.record(&[]).succeeds();
    let text = talk.read("slides/recordings/which.toml");
    assert!(
        !text.contains("True\n"),
        "this needs the Python that `make extension` prepares, named by PYTHON"
    );
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |file: &str| std::fs::read_to_string(root.join(file)).unwrap();
    let toolchain = read("rust-toolchain.toml").parse::<toml::Table>().unwrap();
    let rustc = &toolchain["toolchain"]["channel"];
    let lock = read("demo_crate/Cargo.lock").parse::<toml::Table>().unwrap();
    let packages = lock["package"].as_array().unwrap();
    let pyo3 = &packages.iter().find(|package| package["name"].as_str() == Some("pyo3")).unwrap()["version"];
    let expected =
        format!("[fingerprint.extension]\nrustc = {rustc}\npyo3 = {pyo3}\nprofile = \"release\"\n");
    assert!(text.contains(&expected), "{expected}{text}");
}

#[test]
fn a_full_disk_is_said_and_the_recordings_stay() {
    run_on_a_small_disk("on_a_small_disk");
}

#[test]
#[ignore = "needs a small disk, which the test above makes"]
fn on_a_small_disk() {
    let talk = Talk::new(CHAPTER);
    talk.record(&[]).succeeds();
    let (names, before) = (talk.recordings(), talk.contents());
    talk.edit("slides/src/1.md", "a line", "another line");
    let filler = Filler::fill(&std::env::temp_dir());
    let error = talk.record_error(&["--cell", "total"]);
    assert_eq!(
        error,
        "slides/recordings/total.toml was not written: the disk is full. What was there before stays; free some space, then \
         run `deck record` again"
    );
    assert_eq!((talk.recordings(), talk.contents()), (names, before));
    drop(filler);
    talk.record(&[]).succeeds().says("3 unchanged, 1 changed, 0 failed");
    talk.verify(&[]).succeeds();
}
