//! Rules of the crate that the compiler does not check.

use std::{fs, path::Path};

/// The stepper starts processes and reads memory; of all the rest, `symbols/load.rs` alone touches files.
#[test]
fn the_fold_touches_no_files() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = 0;
    check(&sources, &sources, &mut seen);
    assert!(seen > 15, "only {seen} files were checked");
}

fn check(root: &Path, folder: &Path, seen: &mut usize) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "stepper" {
            check(root, &path, seen);
        }
        let own = path.extension().is_some_and(|extension| extension == "rs") && name != "symbols/load.rs";
        if own {
            *seen += 1;
            let text = fs::read_to_string(&path).unwrap();
            for word in ["std::fs", "fs::", "File::", "std::process", "std::net", "std::env", "println!"] {
                assert!(!text.contains(word), "src/{name} uses {word}");
            }
        }
    }
}
