//! `deck record` and `deck verify` of X-rays, with traces from a script.

use native_trace::Trace;

use crate::talk::Talk;

const CHAPTER: &str = r#"# One

```python,live,id=prepare,setup
x = 41
```

```python,xray,id=dive,enters="*fastcall* > PyLong_As*",lacks="PyGILState_*"
import rusty
rusty.add_one(x)
```
"#;

const FILE: &str = "slides/recordings/xray/dive.trace.json";

fn changed(talk: &Talk, change: fn(&mut Trace)) {
    *talk.tracer.change.lock().unwrap() = Some(change);
}

fn recorded() -> Talk {
    let talk = Talk::new(CHAPTER);
    talk.record(&[]).succeeds().says("0 unchanged, 2 changed, 0 failed");
    talk
}

#[test]
fn what_was_recorded_is_verified() {
    let talk = recorded();
    talk.verify(&[]).succeeds().says("✓ dive").says("2 passed, 0 failed");
    let requests = talk.tracer.requests.lock().unwrap();
    assert_eq!(requests[0].statement, "rusty.add_one(x)");
    assert_eq!(requests[0].setup.as_deref(), Some("x = 41\nimport rusty\n"));
    assert_eq!(requests[0].execution, 16);
}

#[test]
fn a_second_recording_leaves_every_byte() {
    let talk = recorded();
    let before = talk.read(FILE);
    talk.record(&[]).succeeds().says("2 unchanged, 0 changed, 0 failed");
    talk.record(&["--check"]).succeeds();
    assert_eq!(talk.read(FILE), before);
}

#[test]
fn other_functions_are_said_before_other_numbers() {
    let talk = recorded();
    changed(&talk, |trace| {
        trace.functions[4].name = "PyLong_FromSsize_t".into();
        trace.path[0].instructions = 9;
    });
    talk.verify(&[])
        .fails()
        .says("something else happened than in slides/recordings/xray/dive.trace.json:\n    functions: not here: PyLong_FromLong; only here: PyLong_FromSsize_t\n")
        .says("run `deck record --cell dive`");
    changed(&talk, |trace| trace.path[0].instructions = 9);
    talk.verify(&["--cell", "dive"])
        .fails()
        .says("in other numbers of instructions:\n    _PyEval_EvalFrameDefault: 12 instructions here, 8 in the recording\n")
        .says("all: 24 instructions here, 20 in the recording");
    talk.record(&["--check"]).fails().says("would be written: slides/recordings/xray/dive.trace.json");
    talk.record(&[]).succeeds().says("1 changed");
    talk.verify(&[]).succeeds();
}

#[test]
fn a_trace_that_contradicts_a_claim_is_not_recorded_and_fails() {
    let talk = recorded();
    let before = talk.read(FILE);
    changed(&talk, |trace| trace.functions[4].name = "PyGILState_Ensure".into());
    talk.verify(&[]).fails().says("it should never enter `PyGILState_*`, but it enters `PyGILState_Ensure`");
    talk.record(&[]).fails().says("✗ dive").says("it should never enter");
    assert_eq!(talk.read(FILE), before);
}

#[test]
fn elsewhere_only_the_claims_are_checked() {
    let talk = recorded();
    talk.edit(FILE, "\"machine\":\"", "\"machine\":\"other-");
    changed(&talk, |trace| trace.path[0].instructions = 9);
    talk.verify(&[]).succeeds().says("– dive").says("not comparable here: the machine was other-");
    talk.verify(&["--strict"]).fails();
    changed(&talk, |trace| trace.functions[4].name = "PyGILState_Ensure".into());
    talk.verify(&[]).fails().says("it should never enter");
}

#[test]
fn another_interpreter_has_a_trace_of_its_own() {
    let talk = recorded();
    talk.edit(FILE, "\"version\":\"3.", "\"version\":\"3.9");
    talk.record(&["--cell", "dive"]).succeeds().says("written: slides/recordings/xray/dive.cpython-3.");
    talk.verify(&["--cell", "dive", "--strict"]).succeeds().says("1 passed");
}

#[test]
fn where_nothing_can_be_traced_it_is_said_and_in_integration_it_fails() {
    let talk = recorded();
    *talk.tracer.refuses.lock().unwrap() =
        Some("not allowed to trace; run it with --cap-add=SYS_PTRACE".into());
    let said = talk.verify(&["--ci=false"]).succeeds();
    said.says("NOT TRACED: nothing can be traced here")
        .says("--cap-add=SYS_PTRACE")
        .says("1 not comparable here");
    talk.verify(&["--ci"]).fails().says("nothing can be traced here");
    talk.record(&["--cell", "dive"]).fails().says("--cap-add=SYS_PTRACE");
}

#[test]
fn a_statement_that_cannot_be_traced_fails_everywhere() {
    let talk = Talk::new(&CHAPTER.replace("rusty.add_one(x)", "crash()"));
    talk.record(&[]).fails().says("the statement ended its process").says("1 changed, 1 failed");
    talk.verify(&[]).fails().says("the X-ray `dive` has no recording");
}

#[test]
fn changed_code_makes_the_trace_stale() {
    let talk = recorded().chapter(&CHAPTER.replace("x = 41", "x = 42"));
    talk.verify(&["--cell", "dive"]).fails().says("was recorded with other code or another build");
}

#[test]
fn no_path_of_this_machine_gets_into_a_recorded_trace() {
    let talk = Talk::new(CHAPTER);
    changed(&talk, |trace| {
        let home = std::env::home_dir().unwrap();
        trace.functions[1].file = Some(home.join("x.rs").to_string_lossy().into_owned());
    });
    talk.record(&["--cell", "dive"]).fails().says("a folder of this machine, and is not kept");
}
