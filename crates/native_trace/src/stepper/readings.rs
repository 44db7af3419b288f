//! Reads the objects that functions get and leave.
//!
//! Where a function begins is known without symbols: the stack pointer has fallen by one word and the next instruction
//! lies elsewhere, so a call was executed. Registers are read whatever the function's signature, which nobody knows here:
//! some hold what an earlier call has left. Functions of the C library get no objects, and are passed over.

use nix::libc::user_regs_struct;

use super::{memory::Memory, modules, objects::Objects};
use crate::{Module, Place, Reading, Step};

/// Collects readings along the way.
pub(super) struct Readings {
    objects: Option<Objects>,
    memory: Memory,
    /// Address ranges of what is passed over.
    system: Vec<(u64, u64)>,
    found: Vec<Reading>,
    /// Where the stack pointer will be when a linkage table has found the function that was called, and the place of the
    /// jump.
    linking: Option<Step>,
}

/// Enough for every call that a slide can show; a statement that runs for long is not read to its end.
const MOST: usize = 2_000;

/// No instruction is longer.
const LONGEST_INSTRUCTION: u64 = 15;

/// `PY_VECTORCALL_ARGUMENTS_OFFSET`, a flag in the number of arguments.
const ARGUMENTS_OFFSET: u64 = 1 << 63;
/// So many elements of an array of arguments are read.
const MOST_ELEMENTS: u64 = 8;

impl Readings {
    pub(super) fn new(objects: Option<Objects>, memory: Memory, modules: &[Module]) -> Self {
        let system =
            modules.iter().filter(|module| modules::is_of_the_system(module)).map(|module| module.range);
        Self { objects, memory, system: system.collect(), found: Vec::new(), linking: None }
    }

    /// Looks at the machine before the step with this index, of which `before` is the step before.
    pub(super) fn look(&mut self, index: usize, before: Step, registers: &user_regs_struct) {
        if self.objects.is_none() || self.found.len() >= MOST {
            return;
        }
        let here = Step { pc: registers.rip, sp: registers.rsp };
        let goes_on = (1..=LONGEST_INSTRUCTION).contains(&here.pc.wrapping_sub(before.pc));
        if !goes_on && here.sp.wrapping_add(8) == before.sp {
            self.linking = self.is_linkage(here.pc).then_some(here);
            if self.linking.is_none() {
                self.entry(index, registers);
            }
        } else if !goes_on && here.sp == before.sp.wrapping_add(8) {
            self.leaving(index, before, registers);
        } else if !goes_on && let Some(linking) = self.linking {
            self.arrive(index, linking, registers);
        }
    }

    /// Takes back what was read for a step that did not happen.
    pub(super) fn forget(&mut self, step: usize) {
        self.found.retain(|reading| reading.step < step);
    }

    pub(super) fn into_found(self) -> Vec<Reading> {
        self.found
    }

    /// A linkage table jumps, perhaps by way of the loader, to the function with the stack pointer at the same place.
    fn arrive(&mut self, index: usize, linking: Step, registers: &user_regs_struct) {
        if registers.rsp > linking.sp {
            self.linking = None;
        } else if registers.rsp == linking.sp && registers.rip.abs_diff(linking.pc) > 2 * LONGEST_INSTRUCTION
        {
            self.linking = None;
            self.entry(index, registers);
        }
    }

    fn entry(&mut self, index: usize, registers: &user_regs_struct) {
        if self.is_system(registers.rip) {
            return;
        }
        let arguments = [registers.rdi, registers.rsi, registers.rdx, registers.rcx, registers.r8];
        for (place, address) in (0..).map(Place::Register).zip(arguments) {
            self.read(index, place, address);
        }
        for (place, address) in (0..).map(Place::Element).zip(self.elements(registers)) {
            self.read(index, place, address);
        }
    }

    /// A function that returns has left its result.
    fn leaving(&mut self, index: usize, before: Step, registers: &user_regs_struct) {
        if !self.is_system(before.pc) {
            self.read(index, Place::Result, registers.rax);
        }
    }

    /// The array of a fast call: a pointer to it, the number of positional arguments, the names of the others. If one
    /// element is no object, it is none.
    fn elements(&mut self, registers: &user_regs_struct) -> Vec<u64> {
        let Some(objects) = &mut self.objects else { return Vec::new() };
        let positional = registers.rdx & !ARGUMENTS_OFFSET;
        let named = objects.tuple_length(registers.rcx, &self.memory).unwrap_or(0);
        let count = positional.saturating_add(named);
        if count > MOST_ELEMENTS {
            return Vec::new();
        }
        let elements = (0..count).map_while(|index| self.memory.word(registers.rsi.wrapping_add(8 * index)));
        let elements: Vec<_> = elements.collect();
        let all_are_objects = elements.iter().all(|address| objects.at(*address, &self.memory).is_some());
        if all_are_objects { elements } else { Vec::new() }
    }

    fn read(&mut self, step: usize, place: Place, address: u64) {
        let Some(objects) = &mut self.objects else { return };
        if let Some(object) = objects.at(address, &self.memory) {
            self.found.push(Reading { step, place, object });
        }
    }

    /// `jmp *x(%rip)`, with or without the marks of indirect branch tracking.
    fn is_linkage(&self, pc: u64) -> bool {
        const JUMP: [u8; 2] = [0xff, 0x25];
        const ENDBR64: [u8; 4] = [0xf3, 0x0f, 0x1e, 0xfa];
        const BND: u8 = 0xf2;
        let Some(bytes) = self.memory.bytes::<8>(pc) else { return false };
        let code = bytes.strip_prefix(&ENDBR64).unwrap_or(&bytes);
        let code = code.strip_prefix(&[BND]).unwrap_or(code);
        code.starts_with(&JUMP)
    }

    fn is_system(&self, pc: u64) -> bool {
        self.system.iter().any(|(from, to)| (*from..*to).contains(&pc))
    }
}
