//! A project with one chapter in a temporary folder, and what the commands say about it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Mutex,
};

use clap::Parser;
use deck::{
    commands::{record, verify},
    tracer::{TraceRequest, TraceSource},
};
use native_trace::Trace;
use tempfile::TempDir;

pub struct Talk {
    folder: TempDir,
    /// What X-rays are traced with.
    pub tracer: ScriptedTracer,
}

/// Answers with what a test says.
#[derive(Default)]
pub struct ScriptedTracer {
    /// What every trace of the fixture is changed by.
    pub change: Mutex<Option<fn(&mut Trace)>>,
    /// Why nothing can be traced here.
    pub refuses: Mutex<Option<String>>,
    /// What was asked for, the trial aside.
    pub requests: Mutex<Vec<TraceRequest>>,
}

impl TraceSource for ScriptedTracer {
    fn trace(&self, request: &TraceRequest) -> Result<Trace, String> {
        if let Some(why) = &*self.refuses.lock().unwrap() {
            return Err(why.clone());
        }
        if request.statement == "crash()" {
            return Err("the statement ended its process".to_owned());
        }
        if request.statement != "None" {
            self.requests.lock().unwrap().push(request.clone());
        }
        let mut trace: Trace = serde_json::from_str(include_str!("../fixtures/trace.json")).unwrap();
        if let Some(change) = *self.change.lock().unwrap() {
            change(&mut trace);
        }
        Ok(trace)
    }

    fn end(&self) {}
}

/// What a verb said, and whether it succeeded.
pub struct Said {
    text: String,
    success: bool,
}

#[derive(Parser)]
struct Command<A: clap::Args> {
    #[command(flatten)]
    args: A,
}

impl Talk {
    /// A talk with one chapter.
    pub fn new(chapter: &str) -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir_all(folder.path().join("slides/src")).unwrap();
        fs::write(folder.path().join("slides/book.toml"), "[book]\ntitle = \"t\"\n").unwrap();
        fs::write(folder.path().join("slides/src/SUMMARY.md"), "- [One](1.md)\n").unwrap();
        Self { folder, tracer: ScriptedTracer::default() }.chapter(chapter)
    }

    /// The same talk with another chapter.
    pub fn chapter(self, text: &str) -> Self {
        fs::write(self.path("slides/src/1.md"), text).unwrap();
        self
    }

    /// Writes another file.
    pub fn file(&self, file: &str, text: &str) {
        fs::create_dir_all(self.path(file).parent().unwrap()).unwrap();
        fs::write(self.path(file), text).unwrap();
    }

    /// Finds what the project's own folder has at this place.
    pub fn link(&self, folder: &str) {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
        std::os::unix::fs::symlink(project, self.path(folder)).unwrap();
    }

    /// Replaces what stands once in a file.
    #[track_caller]
    pub fn edit(&self, file: &str, old: &str, new: &str) {
        let text = self.read(file);
        assert_eq!(text.matches(old).count(), 1, "{old:?} in\n{text}");
        fs::write(self.path(file), text.replace(old, new)).unwrap();
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    /// Names of the recordings' files.
    pub fn recordings(&self) -> Vec<String> {
        let Ok(folder) = fs::read_dir(self.path("slides/recordings")) else { return Vec::new() };
        let mut names: Vec<_> =
            folder.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// Texts of the recordings' files.
    pub fn contents(&self) -> Vec<String> {
        self.recordings().iter().map(|name| self.read(&format!("slides/recordings/{name}"))).collect()
    }

    #[track_caller]
    pub fn record(&self, arguments: &[&str]) -> Said {
        let args = self.parsed(arguments);
        Said::by(|out| record::run_to(&args, &self.tracer, out)).unwrap()
    }

    #[track_caller]
    pub fn verify(&self, arguments: &[&str]) -> Said {
        let args = self.parsed(arguments);
        Said::by(|out| verify::run_to(&args, &self.tracer, out)).unwrap()
    }

    /// Why `deck record` could not even begin.
    #[track_caller]
    pub fn record_error(&self, arguments: &[&str]) -> String {
        let args = self.parsed(arguments);
        Said::by(|out| record::run_to(&args, &self.tracer, out)).err().unwrap().to_string()
    }

    fn parsed<A: clap::Args>(&self, arguments: &[&str]) -> A {
        let root = ["deck", "--root", self.folder.path().to_str().unwrap()];
        Command::<A>::parse_from(root.iter().chain(arguments)).args
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(Path::new(file))
    }
}

impl Said {
    fn by(verb: impl FnOnce(&mut dyn std::io::Write) -> anyhow::Result<ExitCode>) -> anyhow::Result<Self> {
        let mut out = anstream::StripStream::new(Vec::new());
        let code = verb(&mut out)?;
        let text = String::from_utf8(out.into_inner()).unwrap();
        Ok(Self { text, success: code == ExitCode::SUCCESS })
    }

    #[track_caller]
    pub fn succeeds(self) -> Self {
        assert!(self.success, "{}", self.text);
        self
    }

    #[track_caller]
    pub fn fails(self) -> Self {
        assert!(!self.success, "{}", self.text);
        self
    }

    #[track_caller]
    pub fn says(self, expected: &str) -> Self {
        assert!(self.text.contains(expected), "expected: {expected}\nfound:\n{}", self.text);
        self
    }
}
