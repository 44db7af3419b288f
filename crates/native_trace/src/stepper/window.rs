//! From one marker to the next, one instruction at a time.

use std::fs;

use nix::{
    libc,
    sys::{ptrace, signal::Signal},
};

use super::{
    driver::Ready,
    memory::Memory,
    modules,
    objects::Objects,
    readings::Readings,
    tracee::{MARKER, Stop, Tracee},
};
use crate::{Ending, Limits, Phase, Step, StepError, StepLog};

/// A process that stands at the marker before the statement.
pub(super) struct Window {
    tracee: Tracee,
}

impl Window {
    pub(super) fn new(tracee: Tracee) -> Self {
        Self { tracee }
    }

    /// Executes everything up to the next marker.
    pub(super) fn walk(self, ready: &Ready, limits: Limits) -> Result<StepLog, StepError> {
        self.tracee.watch_for_company()?;
        let memory = Memory::open(self.tracee.pid)?;
        let mut walk = Walk {
            readings: self.readings(ready)?,
            tracee: &self.tracee,
            memory,
            steps: Vec::new(),
            signals: Vec::new(),
        };
        let ending = walk.to_the_end(limits.steps)?;
        let modules = modules::mapped(self.tracee.pid)?;
        let Walk { steps, signals, readings, .. } = walk;
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

struct Walk<'a> {
    tracee: &'a Tracee,
    memory: Memory,
    readings: Readings,
    steps: Vec<Step>,
    signals: Vec<(usize, i32)>,
}

impl Walk<'_> {
    fn to_the_end(&mut self, limit: usize) -> Result<Ending, StepError> {
        self.note()?;
        let mut deliver = None;
        loop {
            // The last one noted is not executed yet, and may never be: the marker can come instead.
            if self.steps.len() > limit + 1 {
                return Err(StepError::TooLong { limit });
            }
            self.tracee.step(deliver.take())?;
            match self.tracee.wait()? {
                Stop::Step => self.note()?,
                Stop::Marker(marker) => {
                    // The last one noted is not executed any more.
                    self.steps.pop();
                    return Ok(if marker == MARKER { Ending::Returned } else { Ending::Raised });
                }
                Stop::Signal(signal) => {
                    self.before_signal(signal)?;
                    deliver = Some(signal);
                }
                Stop::Event(event) => self.company(event)?,
                stop @ (Stop::Exited(_) | Stop::Killed(_)) => {
                    return Err(self.tracee.ended(stop, Phase::Statement(self.steps.len()), ""));
                }
            }
        }
    }

    /// Writes down where the process stands.
    fn note(&mut self) -> Result<(), StepError> {
        let registers = ptrace::getregs(self.tracee.pid);
        let registers = registers.map_err(StepError::system("ptrace (registers)"))?;
        let here = Step { pc: registers.rip, sp: registers.rsp };
        if let Some(before) = self.steps.last().copied() {
            if here.pc == before.pc && self.repeats(here.pc) {
                return Ok(());
            }
            self.readings.look(self.steps.len(), before, &registers);
        }
        self.steps.push(here);
        Ok(())
    }

    /// Whether the instruction stops once for every repetition: it is one, and counted as one.
    fn repeats(&self, pc: u64) -> bool {
        const REPEAT: [u8; 2] = [0xf2, 0xf3];
        const STRINGS: [u8; 14] =
            [0x6c, 0x6d, 0x6e, 0x6f, 0xa4, 0xa5, 0xa6, 0xa7, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf];
        // A prefix for the width of the operand can stand on either side, and the last one is REX.
        const OTHER_PREFIXES: [u8; 17] = [
            0x66, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e,
            0x4f,
        ];
        let Some(bytes) = self.memory.bytes::<5>(pc) else { return false };
        let is_prefix = |byte: &&u8| REPEAT.contains(byte) || OTHER_PREFIXES.contains(byte);
        let prefixes = bytes.iter().take_while(is_prefix).count();
        bytes[..prefixes].iter().any(|byte| REPEAT.contains(byte))
            && bytes.get(prefixes).is_some_and(|code| STRINGS.contains(code))
    }

    /// The instruction that was noted last is not executed yet. If there is a handler, that runs first, and the
    /// instruction is noted again after it; if there is none, nobody notices the signal, or it is the end.
    fn before_signal(&mut self, signal: Signal) -> Result<(), StepError> {
        if self.is_caught(signal)? {
            self.steps.pop();
            self.signals.push((self.steps.len(), signal as i32));
        }
        Ok(())
    }

    /// Whether the process has a handler for it, by the mask in its status.
    fn is_caught(&self, signal: Signal) -> Result<bool, StepError> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.tracee.pid));
        let status = status.map_err(StepError::system("asking which signals are handled"))?;
        let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
        Ok(mask >> (signal as i32 - 1) & 1 == 1)
    }

    fn company(&self, event: libc::c_int) -> Result<(), StepError> {
        let did = match event {
            libc::PTRACE_EVENT_CLONE => "started a thread",
            libc::PTRACE_EVENT_FORK | libc::PTRACE_EVENT_VFORK => "started a process",
            libc::PTRACE_EVENT_EXEC => "replaced its program by another",
            _ => return Ok(()),
        };
        Err(StepError::NotAlone { did, steps: self.steps.len() })
    }
}
