//! What is said when the disk refuses.

use std::{io, path::Path};

/// Says that a file or folder was not written, and what helps; `again` is the command to repeat then. Everything is written
/// whole or not at all, so what was there before stays.
pub fn not_written(path: &Path, error: &io::Error, again: &str) -> anyhow::Error {
    let path = path.display();
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => anyhow::anyhow!(
            "{path} was not written: the disk is full. What was there before stays; free some space, then run `{again}` again"
        ),
        _ => anyhow::anyhow!("{path} was not written: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_has_a_next_step_and_other_faults_keep_their_words() {
        let said =
            |kind: io::ErrorKind| not_written(Path::new("dist"), &kind.into(), "deck build").to_string();
        assert!(said(io::ErrorKind::StorageFull).ends_with("free some space, then run `deck build` again"));
        assert_eq!(said(io::ErrorKind::PermissionDenied), "dist was not written: permission denied");
    }
}
