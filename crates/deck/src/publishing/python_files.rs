//! The files that a site holds so that cells run in the reader's browser: Pyodide, the demo crate, and sources.

use std::{collections::BTreeMap, fs, io, path::PathBuf};

use anyhow::{Context, bail, ensure};
use serde::Deserialize;

use crate::{
    kernel,
    project::Project,
    protocol::{PythonFile, PythonManifest, PythonRole, PythonSources},
};

/// Where the demo crate lies that was built for Pyodide.
pub const PYODIDE_WHEELS: &str = "target/demo/pyodide/wheel";

/// Pyodide's files. Its own list of packages is not among them: nothing shall be loaded from elsewhere.
const OF_PYODIDE: [(PythonRole, &str); 4] = [
    (PythonRole::Loader, "pyodide.mjs"),
    (PythonRole::Glue, "pyodide.asm.mjs"),
    (PythonRole::Interpreter, "pyodide.asm.wasm"),
    (PythonRole::Library, "python_stdlib.zip"),
];

/// All files below `python/` of a site, for the project.
///
/// # Errors
/// If Pyodide or the wheel is missing, with the command that gets it.
pub fn python_files(project: &Project) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let sources = python_sources(project)?;
    let (wheel, crate_itself) = pyodide_wheel(project)?;
    let mut parts = vec![
        (PythonRole::Wheel, wheel, crate_itself),
        (PythonRole::Sources, "sources.json".to_owned(), serde_json::to_vec(&sources)?),
    ];
    for (role, name) in OF_PYODIDE {
        parts.push((role, name.to_owned(), of_pyodide(project, name)?));
    }
    let files = parts.iter().map(|(role, path, bytes)| PythonFile {
        role: *role,
        path: path.clone(),
        bytes: bytes.len(),
    });
    let python = sources.info.get("python").cloned().unwrap_or_default();
    let manifest = PythonManifest { python, files: files.collect() };
    let manifest = ("manifest.json".to_owned(), serde_json::to_vec(&manifest)?);
    let notices = project.layout.pyodide_notices();
    let notices = fs::read(project.root.join(&notices)).with_context(|| {
        let notices = notices.display();
        format!("{notices} is missing or unreadable; it goes wherever Pyodide goes, so restore it")
    })?;
    let notices = ("third-party-notices.txt".to_owned(), notices);
    Ok(parts.into_iter().map(|(_, path, bytes)| (path, bytes)).chain([manifest, notices]).collect())
}

/// The sources that cells need in Pyodide, for the project.
///
/// # Errors
/// If Pyodide is missing, with the command that gets it; that of the disk.
pub fn python_sources(project: &Project) -> anyhow::Result<PythonSources> {
    #[derive(Deserialize)]
    struct LockFile {
        info: BTreeMap<String, String>,
    }
    let lock_file: LockFile = serde_json::from_slice(&of_pyodide(project, "pyodide-lock.json")?)
        .with_context(|| {
            let lock_file = pyodide(project).join("pyodide-lock.json");
            format!("{} does not say which Python it is for", lock_file.display())
        })?;
    let imports =
        imports(project).with_context(|| format!("{} cannot be read", project.layout.examples.display()))?;
    Ok(PythonSources {
        info: lock_file.info,
        environment: kernel::of_cells(),
        kernel: kernel::browser_files(),
        imports,
    })
}

/// The modules that cells import, as they do on stage.
fn imports(project: &Project) -> io::Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(project.root.join(&project.layout.examples))? {
        let path = entry?.path();
        if let Some(name) = path.file_name()
            && path.extension().is_some_and(|ending| ending == "py")
        {
            let module = project.layout.examples.join(name).to_string_lossy().into_owned();
            found.insert(module, fs::read_to_string(&path)?);
        }
    }
    Ok(found)
}

/// Pyodide's folder, from the project's.
fn pyodide(project: &Project) -> PathBuf {
    project.layout.front_end_packages().join("pyodide")
}

fn of_pyodide(project: &Project, name: &str) -> anyhow::Result<Vec<u8>> {
    let path = project.root.join(pyodide(project)).join(name);
    fs::read(&path).with_context(|| {
        format!("{} is missing or unreadable; `make web` installs the front end's packages", path.display())
    })
}

/// The name and the bytes of the one wheel that was built for Pyodide.
///
/// # Errors
/// Where there is none, with the command that builds it.
pub fn pyodide_wheel(project: &Project) -> anyhow::Result<(String, Vec<u8>)> {
    let folder = project.root.join(PYODIDE_WHEELS);
    let hint = || format!("{} holds no wheel for Pyodide; run `make pyodide-wheel` first", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).with_context(hint)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "whl") {
            found.push(path);
        }
    }
    let Some(path) = found.pop() else { bail!(hint()) };
    ensure!(
        found.is_empty(),
        "{} holds more than one wheel; run `make pyodide-wheel` again",
        folder.display()
    );
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok((name, fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn open(folder: &tempfile::TempDir) -> Project {
        Project::open(folder.path(), Path::new("python3")).unwrap()
    }

    fn project(files: &[&str]) -> tempfile::TempDir {
        let project = tempfile::tempdir().unwrap();
        for file in files {
            let path = project.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "{\"info\": {\"python\": \"3.14.2\"}}").unwrap();
        }
        project
    }

    const WHOLE: [&str; 9] = [
        "web/node_modules/pyodide/pyodide.mjs",
        "web/node_modules/pyodide/pyodide.asm.mjs",
        "web/node_modules/pyodide/pyodide.asm.wasm",
        "web/node_modules/pyodide/python_stdlib.zip",
        "web/node_modules/pyodide/pyodide-lock.json",
        "target/demo/pyodide/wheel/a.whl",
        "demo_crate/examples/b.py",
        "demo_crate/examples/c.c",
        "demo_crate/pyodide/third-party-notices.txt",
    ];

    #[test]
    fn the_manifest_lists_every_file_to_load_with_its_size() {
        let files = python_files(&open(&project(&WHOLE))).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
        assert_eq!(manifest["python"], "3.14.2");
        let listed = manifest["files"].as_array().unwrap().iter();
        let listed: BTreeMap<_, _> =
            listed.map(|file| (file["path"].as_str().unwrap(), file["bytes"].as_u64().unwrap())).collect();
        let apart = ["manifest.json", "third-party-notices.txt"];
        let others = files.iter().filter(|(path, _)| !apart.contains(&path.as_str()));
        let others: BTreeMap<_, _> =
            others.map(|(path, bytes)| (path.as_str(), bytes.len() as u64)).collect();
        assert_eq!(listed, others);
        assert!(listed.contains_key("a.whl"));
        let sources: serde_json::Value = serde_json::from_slice(&files["sources.json"]).unwrap();
        assert!(sources["imports"].as_object().unwrap().keys().eq(["demo_crate/examples/b.py"]));
        assert_eq!(sources["environment"]["PYTHONHASHSEED"], "0");
    }

    #[test]
    fn what_is_missing_is_named_with_the_command_that_gets_it() {
        for (missing, expected) in [(2, "`make web`"), (4, "`make web`"), (5, "`make pyodide-wheel`")] {
            let others = WHOLE.iter().enumerate().filter(|(index, _)| *index != missing);
            let files: Vec<_> = others.map(|(_, file)| *file).collect();
            let error = format!("{:#}", python_files(&open(&project(&files))).unwrap_err());
            let name = Path::new(WHOLE[missing]).file_name().unwrap().to_string_lossy().into_owned();
            assert!(error.contains(expected) && (error.contains(&name) || missing == 5), "{error}");
        }
    }
}
