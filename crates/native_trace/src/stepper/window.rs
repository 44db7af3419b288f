//! What lies between two markers.

use std::fs;

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

/// A process that stands at the marker before the statement.
pub(super) struct Window {
    tracee: Tracee,
}

impl Window {
    pub(super) fn new(tracee: Tracee) -> Self {
        Self { tracee }
    }

    /// Executes everything up to the next marker.
    pub(super) fn walk(mut self, ready: &Ready, limits: Limits) -> Result<StepLog, StepError> {
        self.tracee.watch_for_company()?;
        let readings = self.readings(ready)?;
        let code = Code::new(Memory::open(self.tracee.pid)?);
        let seen = Walk::begin(&mut self.tracee, code, readings)?.finish(limits.steps)?;
        let modules = modules::mapped(self.tracee.pid)?;
        let Seen { steps, readings, signals, ending } = seen;
        Ok(StepLog { steps, readings: readings.into_found(), signals, modules, ending })
    }

    fn readings(&self, ready: &Ready) -> Result<Readings, StepError> {
        let pid = self.tracee.pid;
        let modules = modules::mapped(pid)?;
        let program = fs::read_link(format!("/proc/{pid}/exe"));
        let program = program.map_err(StepError::system("asking for the interpreter's program"))?;
        // Without a lock objects look different, and without exported names none can be told from other words.
        let type_of_types =
            (!ready.free_threaded).then(|| modules::exported(&modules, &program, "PyType_Type")).flatten();
        let objects = type_of_types.map(|address| Objects::new(address, ready.hexversion));
        Ok(Readings::new(objects, Memory::open(pid)?, &modules))
    }
}
