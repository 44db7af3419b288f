//! Debug information that lies compressed in its binary.

use std::{borrow::Cow, collections::HashMap};

use object::{Object, ObjectSection, read::elf::ElfFile64};

/// Sections by name, as they were before they were compressed. They live beside the binary, which borrows from them.
pub(super) type Inflated = HashMap<String, Vec<u8>>;

/// The sections of a binary that are compressed; one that cannot be read is missing, as if the binary had none of it.
pub(super) fn inflated(bytes: &[u8]) -> Inflated {
    let Ok(file) = ElfFile64::<object::Endianness>::parse(bytes) else { return Inflated::new() };
    let compressed = file.sections().filter_map(|section| match section.uncompressed_data() {
        Ok(Cow::Owned(data)) => Some((section.name().ok()?.to_owned(), data)),
        _ => None,
    });
    compressed.collect()
}
