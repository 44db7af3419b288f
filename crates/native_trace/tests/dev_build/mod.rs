//! The demo crate as cargo's profile `dev` builds it, which no interpreter has installed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

/// The folder to import it from, made for an interpreter when it is first asked for.
pub fn dev_build(python: &Path) -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| laid_out(&library(python), &extension_suffix(python)))
}

/// Builds with the settings of `deck`'s own builds for tracing and into their folder, so that they share what is built.
fn library(python: &Path) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new("cargo")
        .args(["build", "--lib", "--locked", "--quiet", "--profile=dev"])
        .args(["--manifest-path=demo_crate/Cargo.toml", "--target-dir=target/traced"])
        .current_dir(&root)
        .envs([
            ("PYO3_BUILD_EXTENSION_MODULE", "1"),
            ("CARGO_PROFILE_DEV_DEBUG", "2"),
            ("CARGO_PROFILE_DEV_STRIP", "none"),
            ("CARGO_PROFILE_DEV_INCREMENTAL", "false"),
        ])
        .env("PYO3_PYTHON", python)
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    root.join("target/traced/debug/librusty.so")
}

fn laid_out(library: &Path, suffix: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("dev").join(suffix.trim_start_matches('.'));
    let package = folder.join("rusty");
    fs::create_dir_all(&package).unwrap();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo_crate/python/rusty");
    put(&sources.join("__init__.py"), &package.join("__init__.py"));
    put(library, &package.join(format!("rusty{suffix}")));
    folder
}

/// Copies beside and renames then: another test may be running what was there before.
fn put(from: &Path, to: &Path) {
    let beside = to.with_extension(std::process::id().to_string());
    fs::copy(from, &beside).unwrap();
    fs::rename(&beside, to).unwrap();
}

fn extension_suffix(python: &Path) -> String {
    let script = "import sysconfig; print(sysconfig.get_config_var('EXT_SUFFIX'))";
    let output = Command::new(python).args(["-I", "-c", script]).output().expect("python");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
