//! A second tool steps through the same statement and must come by the same addresses.

use std::{
    fs,
    io::ErrorKind,
    path::Path,
    process::{Command, Output},
};

use native_trace::{Module, StepLog};

use crate::fixture::{log, python, warm};

const STEPS: usize = 300;

const DRIVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/stepper/driver.py");

/// Stops at every marker of the driver, the first of which says that it is ready; goes on to the one before the last execution, and steps from there.
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
for _ in range(STEPS):
    print("pc", int(gdb.parse_and_eval("(unsigned long) $pc")))
    gdb.execute("stepi", to_string=True)
gdb.execute("kill")
"#;

#[test]
fn gdb_steps_through_the_same_instructions() {
    let request = warm("abs(-41)");
    let log = log(&request);
    let folder = tempfile::tempdir().unwrap();
    let Some(output) = gdb(folder.path(), request.execution) else { return };
    let said = String::from_utf8_lossy(&output.stdout);
    let theirs: Vec<u64> = said.lines().filter_map(|line| line.strip_prefix("pc ")?.parse().ok()).collect();
    let ours: Vec<u64> = log.steps.iter().take(STEPS).map(|step| step.pc).collect();
    assert_eq!(theirs.len(), STEPS, "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let differs = ours.iter().zip(&theirs).position(|(ours, theirs)| ours != theirs);
    assert_eq!(differs, None, "ours: {:x?} theirs: {:x?}", &ours[..4], &theirs[..4]);
    let modules: Vec<&Module> = ours.iter().filter_map(|pc| module(&log, *pc)).collect();
    assert!(modules.iter().any(|module| *module != modules[0]), "the steps come by more than one module");
}

fn gdb(folder: &Path, execution: u32) -> Option<Output> {
    let request = folder.join("request.json");
    let wish =
        format!(r#"{{"statement": "abs(-41)", "setup": "", "execution": {execution}, "imports": []}}"#);
    fs::write(&request, wish).unwrap();
    let script = SCRIPT.replace("EXECUTION", &execution.to_string()).replace("STEPS", &STEPS.to_string());
    let script = script.replace("REQUEST", request.to_str().unwrap()).replace("DRIVER", DRIVER);
    let script_file = folder.join("steps.py");
    fs::write(&script_file, script).unwrap();
    let run = Command::new("gdb")
        .args(["-nx", "-batch", "-x"])
        .arg(&script_file)
        .arg(python())
        .env_remove("PYTHONPATH")
        .envs([
            ("PYTHONHASHSEED", "0"),
            ("PYTHONDONTWRITEBYTECODE", "1"),
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

fn module(log: &StepLog, pc: u64) -> Option<&Module> {
    log.modules.iter().find(|module| (module.range.0..module.range.1).contains(&pc))
}
