//! One binary: everything that it says about its own addresses.

use std::collections::HashMap;

use addr2line::gimli::{BaseAddresses, EhFrame, LittleEndian, UnwindSection};
use object::{
    Endianness, Object, ObjectSection, ObjectSymbol, SectionKind, SymbolKind, read::elf::ElfFile64,
};

use super::{dwarf::DebugInfo, inflated::Inflated, linkage::Linkage, names};
use crate::SymbolLevel;

/// A parsed binary. All addresses are the file's own.
pub(super) struct Binary<'a> {
    pub debug: Option<DebugInfo<'a>>,
    pub linkage: Linkage<'a>,
    pub build_id: String,
    level: SymbolLevel,
    /// In the order of addresses.
    symbols: Vec<Symbol<'a>>,
    /// Begins and ends of what can be unwound, in order.
    frames: Vec<(u64, u64)>,
    /// Begins and bytes of the code.
    code: Vec<(u64, &'a [u8])>,
}

/// What a table of symbols says about an address.
pub(super) struct Symbol<'a> {
    pub start: u64,
    size: u64,
    pub name: &'a str,
}

impl<'a> Binary<'a> {
    /// Nothing if the bytes are no binary of this machine.
    pub(super) fn parse(bytes: &'a [u8], inflated: &'a Inflated) -> Option<Self> {
        let file = ElfFile64::<Endianness>::parse(bytes).ok()?;
        let debug = DebugInfo::of(&file, inflated);
        let (full, exported) = (symbols(file.symbols()), symbols(file.dynamic_symbols()));
        let level = match (&debug, full.is_empty(), exported.is_empty()) {
            (Some(_), ..) => SymbolLevel::Debug,
            (_, false, _) => SymbolLevel::Full,
            (_, _, false) => SymbolLevel::Exported,
            _ => SymbolLevel::None,
        };
        let build_id = file.build_id().ok().flatten().unwrap_or_default();
        Some(Self {
            debug,
            linkage: Linkage::of(&file),
            build_id: build_id.iter().map(|byte| format!("{byte:02x}")).collect(),
            level,
            symbols: in_order(full.into_iter().chain(exported).collect()),
            frames: unwindable(&file).unwrap_or_default(),
            code: code(&file),
        })
    }

    /// How much it says about its code.
    pub(super) fn level(&self) -> SymbolLevel {
        self.level
    }

    /// The symbol that an address belongs to.
    pub(super) fn symbol(&self, address: u64) -> Option<&Symbol<'a>> {
        let next = self.symbols.partition_point(|symbol| symbol.start <= address);
        let symbol = self.symbols[..next].last()?;
        // A symbol of hand-written assembly may say no size.
        (symbol.size == 0 || address < symbol.start + symbol.size).then_some(symbol)
    }

    /// Where the function that a cold part was cut from begins.
    pub(super) fn whole(&self, part: &Symbol<'a>) -> u64 {
        if !names::is_cold_part(part.name) {
            return part.start;
        }
        let name = part.name.split(".cold").next().unwrap_or_default();
        self.symbols.iter().find(|symbol| symbol.name == name).map_or(part.start, |symbol| symbol.start)
    }

    /// The code from an address on.
    pub(super) fn code(&self, address: u64) -> Option<&'a [u8]> {
        self.code
            .iter()
            .find_map(|(start, bytes)| bytes.get(usize::try_from(address.checked_sub(*start)?).ok()?..))
    }

    /// Where the function at an address begins, from what is needed for unwinding.
    pub(super) fn frame_start(&self, address: u64) -> Option<u64> {
        let next = self.frames.partition_point(|(start, _)| *start <= address);
        self.frames[..next].last().filter(|(_, end)| address < *end).map(|(start, _)| *start)
    }
}

fn symbols<'a, 'f>(table: impl Iterator<Item = impl ObjectSymbol<'a>> + 'f) -> Vec<Symbol<'a>>
where
    'a: 'f,
{
    let functions = table.filter(|symbol| symbol.kind() == SymbolKind::Text && symbol.is_definition());
    let named = functions.filter_map(|symbol| {
        Some(Symbol { start: symbol.address(), size: symbol.size(), name: symbol.name().ok()? })
    });
    named.filter(|symbol| !symbol.name.is_empty()).collect()
}

/// One symbol per address: several names for one function are usual, and which one is used must not depend on chance.
fn in_order(mut symbols: Vec<Symbol<'_>>) -> Vec<Symbol<'_>> {
    symbols.sort_by(|a, b| {
        (a.start, b.size, a.name.len(), a.name).cmp(&(b.start, a.size, b.name.len(), b.name))
    });
    symbols.dedup_by_key(|symbol| symbol.start);
    symbols
}

fn code<'a>(file: &ElfFile64<'a>) -> Vec<(u64, &'a [u8])> {
    let text = file.sections().filter(|section| section.kind() == SectionKind::Text);
    text.filter_map(|section| Some((section.address(), section.data().ok()?))).collect()
}

fn unwindable(file: &ElfFile64<'_>) -> Option<Vec<(u64, u64)>> {
    let section = file.section_by_name(".eh_frame")?;
    let text = file.section_by_name(".text").map_or(0, |text| text.address());
    let bases = BaseAddresses::default().set_eh_frame(section.address()).set_text(text);
    let unwinding = EhFrame::new(section.data().ok()?, LittleEndian);
    let mut known = HashMap::new();
    let mut entries = unwinding.entries(&bases);
    let mut frames = Vec::new();
    while let Ok(Some(entry)) = entries.next() {
        let addr2line::gimli::CieOrFde::Fde(partial) = entry else { continue };
        let parsed = partial.parse(|section, bases, offset| {
            known.entry(offset.0).or_insert_with(|| section.cie_from_offset(bases, offset)).clone()
        });
        let Ok(function) = parsed else { continue };
        frames.push((function.initial_address(), function.initial_address() + function.len()));
    }
    frames.sort_unstable();
    Some(frames)
}
