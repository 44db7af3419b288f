//! What the traced process has in its memory.

use std::{fs::File, os::unix::fs::FileExt};

use nix::unistd::Pid;

use crate::StepError;

/// The memory of a process that stands still. Reading an address where nothing is mapped gives nothing.
pub(super) struct Memory(File);

impl Memory {
    pub(super) fn open(pid: Pid) -> Result<Self, StepError> {
        let file = File::open(format!("/proc/{pid}/mem"));
        file.map(Self).map_err(StepError::system("opening the memory of the traced process"))
    }

    /// So many bytes.
    pub(super) fn bytes<const N: usize>(&self, address: u64) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        self.0.read_exact_at(&mut bytes, address).ok()?;
        Some(bytes)
    }

    /// As many bytes as there are, with their number, which is not 0.
    pub(super) fn at_most<const N: usize>(&self, address: u64) -> Option<([u8; N], usize)> {
        let mut bytes = [0; N];
        let read = self.0.read_at(&mut bytes, address).ok()?;
        (read > 0).then_some((bytes, read))
    }

    /// One 64-bit word.
    pub(super) fn word(&self, address: u64) -> Option<u64> {
        self.words::<1>(address).map(|[word]| word)
    }

    /// So many 64-bit words, from the address on.
    pub(super) fn words<const N: usize>(&self, address: u64) -> Option<[u64; N]> {
        let mut bytes = [[0; 8]; N];
        self.0.read_exact_at(bytes.as_flattened_mut(), address).ok()?;
        Some(bytes.map(u64::from_le_bytes))
    }

    /// A text that ends with a zero byte, of at most 64 bytes before it.
    pub(super) fn text(&self, address: u64) -> Option<String> {
        // It may lie at the end of what is mapped.
        let (bytes, read) = self.at_most::<65>(address)?;
        let end = bytes[..read].iter().position(|byte| *byte == 0)?;
        String::from_utf8(bytes[..end].to_vec()).ok()
    }
}
