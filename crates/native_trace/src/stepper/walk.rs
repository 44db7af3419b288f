//! Executes instructions and writes each of them down.
//!
//! Between two branches the way is known beforehand, and so is where a branch will go once the machine's state before it
//! is. So the process runs from branch to branch, with the processor's breakpoint on the next one, and stops once per
//! straight run. What asks the kernel, or cannot be foreseen, is executed as a single step; so is everything where the
//! system offers no such breakpoints.

use std::{fs, rc::Rc};

use nix::{
    libc::{self, user_regs_struct},
    sys::signal::Signal,
};

use super::{
    code::{Code, StraightRun},
    readings::Readings,
    successor::successor,
    tracee::{MARKER, Stop, Tracee},
};
use crate::{Ending, Phase, Step, StepError};

/// A walk from one marker to the next. The last step that is written down is where the process stands: it is not executed
/// yet.
pub(super) struct Walk<'a> {
    tracee: &'a mut Tracee,
    code: Code,
    readings: Readings,
    registers: user_regs_struct,
    steps: Vec<Step>,
    signals: Vec<(usize, i32)>,
}

/// What was seen on the way.
pub(super) struct Seen {
    pub(super) steps: Vec<Step>,
    pub(super) readings: Readings,
    pub(super) signals: Vec<(usize, i32)>,
    pub(super) ending: Ending,
}

/// What will be executed next, after the instruction where the process stands.
struct Ahead {
    first: Step,
    run: Rc<StraightRun>,
}

impl<'a> Walk<'a> {
    pub(super) fn begin(tracee: &'a mut Tracee, code: Code, readings: Readings) -> Result<Self, StepError> {
        let registers = tracee.registers()?;
        let steps = vec![Step { pc: registers.rip, sp: registers.rsp }];
        Ok(Self { tracee, code, readings, registers, steps, signals: Vec::new() })
    }

    pub(super) fn finish(mut self, limit: usize) -> Result<Seen, StepError> {
        let mut deliver = None;
        loop {
            // The process may end before it executes the last one, so that is not counted.
            if self.steps.len() > limit + 1 {
                return Err(StepError::TooLong { limit });
            }
            let ahead = if deliver.is_none() { self.ahead() } else { None };
            let stop = match ahead {
                Some(ahead) => self.leap(&ahead)?,
                None => self.step(deliver.take())?,
            };
            match stop {
                Stop::Step => {}
                Stop::Marker(marker) => {
                    self.steps.pop();
                    let ending = if marker == MARKER { Ending::Returned } else { Ending::Raised };
                    let Self { steps, readings, signals, .. } = self;
                    return Ok(Seen { steps, readings, signals, ending });
                }
                Stop::Signal(signal) => {
                    self.before_signal(signal)?;
                    deliver = Some(signal);
                }
                Stop::Event(event) => self.company(event)?,
                Stop::Exited(_) | Stop::Killed(_) => {
                    return Err(self.tracee.ended(stop, Phase::Statement(self.steps.len()), ""));
                }
            }
        }
    }

    fn here(&self) -> Step {
        Step { pc: self.registers.rip, sp: self.registers.rsp }
    }

    /// Executes one instruction.
    fn step(&mut self, deliver: Option<Signal>) -> Result<Stop, StepError> {
        self.tracee.step(deliver)?;
        let stop = self.tracee.wait()?;
        if stop == Stop::Step {
            let before = self.here();
            self.registers = self.tracee.registers()?;
            // A repeated instruction stops once for every time; it is one, and counted as one.
            if self.registers.rip != before.pc || !self.repeats(before.pc) {
                self.note(before);
            }
        }
        Ok(stop)
    }

    /// Executes the instruction where the process stands and the straight run after it, up to its last one.
    fn leap(&mut self, ahead: &Ahead) -> Result<Stop, StepError> {
        let (before, stood) = (self.here(), self.registers);
        let goal = ahead.run.last(ahead.first.sp);
        // Objects are read before the run changes them; the registers are those of its first step already, but for two.
        self.registers = user_regs_struct { rip: ahead.first.pc, rsp: ahead.first.sp, ..stood };
        self.note(before);
        self.tracee.run_to(goal.pc)?;
        let stop = self.tracee.wait()?;
        if matches!(stop, Stop::Exited(_) | Stop::Killed(_)) {
            return Ok(stop);
        }
        self.registers = self.tracee.registers()?;
        let reached = self.here();
        if stop == Stop::Step && reached != goal {
            return Err(StepError::Astray { goal: goal.pc, reached: reached.pc });
        }
        if stop != Stop::Step && reached == before {
            // A signal came before anything was executed.
            self.steps.pop();
            self.readings.forget(self.steps.len());
        } else if reached != ahead.first {
            for step in ahead.run.steps(ahead.first.sp).skip(1) {
                self.steps.push(step);
                if step == reached {
                    break;
                }
            }
        }
        Ok(stop)
    }

    fn ahead(&mut self) -> Option<Ahead> {
        if !self.tracee.has_breakpoints() {
            return None;
        }
        let instruction = self.code.at(self.registers.rip)?;
        let first = successor(&instruction, &self.registers, self.code.memory())?;
        let run = self.code.run(first.pc)?;
        // The processor ignores a breakpoint where it has just stopped, but only if it stopped for it.
        let goal = run.last(first.sp).pc;
        (goal != self.registers.rip || self.tracee.stands_at(goal)).then_some(Ahead { first, run })
    }

    /// Writes down where the process stands.
    fn note(&mut self, before: Step) {
        self.readings.look(self.steps.len(), before, &self.registers);
        self.steps.push(self.here());
    }

    fn repeats(&mut self, pc: u64) -> bool {
        self.code.at(pc).is_some_and(|instruction| {
            instruction.is_string_instruction()
                && (instruction.has_rep_prefix() || instruction.has_repne_prefix())
        })
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
