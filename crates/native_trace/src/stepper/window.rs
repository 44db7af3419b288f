//! What lies between two markers.

use std::fs;

use nix::unistd::Pid;

use super::{
    code::Code,
    driver::Ready,
    memory::Memory,
    modules,
    objects::Objects,
    readings::Readings,
    tracee::Tracee,
    walk::{Seen, Walk},
};
use crate::{Limits, StepError, StepLog};

/// Executes everything from the marker where the process stands up to the next one.
pub(super) fn record(mut tracee: Tracee, ready: &Ready, limits: Limits) -> Result<StepLog, StepError> {
    tracee.watch_for_company()?;
    let readings = readings(tracee.pid, ready)?;
    let code = Code::new(Memory::open(tracee.pid)?);
    let seen = Walk::begin(&mut tracee, code, readings)?.finish(limits.steps)?;
    let modules = modules::mapped(tracee.pid)?;
    let Seen { steps, readings, signals, ending } = seen;
    Ok(StepLog { steps, readings: readings.into_found(), signals, modules, ending })
}

fn readings(pid: Pid, ready: &Ready) -> Result<Readings, StepError> {
    let modules = modules::mapped(pid)?;
    let program = fs::read_link(format!("/proc/{pid}/exe"));
    let program = program.map_err(StepError::system("asking for the interpreter's program"))?;
    // Without a lock objects look different, and without exported names none can be told from other words.
    let type_of_types =
        (!ready.free_threaded).then(|| modules::exported(&modules, &program, "PyType_Type")).flatten();
    let objects = type_of_types.map(|address| Objects::new(address, ready.hexversion));
    Ok(Readings::new(objects, Memory::open(pid)?, &modules))
}
