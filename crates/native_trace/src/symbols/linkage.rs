//! Linkage tables: which function a stub of `.plt`, `.plt.sec`, `.plt.got` jumps to.

use std::collections::HashMap;

use object::{
    Endianness, Object, ObjectSection, ObjectSymbol, ObjectSymbolTable, RelocationTarget,
    read::elf::ElfFile64,
};

/// The linkage tables of one binary, in the file's own addresses.
pub(super) struct Linkage<'a> {
    sections: Vec<Stubs<'a>>,
    /// The function whose address is put into a slot.
    slots: HashMap<u64, &'a str>,
}

struct Stubs<'a> {
    start: u64,
    size: u64,
    bytes: &'a [u8],
}

impl<'a> Linkage<'a> {
    pub(super) fn of(file: &ElfFile64<'a>) -> Self {
        let stubs =
            file.sections().filter(|section| section.name().is_ok_and(|name| name.starts_with(".plt")));
        let sections = stubs.filter_map(|section| {
            let size = section.elf_section_header().sh_entsize.get(Endianness::Little).max(8);
            Some(Stubs { start: section.address(), size, bytes: section.data().ok()? })
        });
        Self { sections: sections.collect(), slots: slots(file) }
    }

    /// Where the stub begins and the function it jumps to, if the address is in a linkage table.
    pub(super) fn stub(&self, address: u64) -> Option<(u64, Option<&'a str>)> {
        let stubs = self.sections.iter().find(|stubs| stubs.contains(address))?;
        let start = stubs.start + (address - stubs.start) / stubs.size * stubs.size;
        let slot = stubs.slot(start);
        Some((start, slot.and_then(|slot| self.slots.get(&slot).copied())))
    }
}

impl Stubs<'_> {
    fn contains(&self, address: u64) -> bool {
        (self.start..self.start + self.bytes.len() as u64).contains(&address)
    }

    /// The address that is read by the stub's `jmp *offset(%rip)`, which may follow an `endbr64`.
    fn slot(&self, start: u64) -> Option<u64> {
        const JUMP: [u8; 2] = [0xff, 0x25];
        let stub = self.bytes.get((start - self.start) as usize..)?;
        let at = stub[..stub.len().min(8)].windows(2).position(|bytes| bytes == JUMP)?;
        let offset: [u8; 4] = stub.get(at + 2..at + 6)?.try_into().ok()?;
        let next = start + at as u64 + 6;
        Some(next.wrapping_add_signed(i64::from(i32::from_le_bytes(offset))))
    }
}

fn slots<'a>(file: &ElfFile64<'a>) -> HashMap<u64, &'a str> {
    let (Some(relocations), Some(symbols)) = (file.dynamic_relocations(), file.dynamic_symbol_table()) else {
        return HashMap::new();
    };
    let named = relocations.filter_map(|(slot, relocation)| {
        let RelocationTarget::Symbol(index) = relocation.target() else { return None };
        Some((slot, symbols.symbol_by_index(index).ok()?.name().ok()?))
    });
    named.filter(|(_, name)| !name.is_empty()).collect()
}
