//! Debug information: functions, what is inlined into them, their sources, and the labels of bytecodes.

use std::{borrow::Cow, cell::RefCell, collections::HashMap, rc::Rc};

use addr2line::{
    Context,
    gimli::{self, AttributeValue, DebugInfoOffset, Dwarf, EndianSlice, LittleEndian, Unit, UnitOffset},
};
use object::{Object, ObjectSection, read::elf::ElfFile64};

use super::inflated::Inflated;

type Slice<'a> = EndianSlice<'a, LittleEndian>;

/// The debug information of one binary.
pub(super) struct DebugInfo<'a> {
    context: Context<Slice<'a>>,
    sections: Dwarf<Slice<'a>>,
    units: RefCell<HashMap<usize, Rc<Unit<Slice<'a>>>>>,
    declarations: RefCell<HashMap<usize, Rc<Declaration>>>,
}

/// A function at an address, as debug information tells it.
pub(super) struct DebugFrame {
    /// Where its entry is: the same for all addresses of one compiled function.
    pub entry: usize,
    /// The linker's name, or the source's where there is none.
    pub symbol: String,
    /// Where it is declared.
    pub declaration: Rc<Declaration>,
    /// Which line of which file the address, or the call of the frame inside of this one, comes from.
    pub file: Option<String>,
    pub line: Option<u32>,
}

/// Where a function is declared.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Declaration {
    /// The folder in which the compiler ran.
    pub folder: String,
    pub file: Option<String>,
    pub line: Option<u32>,
}

impl<'a> DebugInfo<'a> {
    /// Nothing if the binary has none.
    pub(super) fn of(file: &ElfFile64<'a>, inflated: &'a Inflated) -> Option<Self> {
        let section = |id: gimli::SectionId| -> Result<Slice<'a>, gimli::Error> {
            let compressed = || inflated.get(id.name()).map(Vec::as_slice);
            let plain = || match file.section_by_name(id.name())?.uncompressed_data() {
                Ok(Cow::Borrowed(data)) => Some(data),
                _ => None,
            };
            Ok(EndianSlice::new(compressed().or_else(plain).unwrap_or_default(), LittleEndian))
        };
        if section(gimli::SectionId::DebugInfo).is_ok_and(|section| section.is_empty()) {
            return None;
        }
        let sections = Dwarf::load(section).ok()?;
        let context = Context::from_dwarf(Dwarf::load(section).ok()?).ok()?;
        Some(Self { context, sections, units: RefCell::default(), declarations: RefCell::default() })
    }

    /// The function at an address of the file and what is inlined into it there, outermost first.
    pub(super) fn frames(&self, address: u64) -> Option<Vec<DebugFrame>> {
        let unit = self.context.find_dwarf_and_unit(address).skip_all_loads()?.header.debug_info_offset()?.0;
        let mut found = self.context.find_frames(address).skip_all_loads().ok()?;
        let mut frames = Vec::new();
        while let Some(frame) = found.next().ok()? {
            let entry = unit + frame.dw_die_offset?.0;
            let (file, line) = frame.location.map_or((None, None), |location| (location.file, location.line));
            frames.push(DebugFrame {
                entry,
                symbol: frame.function?.raw_name().ok()?.into_owned(),
                declaration: self.declaration(unit, entry),
                file: file.map(str::to_owned),
                line,
            });
        }
        frames.reverse();
        (!frames.is_empty()).then_some(frames)
    }

    /// The labels inside of a function whose name begins so, with their addresses in the file.
    pub(super) fn labels(&self, address: u64, prefix: &str) -> Vec<(u64, String)> {
        self.labels_or_error(address, prefix).unwrap_or_default()
    }

    /// Which compilers made the binary, in the words of each.
    pub(super) fn producers(&self) -> Vec<String> {
        let mut producers: Vec<String> = Vec::new();
        let mut headers = self.sections.units();
        while let Ok(Some(header)) = headers.next() {
            let Ok(unit) = self.sections.unit(header) else { continue };
            let mut entries = unit.entries();
            let Ok(Some(root)) = entries.next_dfs() else { continue };
            let value = root.attr_value(gimli::DW_AT_producer);
            let text = value.and_then(|value| self.sections.attr_string(&unit, value).ok());
            let text = text.map(|text| text.to_string_lossy().into_owned());
            producers.extend(text.filter(|text| !producers.contains(text)));
        }
        producers
    }

    fn labels_or_error(&self, address: u64, prefix: &str) -> Result<Vec<(u64, String)>, gimli::Error> {
        let mut labels = Vec::new();
        let Some(function) = self.frames(address).and_then(|frames| frames.into_iter().next()) else {
            return Ok(labels);
        };
        let Some(unit) = self.unit_around(function.entry) else { return Ok(labels) };
        let start = UnitOffset(function.entry - unit_start(&unit));
        let mut entries = unit.entries_at_offset(start)?;
        let Some(depth) = entries.next_dfs()?.map(|entry| entry.depth()) else { return Ok(labels) };
        while let Some(entry) = entries.next_dfs()? {
            if entry.depth() <= depth {
                break;
            }
            if entry.tag() != gimli::DW_TAG_label {
                continue;
            }
            let Some(low) = entry.attr_value(gimli::DW_AT_low_pc) else { continue };
            let Some(address) = self.sections.attr_address(&unit, low)? else { continue };
            let place = unit_start(&unit) + entry.offset().0;
            let name = self.attribute(place, gimli::DW_AT_name, |unit, value| {
                Some(self.sections.attr_string(unit, value).ok()?.to_string_lossy().into_owned())
            });
            labels.extend(name.and_then(|name| Some((address, name.strip_prefix(prefix)?.to_owned()))));
        }
        Ok(labels)
    }

    fn declaration(&self, unit: usize, entry: usize) -> Rc<Declaration> {
        if let Some(known) = self.declarations.borrow().get(&entry) {
            return Rc::clone(known);
        }
        let folder = self.unit(unit).and_then(|unit| Some(unit.comp_dir?.to_string_lossy().into_owned()));
        let file = self.attribute(entry, gimli::DW_AT_decl_file, |unit, value| self.file(unit, &value));
        let line = self.attribute(entry, gimli::DW_AT_decl_line, |_, value| value.udata_value());
        let line = line.and_then(|line| u32::try_from(line).ok());
        let declaration = Rc::new(Declaration { folder: folder.unwrap_or_default(), file, line });
        self.declarations.borrow_mut().insert(entry, Rc::clone(&declaration));
        declaration
    }

    /// An attribute of an entry, or of the one that it is an instance of.
    fn attribute<T>(
        &self,
        mut entry: usize,
        name: gimli::DwAt,
        read: impl Fn(&Unit<Slice<'a>>, AttributeValue<Slice<'a>>) -> Option<T>,
    ) -> Option<T> {
        // A concrete instance, its abstract one, the declaration inside of a class, and no circle.
        for _ in 0..4 {
            let unit = self.unit_around(entry)?;
            let start = unit_start(&unit);
            let found = unit.entry(UnitOffset(entry - start)).ok()?;
            if let Some(value) = found.attr_value(name) {
                return read(&unit, value);
            }
            let origin = found
                .attr_value(gimli::DW_AT_abstract_origin)
                .or_else(|| found.attr_value(gimli::DW_AT_specification));
            entry = match origin? {
                AttributeValue::UnitRef(offset) => start + offset.0,
                AttributeValue::DebugInfoRef(offset) => offset.0,
                _ => return None,
            };
        }
        None
    }

    fn file(&self, unit: &Unit<Slice<'a>>, index: &AttributeValue<Slice<'a>>) -> Option<String> {
        let AttributeValue::FileIndex(index) = *index else { return None };
        let header = unit.line_program.as_ref()?.header();
        let file = header.file(index)?;
        let text = |value| Some(self.sections.attr_string(unit, value).ok()?.to_string_lossy().into_owned());
        let folder = unit.comp_dir.map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default();
        let directory = file.directory(header).and_then(text).unwrap_or_default();
        Some(joined(&joined(&folder, &directory), &text(file.path_name())?))
    }

    fn unit_around(&self, entry: usize) -> Option<Rc<Unit<Slice<'a>>>> {
        let known = self.units.borrow().values().find(|unit| contains(unit, entry)).map(Rc::clone);
        if known.is_some() {
            return known;
        }
        let mut headers = self.sections.units();
        while let Some(header) = headers.next().ok()? {
            let start = header.debug_info_offset()?.0;
            if (start..start + header.length_including_self()).contains(&entry) {
                return self.unit(start);
            }
        }
        None
    }

    fn unit(&self, start: usize) -> Option<Rc<Unit<Slice<'a>>>> {
        if let Some(known) = self.units.borrow().get(&start) {
            return Some(Rc::clone(known));
        }
        let header = self.sections.debug_info.header_from_offset(DebugInfoOffset(start)).ok()?;
        let unit = Rc::new(self.sections.unit(header).ok()?);
        self.units.borrow_mut().insert(start, Rc::clone(&unit));
        Some(unit)
    }
}

fn contains(unit: &Unit<Slice<'_>>, entry: usize) -> bool {
    let start = unit_start(unit);
    (start..start + unit.header.length_including_self()).contains(&entry)
}

fn unit_start(unit: &Unit<Slice<'_>>) -> usize {
    unit.header.debug_info_offset().map_or(0, |offset| offset.0)
}

fn joined(folder: &str, path: &str) -> String {
    match (path.starts_with('/'), folder.is_empty(), path.is_empty()) {
        (true, _, _) | (_, true, _) => path.to_owned(),
        (_, _, true) => folder.to_owned(),
        _ => format!("{}/{path}", folder.trim_end_matches('/')),
    }
}
