//! Names for addresses: which function an instruction belongs to, through which inlined ones, and whose code it is.
//!
//! What a binary says is used best first: debug information, its table of symbols, its exported names, the frames that
//! unwinding needs. Counts and the shape of the tree never depend on which of them there is.

mod binary;
mod branch;
mod dwarf;
mod inflated;
mod language;
mod linkage;
mod load;
mod names;
mod paths;
mod table;

pub use paths::Remapping;

pub(crate) use branch::Branch;
pub(crate) use table::SymbolTable;

use crate::Function;

/// What the call tree asks about addresses.
pub(crate) trait Symbols {
    /// Where the instruction is in the sources.
    fn place(&self, pc: u64) -> &Place;
    /// A function that a place names.
    fn function(&self, index: u32) -> &Function;
    /// The bytecode that begins at this instruction.
    fn opcode(&self, pc: u64) -> Option<&str>;
    /// Whether the instruction, in the interpreter, decides where to go on.
    fn branch(&self, pc: u64) -> Option<Branch>;
}

/// Where an instruction is in the sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Which compiled function it is part of: two with one name differ here, and the cold part of one does not.
    pub body: u32,
    /// The function, then what is inlined into it, each into the one before. Never empty.
    pub frames: Vec<Frame>,
}

/// One function of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Index of the function.
    pub function: u32,
    /// The line of the function's file that the instruction comes from, or the call of the next frame.
    pub line: Option<u32>,
}
