//! A second witness for bytecodes: what the interpreter's own disassembler says that it has specialised them to.

use std::{
    fs::{self, File},
    process::Command,
};

use native_trace::Request;

use crate::fixture::{python, trace};

const DRIVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/stepper/driver.py");

/// The driver runs without a tracer, and at the marker before the last execution its function is disassembled. The
/// statement is what stands on the first line; the driver's own lines are further down.
const WITNESS: &str = "
import dis, signal, sys
calls = 0
def witness(_):
    global calls
    calls += 1
    if calls == 1 + LAST:
        code = dis.get_instructions(sys._getframe(1).f_code, adaptive=True)
        own = [each.opname for each in code if each.positions.lineno == 1]
        with open('FILE', 'w') as file:
            file.write(' '.join(own))
signal.raise_signal = witness
";

#[test]
fn bytecodes_are_those_that_the_interpreter_says_it_executes() {
    for (setup, statement) in [
        ("import rusty", "rusty.add_one(41)"),
        ("import rusty", "rusty.add_one(x=41)"),
        ("import rusty\nc = rusty.Counter(1)", "c.plus(1)"),
        ("a = [3, 2, 1]", "a[0] + a[1] * 2.5"),
        ("a = (1, 2)", "max(*a)"),
        ("a = {'b': 'c'}", "d = a['b'].upper() + f'{len(a)}'"),
        ("import math", "[math.isnan(math.pi), None]"),
    ] {
        check(setup, statement);
    }
}

#[track_caller]
fn check(setup: &str, statement: &str) {
    let request = Request { setup: setup.into(), ..Request::warm(python(), statement) };
    let trace = trace(&request);
    let executed: Vec<&str> = trace.opcodes.iter().map(|opcode| opcode.name.as_str()).collect();
    let said = disassembled(&request);
    let mut rest = executed.iter().copied().peekable();
    let mut before = "";
    for name in said.split(' ') {
        if rest.next_if_eq(&name).is_some() {
            before = name;
        } else {
            assert!(
                is_done(name, before),
                "{statement}: {name} is missing\nsaid {said}\nexecuted {executed:?}"
            );
        }
    }
    assert_eq!(rest.next(), None, "{statement}\nsaid {said}\nexecuted {executed:?}");
    assert!(executed.len() > 2, "{statement}: {executed:?}");
}

/// Whether the bytecode before has done the work of this one. CPython 3.11 calls some functions as it prepares the call;
/// and it has bytecodes for two at once, named after both.
fn is_done(name: &str, before: &str) -> bool {
    let both = before.split_once("__").is_some_and(|(_, second)| second == name);
    both || (before.starts_with("PRECALL_") && name.starts_with("CALL"))
}

fn disassembled(request: &Request) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (wish_file, file) = (folder.path().join("wish.json"), folder.path().join("names"));
    let last = 2 * request.execution - 1;
    let witness = WITNESS.replace("LAST", &last.to_string()).replace("FILE", file.to_str().unwrap());
    let wish = serde_json::json!({
        "statement": request.statement,
        "setup": format!("{}\n{witness}", request.setup),
        "execution": request.execution,
        "imports": request.imports,
    });
    fs::write(&wish_file, wish.to_string()).unwrap();
    let mut command = Command::new(&request.python);
    let output = command.arg(DRIVER).stdin(File::open(wish_file).unwrap()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read_to_string(file).unwrap()
}
