//! Rust that is edited on stage: a small crate is compiled again and again, by cargo and by its recorded call.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc::channel,
    thread,
    time::{Duration, Instant, SystemTime},
};

use deck::{
    extension::{Cancel, Compiled, Extension, LiveBuild, LiveRegion, Overlay, Work},
    model::Region,
    protocol::{Finding, Level, Point, Spotted},
};
use tempfile::TempDir;

const SOURCE: &str = "demo_crate/src/lib.rs";
const MANIFEST: &str = "demo_crate/Cargo.toml";

/// A demo crate without dependencies.
const FILES: [(&str, &str); 5] = [
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

const ONE: &str = "#[unsafe(no_mangle)]\npub extern \"C\" fn one() -> i32 {\n    1\n}\n";

struct Project {
    folder: TempDir,
    extension: Extension,
}

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in FILES {
            write(folder.path(), file, text);
        }
        let extension = extension(folder.path(), "builds");
        Self { folder, extension }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Builds with `one` as it is here.
    fn build(&mut self, one: &str) -> Result<Compiled, Vec<Finding>> {
        self.extension.build(&overlay(one))
    }

    /// When cargo made its library for the last time.
    fn cargo_built(&self) -> SystemTime {
        fs::metadata(self.path().join("target/live/release/librusty.so")).unwrap().modified().unwrap()
    }
}

fn extension(project: &Path, builds: &str) -> Extension {
    Extension::new(project, Path::new("python3"), "release", project.join(".deck").join(builds)).unwrap()
}

fn write(project: &Path, file: &str, text: &str) {
    let path = project.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn overlay(one: &str) -> Overlay {
    let live = |name: &str, text: Option<&str>| {
        let region = Region { file: PathBuf::from(SOURCE), anchor: name.to_owned() };
        LiveRegion { cell: name.to_owned(), region, text: text.map(str::to_owned) }
    };
    Overlay { regions: vec![live("one", Some(one)), live("file", None)] }
}

fn with_value(value: &str) -> String {
    ONE.replace("    1\n", &format!("    {value}\n"))
}

/// What a function of a build returns, in Python.
fn call(build: &LiveBuild, function: &str, result: &str) -> String {
    let packages = fs::read_dir(build.packages().join("rusty")).unwrap();
    let mut files = packages.map(|entry| entry.unwrap().path());
    let library = files.find(|path| path.extension().is_some_and(|ending| ending == "so")).unwrap();
    let script = "import ctypes, sys\nf = getattr(ctypes.CDLL(sys.argv[1]), sys.argv[2])\n\
                  f.restype = getattr(ctypes, sys.argv[3])\nprint(f())";
    let output =
        Command::new("python3").args(["-c", script]).arg(library).args([function, result]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn value(build: &LiveBuild) -> String {
    call(build, "one", "c_int")
}

/// Every file of the crate with its text and the time of its last change.
fn crate_files(project: &Path) -> BTreeMap<PathBuf, (String, SystemTime)> {
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

#[track_caller]
fn errors(built: Result<Compiled, Vec<Finding>>) -> Vec<Finding> {
    let found = built.expect_err("this must not compile");
    found.into_iter().filter(|finding| finding.level == Level::Error).collect()
}

#[test]
fn an_edit_is_built_and_the_project_stays_as_it_is() {
    let mut project = Project::new();
    let before = crate_files(project.path());
    let first = project.build(ONE).unwrap().live;
    let second = project.build(&with_value("2")).unwrap().live;
    assert_eq!((value(&first), value(&second)), ("1".to_owned(), "2".to_owned()));
    assert_eq!((first.build().number, second.build().number), (1, 2));
    let kept = fs::read_to_string(second.sources().join(SOURCE)).unwrap();
    assert!(kept.contains("        2\n"), "what is traced later has the edit");
    assert_eq!(call(&second, "file", "c_char_p"), "b'demo_crate/src/lib.rs'");
    assert_eq!(crate_files(project.path()), before);
    assert!(!project.path().join("demo_crate/target").exists());
}

#[test]
fn the_second_build_needs_no_cargo() {
    let mut project = Project::new();
    project.build(ONE).unwrap();
    let by_cargo = project.cargo_built();
    let again = project.build(&with_value("2")).unwrap().live;
    assert_eq!(value(&again), "2");
    assert_eq!(project.cargo_built(), by_cargo);
    assert!(project.path().join(".deck/scratch/release-1/built/librusty.so").exists());
}

#[test]
fn a_changed_manifest_is_cargos_business() {
    let mut project = Project::new();
    let text = with_value("if cfg!(debug_assertions) { 2 } else { 1 }");
    assert_eq!(value(&project.build(&text).unwrap().live), "1");
    let by_cargo = project.cargo_built();
    let manifest = format!("{}[profile.release]\ndebug-assertions = true\n", FILES[0].1);
    write(project.path(), MANIFEST, &manifest);
    assert_eq!(value(&project.build(&text).unwrap().live), "2");
    assert_ne!(project.cargo_built(), by_cargo);
    let by_cargo = project.cargo_built();
    assert_eq!(value(&project.build(&with_value("3")).unwrap().live), "3");
    assert_eq!(project.cargo_built(), by_cargo, "the new call was recorded");
    write(project.path(), MANIFEST, "[package");
    let found = errors(project.build(ONE));
    assert!(found[0].message.contains("parse") || found[0].rendered.contains("Cargo.toml"), "{found:?}");
}

#[test]
fn a_lost_folder_of_cargo_is_made_again() {
    let mut project = Project::new();
    project.build(ONE).unwrap();
    fs::remove_dir_all(project.path().join("target")).unwrap();
    assert_eq!(value(&project.build(&with_value("2")).unwrap().live), "2");
    fs::remove_dir_all(project.path().join(".deck/scratch/release-1/built")).unwrap();
    assert_eq!(value(&project.build(&with_value("3")).unwrap().live), "3");
}

#[test]
fn a_compiler_that_stumbles_over_its_own_files_begins_anew() {
    let mut project = Project::new();
    project.build(ONE).unwrap();
    project.build(&with_value("2")).unwrap();
    // A folder stands where the library has to go: that is nothing the code could be blamed for.
    let library = project.path().join(".deck/scratch/release-1/built/librusty.so");
    fs::remove_file(&library).unwrap();
    fs::create_dir_all(library.join("in-the-way")).unwrap();
    assert_eq!(value(&project.build(&with_value("3")).unwrap().live), "3");
}

#[test]
fn an_error_is_where_it_was_written_and_the_last_build_stays() {
    let mut project = Project::new();
    let good = project.build(ONE).unwrap().live;
    let found = errors(project.build(&with_value("\n    wrong")));
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    let (from, to) = (Point { line: 4, column: 5 }, Point { line: 4, column: 10 });
    assert_eq!(finding.spots[0].at, Spotted::Cell { cell: "one".to_owned(), from, to });
    assert_eq!(finding.code.as_deref(), Some("E0425"));
    assert!(finding.rendered.contains("demo_crate/src/lib.rs:8:9") && finding.rendered.contains("\u{1b}["));
    assert_eq!(value(&good), "1");
    assert_eq!(project.build(&with_value("5")).unwrap().live.build().number, 2, "no number is lost");
}

#[test]
fn an_error_elsewhere_has_the_line_of_the_file_on_disk() {
    let mut project = Project::new();
    project.build(ONE).unwrap();
    let longer = format!("// more\n// lines\n{}", ONE.replace("i32", "i64"));
    let found = errors(project.build(&longer));
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    let elsewhere = Spotted::File { file: SOURCE.to_owned(), line: 20, column: 5 };
    assert_eq!(finding.spots[0].at, elsewhere);
    assert_eq!(
        fs::read_to_string(project.path().join(SOURCE)).unwrap().lines().nth(19),
        Some("    inner::one()")
    );
}

#[test]
fn a_check_finds_what_a_build_finds_and_builds_nothing() {
    let mut project = Project::new();
    project.build(ONE).unwrap();
    let by_cargo = project.cargo_built();
    let unused = overlay(&with_value("let unused = 2;\n    1"));
    let found = project.extension.check(&unused).unwrap();
    assert_eq!(found.iter().map(|finding| finding.level).collect::<Vec<_>>(), [Level::Warning]);
    assert!(!project.path().join(".deck/scratch/release-1/built").exists());
    assert_eq!(project.cargo_built(), by_cargo);
    assert_eq!(project.extension.build(&unused).unwrap().warnings, found);
    let wrong = overlay(&with_value("wrong"));
    assert_eq!(project.extension.check(&wrong).unwrap(), project.extension.build(&wrong).unwrap_err());
    assert_eq!(project.extension.check(&overlay(ONE)).unwrap(), []);
}

#[test]
fn what_was_warmed_up_needs_no_cargo_and_has_no_trace_of_it() {
    let mut project = Project::new();
    assert_eq!(project.extension.warm_up(), Some(Vec::new()));
    let by_cargo = project.cargo_built();
    let built = project.build(&with_value("2")).unwrap().live;
    assert_eq!(project.cargo_built(), by_cargo);
    let expected = FILES[2].1.replace("        1\n", "        2\n");
    assert_eq!(fs::read_to_string(built.sources().join(SOURCE)).unwrap(), expected);
    assert_eq!(value(&built), "2");
}

#[test]
fn a_crate_that_does_not_compile_is_not_warmed_up() {
    let mut project = Project::new();
    write(project.path(), SOURCE, "fn half(");
    let found = project.extension.warm_up().unwrap();
    assert_eq!(found[0].level, Level::Error);
}

#[test]
fn a_file_that_was_saved_half_way_is_said_and_the_whole_one_is_built() {
    let mut project = Project::new();
    project.build(ONE).unwrap();
    let half = &FILES[2].1[..FILES[2].1.find("// ANCHOR_END: one").unwrap()];
    write(project.path(), SOURCE, half);
    let found = errors(project.build(&with_value("2")));
    assert_eq!(found[0].message, "anchor `one` is never closed");
    write(project.path(), SOURCE, FILES[2].1);
    assert_eq!(value(&project.build(&with_value("2")).unwrap().live), "2");
}

#[test]
fn two_servers_build_at_once_and_each_gets_its_own() {
    let mut project = Project::new();
    let mut other = extension(project.path(), "others");
    for round in 0..3 {
        let (mine, theirs) = (with_value(&format!("{round}")), with_value(&format!("1{round}")));
        let (first, second) = thread::scope(|scope| {
            let second = scope.spawn(|| other.build(&overlay(&theirs)));
            (project.build(&mine), second.join().unwrap())
        });
        assert_eq!(value(&first.unwrap().live), format!("{round}"));
        assert_eq!(value(&second.unwrap().live), format!("1{round}"));
    }
}

/// A text that the compiler cannot finish reading: it includes a pipe that nobody writes to.
fn endless(project: &Path) -> String {
    let pipe = project.join("pipe");
    if !pipe.exists() {
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    }
    format!("{ONE}pub const PIPE: &str = include_str!({pipe:?});\n")
}

/// The processes that have something to do with a project.
fn processes(project: &Path) -> Vec<String> {
    let listed = Command::new("ps").args(["-A", "-ww", "-o", "command"]).output().unwrap();
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    listed.lines().filter(|line| line.contains(project.to_str().unwrap())).map(str::to_owned).collect()
}

/// Asks for what would take for ever, and ends it when the compiler runs.
fn check_ended<T: Send>(
    ask: impl FnOnce(&mut Extension, &Overlay) -> T + Send,
    end: impl FnOnce(&Cancel),
) -> (T, Project) {
    let mut project = Project::new();
    project.build(ONE).unwrap();
    let folder = project.path().to_owned();
    let endless = overlay(&endless(&folder));
    let (done, is_done) = channel();
    let answer = thread::scope(|scope| {
        let (cancel, extension) = (project.extension.cancel(), &mut project.extension);
        scope.spawn(move || done.send(ask(extension, &endless)).unwrap());
        while processes(&folder).is_empty() {
            thread::sleep(Duration::from_millis(5));
        }
        end(&cancel);
        is_done.recv_timeout(Duration::from_secs(20)).expect("it has ended")
    });
    let began = Instant::now();
    while !processes(&folder).is_empty() && began.elapsed() < Duration::from_secs(5) {
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(processes(&folder), [""; 0], "nothing is left");
    (answer, project)
}

#[test]
fn a_check_makes_way_and_the_build_works() {
    for work in [Work::Check, Work::Build] {
        let (found, mut project) = check_ended(Extension::check, |cancel| cancel.make_way(work));
        assert_eq!(found, None);
        assert_eq!(value(&project.build(&with_value("2")).unwrap().live), "2");
    }
}

#[test]
fn a_build_that_is_ended_leaves_nothing_and_nothing_comes_after_it() {
    let (built, mut project) = check_ended(Extension::build, Cancel::end);
    assert_eq!(errors(built).len(), 1);
    let found = errors(project.build(ONE));
    assert_eq!(found[0].message, "the compiler could not be run: the server is ending");
    let folder = project.path().join(".deck/builds");
    assert_eq!(fs::read_dir(folder).unwrap().count(), 0, "no half build is kept");
    let next = extension(project.path(), "next").build(&overlay(&with_value("2"))).unwrap();
    assert_eq!(value(&next.live), "2");
}

#[test]
fn a_place_that_cannot_be_written_is_said_and_the_last_build_stays() {
    let mut project = Project::new();
    let good = project.build(ONE).unwrap().live;
    let in_the_way = project.path().join(".deck/builds/2");
    fs::write(&in_the_way, "").unwrap();
    let found = errors(project.build(&with_value("2")));
    assert!(found[0].message.starts_with("the build could not be laid out in "), "{found:?}");
    assert_eq!(value(&good), "1");
    fs::remove_file(in_the_way).unwrap();
    assert_eq!(value(&project.build(&with_value("2")).unwrap().live), "2");
}
