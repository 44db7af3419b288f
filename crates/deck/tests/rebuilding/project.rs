//! A project with a crate that has no dependencies.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use deck::{
    extension::{Compiled, Extension, LiveBuild, LiveRegion, Overlay},
    model::Region,
    protocol::{Finding, Level},
};
use tempfile::TempDir;

pub const SOURCE: &str = "demo_crate/src/lib.rs";
pub const MANIFEST: &str = "demo_crate/Cargo.toml";

/// A demo crate without dependencies.
pub const FILES: [(&str, &str); 5] = [
    (
        MANIFEST,
        "[package]\nname = \"rusty\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\"]\n[workspace]\n",
    ),
    ("demo_crate/Cargo.lock", "version = 4\n\n[[package]]\nname = \"rusty\"\nversion = \"0.1.0\"\n"),
    (
        SOURCE,
        "//! Two functions.\n\nmod inner {\n    // ANCHOR: one\n    #[unsafe(no_mangle)]\n    pub extern \"C\" fn one() -> i32 {\n        \
         1\n    }\n    // ANCHOR_END: one\n}\n\n// ANCHOR: file\n#[unsafe(no_mangle)]\npub extern \"C\" fn file() -> *const u8 {\n    \
         concat!(file!(), \"\\0\").as_ptr()\n}\n// ANCHOR_END: file\n\npub fn last() -> i32 {\n    inner::one()\n}\n",
    ),
    ("demo_crate/python/rusty/__init__.py", ""),
    ("demo_crate/python/rusty/__pycache__/old.pyc", ""),
];

/// What a cell shows of it.
pub const ONE: &str = "#[unsafe(no_mangle)]\npub extern \"C\" fn one() -> i32 {\n    1\n}\n";

/// A project on disk.
pub struct Project {
    folder: TempDir,
    /// Builds it.
    pub extension: Extension,
}

impl Project {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in FILES {
            write(folder.path(), file, text);
        }
        let extension = extension(folder.path(), "builds");
        Self { folder, extension }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Builds with `one` as it is here.
    pub fn build(&mut self, one: &str) -> Result<Compiled, Vec<Finding>> {
        self.extension.build(&overlay(one))
    }

    /// When cargo made its library for the last time.
    pub fn cargo_built(&self) -> SystemTime {
        fs::metadata(self.path().join("target/live/release/librusty.so")).unwrap().modified().unwrap()
    }
}

/// Builds the project's crate, into a folder of this name.
pub fn extension(project: &Path, builds: &str) -> Extension {
    let talk = deck::project::Project::open(project, Path::new("python3")).unwrap();
    Extension::new(&talk, "release", talk.scratch(builds)).unwrap()
}

/// Writes a file of the project.
pub fn write(project: &Path, file: &str, text: &str) {
    let path = project.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// All that slides show, with `one` as it is here.
pub fn overlay(one: &str) -> Overlay {
    let live = |name: &str, text: Option<&str>| {
        let region = Region { file: PathBuf::from(SOURCE), anchor: name.to_owned() };
        LiveRegion { cell: name.to_owned(), region, text: text.map(str::to_owned) }
    };
    Overlay { regions: vec![live("one", Some(one)), live("file", None)] }
}

/// `one` with another value.
pub fn with_value(value: &str) -> String {
    ONE.replace("    1\n", &format!("    {value}\n"))
}

/// What a function of a build returns, in Python.
pub fn call(build: &LiveBuild, function: &str, result: &str) -> String {
    let packages = fs::read_dir(build.packages().join("rusty")).unwrap();
    let mut files = packages.map(|entry| entry.unwrap().path());
    let library = files.find(|path| path.extension().is_some_and(|ending| ending == "so")).unwrap();
    let script = "import ctypes, sys\nf = getattr(ctypes.CDLL(sys.argv[1]), sys.argv[2])\n\
                  f.restype = getattr(ctypes, sys.argv[3])\nprint(f())";
    let output =
        Command::new("python3").args(["-c", script]).arg(library).args([function, result]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// What `one` returns.
pub fn value(build: &LiveBuild) -> String {
    call(build, "one", "c_int")
}

/// Every file of the crate with its text and the time of its last change.
pub fn crate_files(project: &Path) -> BTreeMap<PathBuf, (String, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![project.join("demo_crate")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let modified = fs::metadata(&path).unwrap().modified().unwrap();
                found.insert(path.clone(), (fs::read_to_string(path).unwrap(), modified));
            }
        }
    }
    found
}

/// What keeps a crate from being built.
#[track_caller]
pub fn errors(built: Result<Compiled, Vec<Finding>>) -> Vec<Finding> {
    let found = built.expect_err("this must not compile");
    found.into_iter().filter(|finding| finding.level == Level::Error).collect()
}
