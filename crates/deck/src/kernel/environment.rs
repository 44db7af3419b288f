//! The environment of a cell is data: the same on every machine but for what programs need to be found.

use std::{collections::BTreeMap, ffi::OsString};

/// What every cell finds, whatever the server was started with.
const FIXED: &[(&str, &str)] = &[
    ("PYTHONHASHSEED", "0"),
    // The project's own files are imported from where they are edited: nothing is left beside them.
    ("PYTHONDONTWRITEBYTECODE", "1"),
    ("RUST_BACKTRACE", "0"),
    ("LC_ALL", "C.UTF-8"),
    ("LANG", "C.UTF-8"),
    ("TZ", "UTC"),
    ("TERM", "dumb"),
    ("NO_COLOR", "1"),
    ("COLUMNS", "80"),
    ("LINES", "24"),
];

/// What the zygote needs to start cleanly and takes out of its environment again.
const START_ONLY: &[(&str, &str)] = &[("PYTHONSAFEPATH", "1"), ("PYTHONUTF8", "1")];

/// What is passed on where it is set: how programs, libraries and the user's files are found. All else
/// stays out, so that no setting changes an output and no secret gets onto the screen.
const KEPT: &[&str] = &[
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "XDG_RUNTIME_DIR",
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "PYENV_ROOT",
    "PYENV_VERSION",
    "ASDF_DIR",
    "ASDF_DATA_DIR",
    "CARGO_HOME",
    "RUSTUP_HOME",
    "RUSTUP_TOOLCHAIN",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "NIX_LD",
    "NIX_LD_LIBRARY_PATH",
];

/// Stays in the environment of every process that comes from one zygote, so that strays can be found.
pub(super) const MARK: &str = "DECK_KERNEL";

/// What every cell finds, wherever it runs.
pub fn of_cells() -> BTreeMap<String, String> {
    FIXED.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The whole environment of a zygote whose processes carry `mark`.
pub(super) fn of_zygote(mark: &str) -> Vec<(OsString, OsString)> {
    let kept = KEPT.iter().filter_map(|name| Some((OsString::from(name), std::env::var_os(name)?)));
    let fixed = FIXED.iter().chain(START_ONLY).map(|(name, value)| (name.into(), value.into()));
    kept.chain(fixed).chain([(MARK.into(), mark.into())]).collect()
}
