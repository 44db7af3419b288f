//! Reads binaries: the only place of the fold that touches files.

use std::{fs, path::Path};

/// The file's bytes; none if it is none (`[vdso]`) or is gone. Then the module is one without symbols, no failure.
pub(super) fn bytes(path: &Path) -> Option<Vec<u8>> {
    path.is_absolute().then(|| fs::read(path).ok()).flatten()
}
