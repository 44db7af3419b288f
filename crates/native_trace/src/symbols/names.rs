//! Names as people read them.

/// The function's name: demangled, without hashes, and without what the compiler appended to a part or a copy of it.
pub(super) fn readable(symbol: &str) -> String {
    let symbol = without_suffix(symbol);
    match rustc_demangle::try_demangle(symbol) {
        Ok(name) => format!("{name:#}"),
        Err(_) => symbol.to_owned(),
    }
}

/// Whether a symbol is the rarely executed part of a function, which the compiler moved away from it.
pub(super) fn is_cold_part(symbol: &str) -> bool {
    symbol.contains(".cold")
}

/// Whether the symbol's name was made by rustc.
pub(super) fn is_rust(symbol: &str) -> bool {
    rustc_demangle::try_demangle(without_suffix(symbol)).is_ok()
}

pub(super) fn without_suffix(symbol: &str) -> &str {
    // What GCC and LLVM append to the names of parts and copies.
    const SUFFIXES: [&str; 6] = [".cold", ".part.", ".constprop.", ".isra.", ".lto_priv.", ".llvm."];
    let ends = SUFFIXES.iter().filter_map(|suffix| symbol.find(suffix));
    // Names of versions: `memcpy@@GLIBC_2.14`.
    let end = ends.chain(symbol.find('@')).filter(|&at| at > 0).min();
    &symbol[..end.unwrap_or(symbol.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(symbol: &str, expected: &str) {
        assert_eq!(readable(symbol), expected);
    }

    #[test]
    fn hashes_vanish() {
        check(
            "_ZN5rusty7add_one20__pyfunction_add_one17hba242052a2343744E",
            "rusty::add_one::__pyfunction_add_one",
        );
        check("_RNvCs15kBYyAo9fc_7mycrate7example", "mycrate::example");
    }

    #[test]
    fn parts_and_copies_have_the_name_of_their_function() {
        check("long_dealloc.cold", "long_dealloc");
        check("gc_collect_main.constprop.0.isra.0", "gc_collect_main");
        check("_PyEval_EvalFrameDefault.cold.12", "_PyEval_EvalFrameDefault");
        check("memcpy@@GLIBC_2.14", "memcpy");
        check(
            "_ZN5rusty7add_one20__pyfunction_add_one17hba242052a2343744E.llvm.123",
            "rusty::add_one::__pyfunction_add_one",
        );
    }

    #[test]
    fn a_plain_name_stays() {
        check("PyLong_FromLong", "PyLong_FromLong");
        check(".text", ".text");
    }
}
