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

    /// So many 64-bit words, from the address on.
    pub(super) fn words<const N: usize>(&self, address: u64) -> Option<[u64; N]> {
        let mut words = [0; N];
        for (word, at) in words.iter_mut().zip((address..).step_by(8)) {
            *word = u64::from_le_bytes(self.bytes(at)?);
        }
        Some(words)
    }

    /// A text that ends with a zero byte, of at most 64 bytes before it.
    pub(super) fn text(&self, address: u64) -> Option<String> {
        let mut bytes = [0; 65];
        // The text may lie at the end of what is mapped: then fewer bytes can be read.
        let read = self.0.read_at(&mut bytes, address).ok()?;
        let end = bytes[..read].iter().position(|byte| *byte == 0)?;
        String::from_utf8(bytes[..end].to_vec()).ok()
    }
}
