//! What keeps two runs alike: one processor, fixed addresses, an environment of fixed size.

use std::{collections::BTreeMap, ffi::OsString, fs};

use nix::{
    errno::Errno,
    sched::{CpuSet, sched_getaffinity, sched_getcpu, sched_setaffinity},
    sys::personality::{self, Persona},
    unistd::Pid,
};

use crate::StepError;

/// While it lives, this thread runs on one processor, and the processes it starts do so, too, with their addresses not
/// randomised. Tracer and traced process take turns, so a second processor would only cost time to wake up.
pub(super) struct Quiet {
    processors: CpuSet,
    persona: Persona,
}

/// What the traced interpreter finds, whatever its caller's settings are.
const FIXED: [(&str, &str); 8] = [
    ("PYTHONHASHSEED", "0"),
    ("PYTHONDONTWRITEBYTECODE", "1"),
    ("PYTHONNOUSERSITE", "1"),
    ("PYTHONUTF8", "1"),
    ("RUST_BACKTRACE", "0"),
    ("LC_ALL", "C.UTF-8"),
    ("TZ", "UTC"),
    ("NO_COLOR", "1"),
];

/// What is passed on where it is set: how the interpreter is found, which can be a script of a version manager, and how
/// it finds its libraries.
const KEPT: [&str; 7] =
    ["PATH", "HOME", "LD_LIBRARY_PATH", "PYENV_ROOT", "PYENV_VERSION", "ASDF_DIR", "ASDF_DATA_DIR"];

/// The environment lies above the stack, so its size moves the stack. Ours is filled up to this many bytes.
const ENVIRONMENT_SIZE: usize = 32 * 1024;

impl Quiet {
    pub(super) fn begin() -> Result<Self, StepError> {
        let this_thread = Pid::from_raw(0);
        let processors =
            sched_getaffinity(this_thread).map_err(StepError::system("asking for processors"))?;
        let mut one = CpuSet::new();
        sched_getcpu()
            .and_then(|processor| one.set(processor))
            .and_then(|()| sched_setaffinity(this_thread, &one))
            .map_err(StepError::system("staying on one processor"))?;
        let refused = |cause: Errno| StepError::Refused {
            action: "turning address randomisation off",
            cause: cause.into(),
            advice: "In a container, start it with --security-opt seccomp=unconfined",
        };
        let persona = personality::get().map_err(refused)?;
        // Made before the next error is returned, so that the processors are given back.
        let quiet = Self { processors, persona };
        personality::set(persona | Persona::ADDR_NO_RANDOMIZE).map_err(refused)?;
        Ok(quiet)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        // Both only give back what this thread had before; nothing is lost if the system refuses.
        let _ = sched_setaffinity(Pid::from_raw(0), &self.processors);
        let _ = personality::set(self.persona);
    }
}

/// The whole environment of the traced interpreter.
pub(super) fn environment() -> BTreeMap<OsString, OsString> {
    let kept = KEPT.iter().filter_map(|name| Some((OsString::from(name), std::env::var_os(name)?)));
    let fixed = FIXED.iter().map(|(name, value)| (name.into(), value.into()));
    let mut environment: BTreeMap<OsString, OsString> = kept.chain(fixed).collect();
    let used: usize = environment.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
    let filling = ENVIRONMENT_SIZE.saturating_sub(used);
    environment.insert("FILLING".into(), "-".repeat(filling).into());
    environment
}

/// The processor's name; empty where the system does not tell.
pub(super) fn processor() -> String {
    let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = about.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    name.map(|(_, name)| name.trim().to_owned()).unwrap_or_default()
}
