//! Which files are mapped into the traced process, and where.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use nix::unistd::Pid;
use object::{Object, ObjectSegment, ObjectSymbol, ReadCache};

use crate::{Module, StepError};

/// Everything mapped with code in it, in the order of addresses.
pub(super) fn mapped(pid: Pid) -> Result<Vec<Module>, StepError> {
    let maps = fs::read_to_string(format!("/proc/{pid}/maps"));
    let maps = maps.map_err(StepError::system("reading what is mapped into the traced process"))?;
    let mut modules: Vec<(Module, bool)> = Vec::new();
    for (range, permissions, path) in maps.lines().filter_map(area) {
        let runs = permissions.contains('x');
        match modules.last_mut() {
            Some((module, any_runs)) if module.path == path => {
                module.range.1 = range.1;
                *any_runs |= runs;
            }
            _ => modules.push((Module { path, bias: 0, range }, runs)),
        }
    }
    let mut modules: Vec<_> =
        modules.into_iter().filter(|(_, runs)| *runs).map(|(module, _)| module).collect();
    for module in &mut modules {
        module.bias = bias(module);
    }
    Ok(modules)
}

/// Where a symbol that the interpreter exports is in the process.
pub(super) fn exported(modules: &[Module], program: &Path, symbol: &str) -> Option<u64> {
    let library = |module: &&Module| file_name(&module.path).starts_with("libpython");
    let candidates = modules.iter().filter(|module| module.path == program || library(module));
    candidates.filter_map(|module| Some(module.bias.wrapping_add(address_of(symbol, &module.path)?))).next()
}

/// The C library, its kin and the dynamic loader: what they get is bytes, not objects.
pub(super) fn is_of_the_system(module: &Module) -> bool {
    const PREFIXES: [&str; 8] = ["[", "libc.", "libc-", "libm.", "libm-", "libgcc_s", "libpthread", "ld-"];
    let name = file_name(&module.path);
    PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

fn file_name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// One line of `/proc/<pid>/maps` with a name: `from-to permissions offset device inode name`.
fn area(line: &str) -> Option<((u64, u64), &str, PathBuf)> {
    let mut rest = line;
    let mut field = || {
        let (field, after) = rest.split_once(' ')?;
        rest = after.trim_start();
        Some(field)
    };
    let (range, permissions) = (field()?, field()?);
    for _ in ["offset", "device", "inode"] {
        field()?;
    }
    let (from, to) = range.split_once('-')?;
    let number = |text| u64::from_str_radix(text, 16).ok();
    (!rest.is_empty()).then(|| Some(((number(from)?, number(to)?), permissions, PathBuf::from(rest))))?
}

/// What is added to the file's addresses: the lowest of them is mapped at the beginning, down to a whole page.
fn bias(module: &Module) -> u64 {
    const PAGE: u64 = 4096;
    let lowest = File::open(&module.path).ok().and_then(|file| {
        let cache = ReadCache::new(file);
        let elf = object::File::parse(&cache).ok()?;
        elf.segments().map(|segment| segment.address()).min()
    });
    module.range.0.wrapping_sub(lowest.unwrap_or(0) / PAGE * PAGE)
}

fn address_of(symbol: &str, file: &Path) -> Option<u64> {
    let cache = ReadCache::new(File::open(file).ok()?);
    let elf = object::File::parse(&cache).ok()?;
    elf.dynamic_symbols().find(|found| found.name() == Ok(symbol)).map(|found| found.address())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_a_name_is_an_area() {
        let line = "7ffff7c00000-7ffff7c28000 r-xp 00001000 08:01 1234    /usr/lib/a folder/libc.so.6";
        let path = PathBuf::from("/usr/lib/a folder/libc.so.6");
        assert_eq!(area(line), Some(((0x7fff_f7c0_0000, 0x7fff_f7c2_8000), "r-xp", path)));
        assert_eq!(area("7ffff7c00000-7ffff7c28000 rw-p 00000000 00:00 0 "), None);
    }
}
