//! Tells Python objects from other words, and reads what can be read of them without running any code.
//!
//! Layouts are those of CPython 3.11 to 3.14 with a global interpreter lock (`Include/object.h`, `cpython/object.h`,
//! `cpython/longintrepr.h`).

use std::collections::HashMap;

use super::memory::Memory;
use crate::ObjectReading;

/// Knows the objects of one interpreter.
pub(super) struct Objects {
    /// Address of `PyType_Type`, the type of types, which is its own type.
    type_of_types: u64,
    /// `sys.hexversion`.
    hexversion: u32,
    /// Names of the types met so far; nothing for what turned out to be no type.
    types: HashMap<u64, Option<String>>,
}

/// Offset of `ob_type` in every object.
const TYPE: u64 = 8;
/// Offsets in a type object.
const TP_NAME: u64 = 24;
const TP_FLAGS: u64 = 168;
/// `Py_TPFLAGS_TYPE_SUBCLASS`: instances of the type are types themselves.
const TYPE_SUBCLASS: u64 = 1 << 31;

const PYTHON_3_12: u32 = 0x030c_0000;

impl Objects {
    pub(super) fn new(type_of_types: u64, hexversion: u32) -> Self {
        Self { type_of_types, hexversion, types: HashMap::new() }
    }

    /// The object at an address; nothing if there is none.
    pub(super) fn at(&mut self, address: u64, memory: &Memory) -> Option<ObjectReading> {
        // The first page is never mapped, objects are aligned, and user space is the lower half.
        if address < 0x1000 || !address.is_multiple_of(8) || address >> 47 != 0 {
            return None;
        }
        let [count, type_address, size, digit] = memory.words(address)?;
        let references = self.references(count)?;
        let type_name = self.type_name(type_address, memory)?;
        let value = self.value(&type_name, size, digit);
        Some(ObjectReading { address, type_name, references, value })
    }

    /// How many values a tuple has.
    pub(super) fn tuple_length(&mut self, address: u64, memory: &Memory) -> Option<u64> {
        let object = self.at(address, memory)?;
        if object.type_name != "tuple" {
            return None;
        }
        let [_, _, size] = memory.words(address)?;
        Some(size)
    }

    /// The count, or that it is immortal; nothing for a count that no living object has.
    fn references(&self, count: u64) -> Option<Option<u64>> {
        if self.hexversion < PYTHON_3_12 {
            return (1..1 << 32).contains(&count).then_some(Some(count));
        }
        // From 3.12 on the lower half counts, and immortal objects have its sign bit set.
        let count = (count & 0xffff_ffff) as u32;
        match count {
            0 => None,
            _ if count.cast_signed() < 0 => Some(None),
            _ => Some(Some(count.into())),
        }
    }

    fn type_name(&mut self, address: u64, memory: &Memory) -> Option<String> {
        if let Some(known) = self.types.get(&address) {
            return known.clone();
        }
        let name =
            self.is_type(address, memory).then(|| memory.text(memory.word(address + TP_NAME)?)).flatten();
        self.types.insert(address, name.clone());
        name
    }

    /// A type's own type is `type`, or a metaclass, whose type is `type` in turn.
    fn is_type(&self, address: u64, memory: &Memory) -> bool {
        let word = |at: u64| memory.word(at).unwrap_or(0);
        if address < 0x1000 || !address.is_multiple_of(8) || address >> 47 != 0 {
            return false;
        }
        let metatype = word(address + TYPE);
        metatype == self.type_of_types
            || (metatype != 0
                && word(metatype.wrapping_add(TYPE)) == self.type_of_types
                && word(metatype.wrapping_add(TP_FLAGS)) & TYPE_SUBCLASS != 0)
    }

    fn value(&self, type_name: &str, size: u64, digit: u64) -> Option<String> {
        match type_name {
            "NoneType" => Some("None".into()),
            "int" => self.small_int(size, digit).map(|value| value.to_string()),
            "bool" => {
                self.small_int(size, digit).map(|value| if value == 0 { "False" } else { "True" }.into())
            }
            _ => None,
        }
    }

    /// An int of at most one digit of 30 bits. Up to 3.11 the sign is that of the number of digits; from 3.12 on the two
    /// lowest bits of a tag are the sign (0, 1 for zero, 2 for minus) and the number of digits begins at the fourth.
    fn small_int(&self, size: u64, digit: u64) -> Option<i64> {
        let digit = i64::from((digit & 0xffff_ffff) as u32);
        let (digits, is_negative) = if self.hexversion < PYTHON_3_12 {
            (size.cast_signed().unsigned_abs(), size.cast_signed() < 0)
        } else if size & 3 == 1 {
            (0, false)
        } else {
            (size >> 3, size & 3 == 2)
        };
        match digits {
            0 => Some(0),
            1 => Some(if is_negative { -digit } else { digit }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_int(hexversion: u32, size: i64, digit: u64, expected: Option<i64>) {
        assert_eq!(Objects::new(0, hexversion).small_int(size.cast_unsigned(), digit), expected);
    }

    #[test]
    fn ints_of_one_digit_have_a_value() {
        check_int(0x030b_07f0, 1, 41, Some(41));
        check_int(0x030b_07f0, -1, 41, Some(-41));
        check_int(0x030b_07f0, 0, 99, Some(0));
        check_int(0x030b_07f0, 2, 41, None);
        check_int(0x030d_00f0, 1 << 3, 41, Some(41));
        check_int(0x030d_00f0, 1 << 3 | 2, 41, Some(-41));
        check_int(0x030d_00f0, 1, 99, Some(0));
        check_int(0x030d_00f0, 2 << 3, 41, None);
    }

    #[test]
    fn a_count_tells_the_living_the_immortal_and_the_rest() {
        let old = Objects::new(0, 0x030b_07f0);
        assert_eq!(
            [old.references(3), old.references(0), old.references(1 << 40)],
            [Some(Some(3)), None, None]
        );
        let new = Objects::new(0, 0x030d_00f0);
        assert_eq!(
            [new.references(3), new.references(0), new.references(0xffff_ffff)],
            [Some(Some(3)), None, Some(None)]
        );
    }
}
