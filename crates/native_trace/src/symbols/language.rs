//! Whose code a function is: rules as data.

use crate::Language::{self, Cpython, Crate, Libc, Loader, Macro, Native, Pyo3, Std, Unknown, User};

/// Which kind of module a file is, by the beginning of its name. What no row names is an extension.
const MODULES: [(&str, Language); 15] = [
    ("ld-", Loader),
    ("libc.", Libc),
    ("libc-", Libc),
    ("libm.", Libc),
    ("libm-", Libc),
    ("libgcc_s", Libc),
    ("libstdc++", Libc),
    ("libpthread", Libc),
    ("libdl", Libc),
    ("librt", Libc),
    ("libutil", Libc),
    ("[vdso]", Libc),
    ("[", Unknown),
    ("libpython", Cpython),
    ("python", Cpython),
];

/// Whose code a source file in an extension holds, by a part of its path; the first row that fits.
const SOURCES: [(&str, Language); 6] = [
    ("/rustlib/src/rust/library/", Std),
    ("/rustc/", Std),
    ("/pyo3", Pyo3),
    ("/registry/src/", Crate),
    ("/git/checkouts/", Crate),
    (".rs", User),
];

/// Whose code a Rust function is where sources are not known, by the first part of its name.
const CRATES: [(&str, Language); 10] = [
    ("__rustc", Std),
    ("core", Std),
    ("alloc", Std),
    ("std", Std),
    ("compiler_builtins", Std),
    ("panic_unwind", Std),
    ("hashbrown", Std),
    ("gimli", Std),
    ("addr2line", Std),
    ("pyo3", Pyo3),
];

/// What PyO3's macros call the functions that they write into the author's crate.
const MACRO_NAMES: [&str; 6] =
    ["__pyfunction_", "__pymethod_", "__pyo3_", "MakeDef", "_PYO3_DEF", "PyClassImpl"];

/// What rustc itself names without a crate.
const RUNTIME: [&str; 5] = ["__rust_", "__rustc::", "rust_begin_unwind", "rust_panic", "rust_eh_personality"];

/// What is known about a function when it is judged.
pub(super) struct Evidence<'a> {
    /// The file's name of its module.
    pub module: &'a str,
    /// Whether the module belongs to the interpreter's own library (`lib-dynload`).
    pub bundled: bool,
    /// The path of its source file, as the compiler wrote it.
    pub source: Option<&'a str>,
    /// Its readable name.
    pub name: &'a str,
    /// Whether rustc made the name.
    pub rust: bool,
}

/// Whose code it is.
pub(super) fn language(evidence: &Evidence) -> Language {
    match module_language(evidence) {
        Some(language) => language,
        None => in_extension(evidence),
    }
}

/// Whose code a module is, if all of it is one's.
pub(super) fn module_language(evidence: &Evidence) -> Option<Language> {
    if evidence.bundled {
        return Some(Cpython);
    }
    MODULES.iter().find(|(start, _)| evidence.module.starts_with(start)).map(|(_, language)| *language)
}

fn in_extension(evidence: &Evidence) -> Language {
    if RUNTIME.iter().any(|start| evidence.name.starts_with(start)) {
        return Std;
    }
    let first = first_crate(evidence.name);
    let generated = MACRO_NAMES.iter().any(|part| evidence.name.contains(part));
    if evidence.rust
        && generated
        && !first.starts_with("pyo3")
        && !CRATES.iter().any(|(name, _)| *name == first)
    {
        // Their sources are said to be in PyO3, because most of their tokens come from there.
        return Macro;
    }
    let by_source = evidence.source.map(|path| {
        let path = format!("/{path}");
        SOURCES.iter().find(|(part, _)| path.contains(part)).map_or(Native, |(_, language)| *language)
    });
    by_source.unwrap_or_else(|| by_name(evidence))
}

fn by_name(evidence: &Evidence) -> Language {
    if !evidence.rust {
        return Native;
    }
    let first = first_crate(evidence.name);
    let own = evidence.module.trim_start_matches("lib").split(['.', '-']).next().unwrap_or_default();
    match CRATES.iter().find(|(name, _)| *name == first) {
        Some((_, language)) => *language,
        None if first.starts_with("pyo3") => Pyo3,
        // `_native.abi3.so` holds the crate `native`.
        None if first.trim_matches('_') == own.trim_matches('_') => User,
        None => Crate,
    }
}

/// `rusty` of `rusty::add_one` and of `<rusty::Counter as core::ops::Add>::add`.
fn first_crate(name: &str) -> &str {
    let name = name.trim_start_matches(['<', '&', '*', '(']);
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    &name[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(module: &str, source: Option<&str>, name: &str, expected: Language) {
        let evidence = Evidence { module, bundled: false, source, name, rust: name.contains("::") };
        assert_eq!(language(&evidence), expected, "{module} {source:?} {name}");
    }

    const OURS: &str = "rusty.cpython-313-x86_64-linux-gnu.so";

    #[test]
    fn modules_of_the_system_and_the_interpreter_are_one_language() {
        check("libpython3.13.so.1.0", Some("/src/Python/ceval.c"), "_PyEval_EvalFrameDefault", Cpython);
        check("python3.11", None, "python3.11+0x1234", Cpython);
        check("libc.so.6", None, "memcpy", Libc);
        check("ld-linux-x86-64.so.2", None, "__tls_get_addr", Loader);
    }

    #[test]
    fn the_source_decides_inside_an_extension() {
        let registry = "/home/me/.cargo/registry/src/index-1/";
        let trampoline = "pyo3::impl_::trampoline::fastcall_cfunction_with_keywords";
        check(OURS, Some(&format!("{registry}pyo3-0.30.1/src/impl_/trampoline.rs")), trampoline, Pyo3);
        check(OURS, Some(&format!("{registry}once_cell-1.21.3/src/lib.rs")), "once_cell::get", Crate);
        check(OURS, Some("/rustc/5980/library/core/src/num/mod.rs"), "core::num::add", Std);
        check(OURS, Some("/home/me/demo_crate/src/add_one.rs"), "rusty::add_one::add_one", User);
        check(
            OURS,
            Some("/home/me/demo_crate/src/add_one.rs"),
            "rusty::add_one::__pyfunction_add_one",
            Macro,
        );
        check(
            OURS,
            Some(&format!("{registry}pyo3-0.30.1/src/impl_/pymethods.rs")),
            "rusty::__pymethod_get__",
            Macro,
        );
        check("other.so", Some("/home/me/other.cpp"), "dispatcher", Native);
    }

    #[test]
    fn the_crate_decides_where_sources_are_not_known() {
        check(OURS, None, "rusty::add_one::add_one", User);
        check(OURS, None, "rusty::counter::Counter::__pymethod_get__", Macro);
        check(OURS, None, "<core::option::Option<T> as core::fmt::Debug>::fmt", Std);
        check(OURS, None, "pyo3::impl_::trampoline::trampoline", Pyo3);
        check(OURS, None, "once_cell::get", Crate);
        check(OURS, None, "__rust_try", Std);
        check(OURS, None, "cfunction", Native);
    }
}
