//! Where a branch will go, from the machine's state before it is executed.

use iced_x86::{ConditionCode, FlowControl, Instruction, OpKind, Register};
use nix::libc::user_regs_struct;

use super::{code::always_next, memory::Memory};
use crate::Step;

/// The next step after an instruction that is about to be executed; nothing for those that ask the kernel, raise, or do
/// anything rare.
pub(super) fn successor(
    instruction: &Instruction,
    registers: &user_regs_struct,
    memory: &Memory,
) -> Option<Step> {
    let (next, sp) = (instruction.next_ip(), registers.rsp);
    match instruction.flow_control() {
        FlowControl::Next | FlowControl::UnconditionalBranch => {
            always_next(instruction).map(|(pc, moved)| Step { pc, sp: sp.wrapping_add_signed(moved) })
        }
        FlowControl::ConditionalBranch if instruction.is_jcc_short_or_near() => {
            let is_taken = holds(instruction.condition_code(), registers.eflags)?;
            Some(Step { pc: if is_taken { instruction.near_branch_target() } else { next }, sp })
        }
        FlowControl::Call if instruction.is_call_near() => {
            Some(Step { pc: instruction.near_branch_target(), sp: sp.wrapping_sub(8) })
        }
        FlowControl::IndirectCall if instruction.is_call_near_indirect() => {
            Some(Step { pc: target(instruction, registers, memory)?, sp: sp.wrapping_sub(8) })
        }
        FlowControl::IndirectBranch if instruction.is_jmp_near_indirect() => {
            Some(Step { pc: target(instruction, registers, memory)?, sp })
        }
        FlowControl::Return if instruction.code() == iced_x86::Code::Retnq => {
            Some(Step { pc: memory.word(sp)?, sp: sp.wrapping_add(8) })
        }
        _ => None,
    }
}

/// The address that an indirect branch takes from a register or from memory.
fn target(instruction: &Instruction, registers: &user_regs_struct, memory: &Memory) -> Option<u64> {
    match instruction.op0_kind() {
        OpKind::Register => value(instruction.op0_register(), registers),
        OpKind::Memory => {
            memory.word(instruction.virtual_address(0, 0, |register, _, _| value(register, registers))?)
        }
        _ => None,
    }
}

fn value(register: Register, registers: &user_regs_struct) -> Option<u64> {
    Some(match register {
        Register::RAX => registers.rax,
        Register::RBX => registers.rbx,
        Register::RCX => registers.rcx,
        Register::RDX => registers.rdx,
        Register::RSI => registers.rsi,
        Register::RDI => registers.rdi,
        Register::RBP => registers.rbp,
        Register::RSP => registers.rsp,
        Register::R8 => registers.r8,
        Register::R9 => registers.r9,
        Register::R10 => registers.r10,
        Register::R11 => registers.r11,
        Register::R12 => registers.r12,
        Register::R13 => registers.r13,
        Register::R14 => registers.r14,
        Register::R15 => registers.r15,
        // What a segment is added for; all others begin at zero in 64-bit code.
        Register::FS => registers.fs_base,
        Register::GS => registers.gs_base,
        Register::CS | Register::DS | Register::ES | Register::SS => 0,
        _ => return None,
    })
}

fn holds(condition: ConditionCode, flags: u64) -> Option<bool> {
    let flag = |bit: u32| flags >> bit & 1 == 1;
    let (carry, parity, zero, sign, overflow) = (flag(0), flag(2), flag(6), flag(7), flag(11));
    Some(match condition {
        ConditionCode::o => overflow,
        ConditionCode::no => !overflow,
        ConditionCode::b => carry,
        ConditionCode::ae => !carry,
        ConditionCode::e => zero,
        ConditionCode::ne => !zero,
        ConditionCode::be => carry || zero,
        ConditionCode::a => !carry && !zero,
        ConditionCode::s => sign,
        ConditionCode::ns => !sign,
        ConditionCode::p => parity,
        ConditionCode::np => !parity,
        ConditionCode::l => sign != overflow,
        ConditionCode::ge => sign == overflow,
        ConditionCode::le => zero || sign != overflow,
        ConditionCode::g => !zero && sign == overflow,
        ConditionCode::None => return None,
    })
}
