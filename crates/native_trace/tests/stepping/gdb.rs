//! A second tool steps through the same statements and must come by the same instructions.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use native_trace::{Request, StepLog};

use crate::{
    dev_build::dev_build,
    fixture::{log, python, warm},
};

const DRIVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/stepper/driver.py");

/// Stops at every marker of the driver, the first of which says that it is ready; goes on to the one before the last
/// execution, and steps from there. An instruction that is repeated stops each time, and is one all the same.
const SCRIPT: &str = r#"
import gdb

for command in [
    "set confirm off", "set pagination off", "set debuginfod enabled off",
    "set auto-load off", "set print thread-events off", "handle SIGURG stop nopass",
    "run DRIVER < REQUEST > /dev/null",
]:
    try:
        gdb.execute(command, to_string=True)
    except gdb.error:
        # Older ones know nothing of downloads, which is as good.
        if "debuginfod" not in command:
            raise
for _ in range(2 * (EXECUTION - 1) + 1):
    gdb.execute("continue", to_string=True)
steps, last = 0, None
while steps < STEPS:
    pc = int(gdb.parse_and_eval("(unsigned long) $pc"))
    if pc != last:
        print("pc", pc)
        steps, last = steps + 1, pc
    gdb.execute("stepi", to_string=True)
with open(f"/proc/{gdb.selected_inferior().pid}/maps") as maps:
    for line in maps:
        print("map", line, end="")
gdb.execute("kill")
"#;

#[test]
fn gdb_steps_through_the_same_instructions() {
    check(&warm("abs(-41)"));
}

#[test]
fn gdb_steps_through_the_same_instructions_of_calls() {
    for (setup, statement) in CALLS {
        check(&Request { setup: setup.into(), ..warm(statement) });
    }
}

#[test]
fn gdb_steps_through_the_same_instructions_of_calls_of_a_dev_build() {
    let imports = vec![dev_build(&python()).to_owned()];
    for (setup, statement) in CALLS {
        check(&Request { setup: setup.into(), imports: imports.clone(), ..warm(statement) });
    }
}

/// What allocates would go other ways where other blocks are free.
const CALLS: [(&str, &str); 4] = [
    ("import rusty", "rusty.add_one(41)"),
    ("import rusty", "rusty.add_one(x=41)"),
    ("import rusty\nc = rusty.Counter(1)", "c.plus(1)"),
    ("import rusty\nf = lambda x: x + 1", "rusty.call_back(f, 1)"),
];

#[track_caller]
fn check(request: &Request) {
    let statement = &request.statement;
    let log = log(request);
    let ours: Vec<Place> = log.steps[..log.statement().end].iter().map(|step| place(&log, step.pc)).collect();
    let folder = tempfile::tempdir().unwrap();
    let Some(output) = gdb(folder.path(), request, ours.len()) else { return };
    let said = String::from_utf8_lossy(&output.stdout);
    let theirs = places(&said);
    let differs = ours.iter().zip(&theirs).find(|(ours, theirs)| ours != theirs);
    assert_eq!(differs, None, "{statement}");
    assert_eq!(theirs.len(), ours.len(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(ours.iter().any(|(module, _)| *module != ours[0].0), "{statement} stays in one module");
}

/// An instruction's module, and its distance from where that is mapped: gdb starts the interpreter with another
/// environment, so what is loaded late may lie elsewhere.
type Place = (PathBuf, u64);

fn place(log: &StepLog, pc: u64) -> Place {
    let module = log.modules.iter().find(|module| (module.range.0..module.range.1).contains(&pc)).unwrap();
    (module.path.clone(), pc - module.range.0)
}

/// What the script has printed.
fn places(said: &str) -> Vec<Place> {
    let mut maps: Vec<(u64, PathBuf)> = Vec::new();
    for line in said.lines().filter_map(|line| line.strip_prefix("map ")) {
        let (start, path) = (line.split('-').next().unwrap(), line.split_whitespace().nth(5));
        let start = u64::from_str_radix(start, 16).unwrap();
        match maps.last() {
            Some((_, last)) if path.is_none_or(|path| last == Path::new(path)) => {}
            _ => maps.push((start, path.unwrap_or_default().into())),
        }
    }
    let pcs = said.lines().filter_map(|line| line.strip_prefix("pc ")?.parse().ok());
    let place = |pc: u64| {
        let (start, path) = &maps[maps.partition_point(|(start, _)| *start <= pc) - 1];
        (path.clone(), pc - start)
    };
    pcs.map(place).collect()
}

fn gdb(folder: &Path, request: &Request, steps: usize) -> Option<Output> {
    let wish = serde_json::json!({
        "statement": request.statement,
        "setup": request.setup,
        "execution": request.execution,
        "imports": request.imports,
    });
    let (wish_file, script_file) = (folder.join("request.json"), folder.join("steps.py"));
    fs::write(&wish_file, wish.to_string()).unwrap();
    let script = [
        ("EXECUTION", request.execution.to_string()),
        ("STEPS", steps.to_string()),
        ("REQUEST", wish_file.display().to_string()),
        ("DRIVER", DRIVER.to_owned()),
    ];
    let script = script.iter().fold(SCRIPT.to_owned(), |script, (name, value)| script.replace(name, value));
    fs::write(&script_file, script).unwrap();
    let run = Command::new("gdb")
        // Debug information would have it step on where something inlined begins.
        .args(["-nx", "-readnever", "-batch", "-x"])
        .arg(&script_file)
        .arg(python())
        .env_remove("PYTHONPATH")
        .envs([
            ("PYTHONHASHSEED", "0"),
            ("PYTHONDONTWRITEBYTECODE", "1"),
            ("RUST_BACKTRACE", "0"),
            ("LC_ALL", "C.UTF-8"),
            ("SHELL", "/bin/sh"),
        ])
        .output();
    match run {
        Ok(output) => Some(output),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            assert!(std::env::var_os("CI").is_none(), "CI needs gdb");
            eprintln!("SKIPPED: gdb is not installed");
            None
        }
        Err(error) => panic!("{error}"),
    }
}
