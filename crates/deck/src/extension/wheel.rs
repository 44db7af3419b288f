//! Lays a build out as the wheel is: the Python packages, with the extension inside the package of its name.

use std::{ffi::OsStr, fs, io, path::Path};

/// Folders that hold no sources.
const LEFT: [&str; 3] = ["__pycache__", ".pytest_cache", "target"];

/// An extension module.
#[derive(Debug)]
pub struct Module<'a> {
    /// Its name, which is that of its package too.
    pub name: &'a str,
    /// How its file ends for the interpreter.
    pub suffix: &'a str,
    /// The file that the linker made.
    pub library: &'a Path,
}

/// Copies the packages and the library into `folder`.
///
/// # Errors
/// That of the disk.
pub fn lay_out(packages: &Path, module: &Module, folder: &Path) -> io::Result<()> {
    copy(packages, folder)?;
    let package = folder.join(module.name);
    fs::create_dir_all(&package)?;
    fs::copy(module.library, package.join(format!("{}{}", module.name, module.suffix)))?;
    Ok(())
}

/// Copies a folder of sources, without what interpreter and compiler left in it.
///
/// # Errors
/// That of the disk.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        match entry.file_type()? {
            _ if is_left(&name) => {}
            kind if kind.is_dir() => copy(&entry.path(), &to.join(name))?,
            _ => drop(fs::copy(entry.path(), to.join(name))?),
        }
    }
    Ok(())
}

/// Whether a file or folder was left in the sources: a cache, or an extension that was installed in place.
pub fn is_left(name: &OsStr) -> bool {
    LEFT.iter().any(|other| name == *other)
        || Path::new(name).extension().is_some_and(|ending| ending == "so")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_looks_as_the_wheel_does() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("python/rusty");
        fs::create_dir_all(source.join("__pycache__")).unwrap();
        for file in ["__init__.py", "__init__.pyi", "old.so", "__pycache__/x.pyc"] {
            fs::write(source.join(file), file).unwrap();
        }
        let library = folder.path().join("librusty.so");
        fs::write(&library, "new").unwrap();
        let module = Module { name: "rusty", suffix: ".abi.so", library: &library };
        let out = folder.path().join("out");
        lay_out(&folder.path().join("python"), &module, &out).unwrap();
        let mut names: Vec<_> = fs::read_dir(out.join("rusty"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["__init__.py", "__init__.pyi", "rusty.abi.so"]);
    }
}
