//! What `make share-check` found to hold of a site. It counts for those very files and no others.

use std::{collections::BTreeMap, fs, io};

use anyhow::Context;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::project::Project;

/// The result of the checks, among what is built.
const FILE: &str = "share-check.json";

/// The page that reports the checks is no part of what they are of.
pub const REPORT: &str = "about.html";

/// The result of a run in which all checks passed.
#[derive(Debug, Deserialize)]
struct Passed {
    /// Digest of the files that were checked.
    site: String,
    /// What was found to hold, one sentence each.
    checked: Vec<String>,
}

/// What was found to hold of the site with this digest: nothing if another one was checked, or none.
///
/// # Errors
/// If the file of results is there and cannot be read.
pub fn checked(project: &Project, site: &str) -> anyhow::Result<Vec<String>> {
    let path = project.root.join(&project.layout.output).join(FILE);
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        text => text.with_context(|| format!("{} cannot be read", path.display()))?,
    };
    let passed: Passed = serde_json::from_str(&text)
        .with_context(|| format!("{} is not what `make share-check` writes; remove it", path.display()))?;
    Ok(if passed.site == site { passed.checked } else { Vec::new() })
}

/// A digest of the files as `sha256sum` would list them, sorted by path, so that others can make it, too.
pub fn digest(files: &BTreeMap<String, Vec<u8>>) -> String {
    let listed =
        files.iter().filter(|(path, _)| *path != REPORT).fold(Sha256::new(), |list, (path, bytes)| {
            list.chain_update(format!("{}  {path}\n", hexadecimal(&Sha256::digest(bytes))))
        });
    hexadecimal(&listed.finalize())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(text: &str) -> BTreeMap<String, Vec<u8>> {
        BTreeMap::from([
            ("about.html".to_owned(), text.into()),
            ("b/c.txt".to_owned(), b"c\n".to_vec()),
            ("b.txt".to_owned(), b"b\n".to_vec()),
        ])
    }

    #[test]
    fn the_digest_is_that_of_what_sha256sum_prints_without_the_report() {
        // printf 'b\n' > b.txt; printf 'c\n' > b/c.txt; sha256sum b.txt b/c.txt | sha256sum
        let expected = "3f74c54ed4e86a6929f02446e3b2d98caf4b650c005e8fe831bc043a0c0a98d3";
        assert_eq!(digest(&site("one")), expected);
        assert_eq!(digest(&site("other")), expected);
    }

    #[test]
    fn checks_of_other_files_say_nothing_of_these() {
        let project = tempfile::tempdir().unwrap();
        let root = project.path().join("dist");
        let project = Project::open(project.path(), "python3".as_ref()).unwrap();
        assert!(checked(&project, "a").unwrap().is_empty());
        fs::create_dir(&root).unwrap();
        fs::write(root.join(FILE), r#"{"site": "a", "checked": ["Links lead somewhere."]}"#).unwrap();
        assert_eq!(checked(&project, "a").unwrap(), ["Links lead somewhere."]);
        assert!(checked(&project, "b").unwrap().is_empty());
        fs::write(root.join(FILE), "{}").unwrap();
        assert!(format!("{:#}", checked(&project, "a").unwrap_err()).contains("remove it"));
    }
}
