//! Which instructions decide where to go on, told by their first bytes.

/// A jump whose target is not fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Serialize, serde::Deserialize))]
pub(crate) enum Branch {
    /// It is taken or not.
    Condition,
    /// Its target is a value: in the interpreter's loop this is how one bytecode ends and the next begins.
    Dispatch,
}

/// The branch that an instruction is.
pub(super) fn branch(code: &[u8]) -> Option<Branch> {
    // Segment, repeat and operand-size prefixes, then REX, which change nothing about what the instruction is.
    let prefix = |byte: &u8| matches!(byte, 0x2e | 0x3e | 0x66 | 0xf2 | 0xf3 | 0x40..=0x4f);
    let start = code.iter().position(|byte| !prefix(byte))?;
    match code[start..] {
        [0x70..=0x7f, ..] | [0x0f, 0x80..=0x8f, ..] => Some(Branch::Condition),
        [0xff, operand, ..] if operand >> 3 & 7 == 4 => Some(Branch::Dispatch),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jumps_are_told_apart_from_calls_and_moves() {
        assert_eq!(branch(&[0x74, 0x05]), Some(Branch::Condition), "je");
        assert_eq!(branch(&[0x0f, 0x84, 0, 0, 0, 0]), Some(Branch::Condition), "je, far");
        assert_eq!(branch(&[0xff, 0xe0]), Some(Branch::Dispatch), "jmp *%rax");
        assert_eq!(branch(&[0x41, 0xff, 0x24, 0xc7]), Some(Branch::Dispatch), "jmp *(%r15,%rax,8)");
        assert_eq!(branch(&[0x3e, 0xff, 0xe0]), Some(Branch::Dispatch), "notrack jmp *%rax");
        assert_eq!(branch(&[0xff, 0xd0]), None, "call *%rax");
        assert_eq!(branch(&[0xff, 0x30]), None, "push (%rax)");
        assert_eq!(branch(&[0x48, 0x89, 0xe5]), None, "mov");
        assert_eq!(branch(&[0x48, 0x0f, 0x44, 0xc1]), None, "cmove");
        assert_eq!(branch(&[]), None);
    }
}
