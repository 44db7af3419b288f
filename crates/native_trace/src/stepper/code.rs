//! The traced process's machine code, decoded in straight runs.

use std::{collections::HashMap, rc::Rc};

use iced_x86::{Decoder, DecoderOptions, FlowControl, Instruction, Mnemonic, OpKind, Register};

use super::memory::Memory;
use crate::Step;

/// Decodes every instruction once. Code does not change while it is watched: the interpreters known here compile none, and
/// a library that is unloaded within one statement makes room for no other.
pub(super) struct Code {
    memory: Memory,
    instructions: HashMap<u64, Instruction>,
    runs: HashMap<u64, Rc<StraightRun>>,
}

/// Instructions that are executed one after the other, whatever the machine's state is.
pub(super) struct StraightRun {
    /// Address of each, and by how much the stack pointer differs there from the first.
    steps: Vec<(u64, i64)>,
}

/// More is not looked ahead; a run that is longer is two.
const LONGEST_RUN: usize = 64;

impl Code {
    pub(super) fn new(memory: Memory) -> Self {
        Self { memory, instructions: HashMap::new(), runs: HashMap::new() }
    }

    pub(super) fn memory(&self) -> &Memory {
        &self.memory
    }

    /// The instruction at an address; nothing where there is none.
    pub(super) fn at(&mut self, pc: u64) -> Option<Instruction> {
        if let Some(known) = self.instructions.get(&pc) {
            return Some(*known);
        }
        let (bytes, length) = self.memory.at_most::<15>(pc)?;
        let instruction = Decoder::with_ip(64, &bytes[..length], pc, DecoderOptions::NONE).decode();
        if instruction.is_invalid() {
            return None;
        }
        self.instructions.insert(pc, instruction);
        Some(instruction)
    }

    /// The run that begins at an address.
    pub(super) fn run(&mut self, pc: u64) -> Option<Rc<StraightRun>> {
        if let Some(known) = self.runs.get(&pc) {
            return Some(Rc::clone(known));
        }
        let mut run = StraightRun { steps: vec![(pc, 0)] };
        let (mut at, mut moved) = (pc, 0);
        while let Some((next, by)) = always_next(&self.at(at)?) {
            if run.steps.len() == LONGEST_RUN || self.at(next).is_none() {
                break;
            }
            (at, moved) = (next, moved + by);
            run.steps.push((at, moved));
        }
        let run = Rc::new(run);
        self.runs.insert(pc, Rc::clone(&run));
        Some(run)
    }
}

impl StraightRun {
    /// Its steps, if the stack pointer is this at the first.
    pub(super) fn steps(&self, sp: u64) -> impl Iterator<Item = Step> {
        self.steps.iter().map(move |(pc, moved)| Step { pc: *pc, sp: sp.wrapping_add_signed(*moved) })
    }

    /// The last of them.
    pub(super) fn last(&self, sp: u64) -> Step {
        let (pc, moved) = self.steps.last().copied().unwrap_or_default();
        Step { pc, sp: sp.wrapping_add_signed(moved) }
    }
}

/// The address of the only instruction that can follow, and by how much the stack pointer moves; nothing if either depends
/// on the machine's state.
pub(super) fn always_next(instruction: &Instruction) -> Option<(u64, i64)> {
    match instruction.flow_control() {
        FlowControl::Next => Some((instruction.next_ip(), stack_change(instruction)?)),
        FlowControl::UnconditionalBranch if instruction.is_jmp_short_or_near() => {
            Some((instruction.near_branch_target(), 0))
        }
        _ => None,
    }
}

fn stack_change(instruction: &Instruction) -> Option<i64> {
    let is_stack_pointer = |operand: u32| {
        instruction.op_kind(operand) == OpKind::Register
            && instruction.op_register(operand).full_register() == Register::RSP
    };
    let first_is_stack_pointer = instruction.op_count() > 0 && is_stack_pointer(0);
    let immediate = || {
        let is_immediate = matches!(instruction.op1_kind(), OpKind::Immediate8to64 | OpKind::Immediate32to64);
        is_immediate.then(|| instruction.immediate(1).cast_signed())
    };
    let is_offset_of_itself =
        instruction.memory_base() == Register::RSP && instruction.memory_index() == Register::None;
    match instruction.mnemonic() {
        Mnemonic::Cmp | Mnemonic::Test => Some(0),
        Mnemonic::Leave | Mnemonic::Enter => None,
        Mnemonic::Push => Some(i64::from(instruction.stack_pointer_increment())),
        Mnemonic::Sub if first_is_stack_pointer => immediate().map(i64::wrapping_neg),
        Mnemonic::Add if first_is_stack_pointer => immediate(),
        Mnemonic::Lea if first_is_stack_pointer && is_offset_of_itself => {
            Some(instruction.memory_displacement64().cast_signed())
        }
        _ if first_is_stack_pointer => None,
        Mnemonic::Xchg | Mnemonic::Xadd if is_stack_pointer(1) => None,
        _ => Some(i64::from(instruction.stack_pointer_increment())),
    }
}
