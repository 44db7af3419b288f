//! Source paths as they may be shown: none of them tells where somebody's files are.

/// Replacements for the beginnings of the sources' paths, for projects whose build does not say where they begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remapping(pub Vec<(String, String)>);

/// Where a path is cut: at the first marker that is in it, and what comes before is dropped.
const MARKERS: [(&str, Cut); 5] = [
    ("/registry/src/", Cut::AfterFolder),
    ("/git/checkouts/", Cut::AfterFolder),
    ("/rustlib/src/rust/library/", Cut::After),
    ("/rustc/", Cut::AfterLibrary),
    ("/library/std/src/", Cut::Keep),
];

/// Folders of CPython's sources.
const INTERPRETER: [&str; 6] = ["/Include/", "/Modules/", "/Objects/", "/Parser/", "/Programs/", "/Python/"];

enum Cut {
    After,
    AfterFolder,
    AfterLibrary,
    Keep,
}

impl Remapping {
    /// The path to show for a source file. `folder` is where the compiler ran.
    pub(super) fn shown(&self, path: &str, folder: &str, interpreter: bool) -> String {
        let path = normal(path);
        if let Some(shown) =
            self.0.iter().find_map(|(from, to)| Some(format!("{to}{}", path.strip_prefix(from)?)))
        {
            return shown;
        }
        if interpreter && let Some(at) = INTERPRETER.iter().filter_map(|part| path.rfind(part)).max() {
            return path[at + 1..].to_owned();
        }
        if let Some(shown) = MARKERS.iter().find_map(|(marker, cut)| cut.apply(&path, marker)) {
            return shown.to_owned();
        }
        within_project(&path, &normal(folder))
    }
}

impl Cut {
    fn apply<'a>(&self, path: &'a str, marker: &str) -> Option<&'a str> {
        let (_, rest) = path.split_once(marker)?;
        match self {
            Self::After => Some(rest),
            Self::AfterFolder => rest.split_once('/').map(|(_, rest)| rest),
            Self::AfterLibrary => rest.split_once("/library/").map(|(_, rest)| rest),
            Self::Keep => path.rfind(marker).map(|at| &path[at + "/library/".len()..]),
        }
    }
}

/// `demo_crate/src/add_one.rs` for a file below the folder in which the compiler ran; else the file's name alone.
fn within_project(path: &str, folder: &str) -> String {
    let project = folder.rsplit('/').next().unwrap_or_default();
    match path.strip_prefix(folder).filter(|_| !folder.is_empty()) {
        Some(rest) => format!("{project}{rest}"),
        None if !path.starts_with('/') => path.to_owned(),
        None => path.rsplit('/').next().unwrap_or_default().to_owned(),
    }
}

/// Without `.` and `..`.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." if parts.len() > 1 => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, folder: &str, interpreter: bool, expected: &str) {
        assert_eq!(Remapping::default().shown(path, folder, interpreter), expected);
    }

    #[test]
    fn crates_begin_at_their_name() {
        let path = "/home/me/.cargo/registry/src/index-1949cf8c6b5b557f/pyo3-0.30.1/src/impl_/trampoline.rs";
        check(path, "/home/me/demo_crate", false, "pyo3-0.30.1/src/impl_/trampoline.rs");
    }

    #[test]
    fn the_standard_library_begins_at_its_crate() {
        check("/rustc/59807616e1/library/core/src/ptr/mod.rs", "/home/me", false, "core/src/ptr/mod.rs");
        check("/opt/lib/rustlib/src/rust/library/std/src/panic.rs", "", false, "std/src/panic.rs");
    }

    #[test]
    fn the_interpreter_begins_at_its_folders() {
        check(
            "/tmp/build/Python-3.13.0/./Include/internal/pycore_long.h",
            "",
            true,
            "Include/internal/pycore_long.h",
        );
        check("/src/Python/3.13/Objects/longobject.c", "", true, "Objects/longobject.c");
    }

    #[test]
    fn a_project_begins_at_its_own_folder() {
        check(
            "/home/me/demo_crate/src/add_one.rs",
            "/home/me/demo_crate",
            false,
            "demo_crate/src/add_one.rs",
        );
    }

    #[test]
    fn no_other_path_is_shown() {
        check("/home/me/secret/file.c", "/home/me/demo_crate", false, "file.c");
        let to = Remapping(vec![("/home/me/secret/".into(), "public/".into())]);
        assert_eq!(to.shown("/home/me/secret/file.c", "", false), "public/file.c");
    }
}
