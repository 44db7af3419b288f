//! Debug information that a linker or a distribution has compressed.

use std::{fs, path::Path, process::Command};

use native_trace::{Request, SymbolLevel, Trace};

use crate::fixture::{python, trace, warm};

const STATEMENT: &str = "rusty.add_one(41)";

#[test]
fn compressed_debug_information_tells_the_same() {
    let plain = warm("import rusty", STATEMENT);
    let package = installed_package();
    for how in ["zlib", "zstd"] {
        let folder = tempfile::tempdir().unwrap();
        if !compressed(how, &package, folder.path()) {
            continue;
        }
        let here = trace(&Request {
            setup: "import rusty".into(),
            imports: vec![folder.path().into()],
            ..Request::warm(python(), STATEMENT)
        });
        assert_eq!(extension(&here), (SymbolLevel::Debug, extension(&plain).1));
        assert_eq!(
            (here.functions, here.nodes, here.stages),
            (plain.functions.clone(), plain.nodes.clone(), plain.stages.clone()),
            "{how}"
        );
    }
}

/// How much the extension's binary says, and what its debug information says about its compilers.
fn extension(trace: &Trace) -> (SymbolLevel, Vec<String>) {
    let module = trace.origin.modules.iter().find(|module| module.name.starts_with("rusty.")).unwrap();
    (module.symbols, trace.origin.compilers.clone())
}

fn installed_package() -> std::path::PathBuf {
    let script = "import rusty, os; print(os.path.dirname(rusty.__file__))";
    let output = Command::new(python()).args(["-c", script]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().into()
}

/// Makes a copy of the package with a compressed extension; says so where this machine's `objcopy` does not know how.
fn compressed(how: &str, package: &Path, folder: &Path) -> bool {
    let copy = folder.join("rusty");
    fs::create_dir(&copy).unwrap();
    fs::copy(package.join("__init__.py"), copy.join("__init__.py")).unwrap();
    let files = fs::read_dir(package).unwrap().map(|entry| entry.unwrap().path());
    let library =
        files.into_iter().find(|file| file.extension().is_some_and(|ending| ending == "so")).unwrap();
    let to = copy.join(library.file_name().unwrap());
    let mut objcopy = Command::new("objcopy");
    let run = objcopy.arg(format!("--compress-debug-sections={how}")).arg(&library).arg(&to).output();
    let done = run.is_ok_and(|output| output.status.success());
    assert!(done || how != "zlib" || std::env::var_os("CI").is_none(), "CI needs objcopy");
    if done {
        let size = |file: &Path| fs::metadata(file).unwrap().len();
        assert!(size(&to) < size(&library), "nothing was compressed");
    } else {
        eprintln!("SKIPPED: objcopy is not there, or does not compress with {how}");
    }
    done
}
