//! How long the real demo crate takes from an edit to a build, beside what people would do without `deck`.
//! `PYTHON=… cargo test --release -p deck --test rebuilding -- --ignored --nocapture measured` shows it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use deck::{
    extension::{Extension, LiveRegion, Overlay},
    model::Region,
};
use tempfile::TempDir;

const ROUNDS: usize = 12;
const FILE: &str = "demo_crate/src/add_one.rs";

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// What is shown of `add_one`, with something else added.
fn edited(text: &str, round: usize) -> String {
    text.replace("x + 1", &format!("x + {}", round + 2))
}

fn overlay(round: usize) -> Overlay {
    let text = fs::read_to_string(workspace().join(FILE)).unwrap();
    let inside = text.split("// ANCHOR: add_one\n").nth(1).unwrap().split("// ANCHOR_END").next().unwrap();
    let region = Region { file: PathBuf::from(FILE), anchor: "add_one".to_owned() };
    let text = Some(edited(inside, round));
    Overlay { regions: vec![LiveRegion { cell: "add-one".to_owned(), region, text }] }
}

/// A copy of the project for the tools that work in it, with an environment to install into.
struct Copy {
    folder: TempDir,
    text: String,
    python: PathBuf,
}

impl Copy {
    fn new(python: PathBuf) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let run = |command: &mut Command| assert!(command.status().unwrap().success(), "{command:?}");
        for name in ["pyproject.toml", "README.md", "LICENSE-MIT", "LICENSE-APACHE", "demo_crate"] {
            run(Command::new("cp").arg("-r").arg(workspace().join(name)).arg(folder.path()));
        }
        run(Command::new(&python).args(["-m", "venv"]).arg(folder.path().join("environment")));
        let text = fs::read_to_string(folder.path().join(FILE)).unwrap();
        Self { folder, text, python }
    }

    fn time(&self, round: usize, command: &mut Command) -> Duration {
        fs::write(self.folder.path().join(FILE), edited(&self.text, round)).unwrap();
        let began = Instant::now();
        let command = command.current_dir(self.folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
        assert!(command.status().unwrap().success(), "{command:?}");
        began.elapsed()
    }

    fn cargo(&self, round: usize) -> Duration {
        let mut cargo = Command::new("cargo");
        cargo
            .args([
                "build",
                "--lib",
                "--release",
                "--manifest-path",
                "demo_crate/Cargo.toml",
                "--target-dir",
                "by-cargo",
            ])
            .envs([("PYO3_BUILD_EXTENSION_MODULE", "1"), ("CARGO_PROFILE_RELEASE_DEBUG", "0")])
            .envs([
                ("CARGO_PROFILE_RELEASE_INCREMENTAL", "true"),
                ("CARGO_PROFILE_RELEASE_STRIP", "debuginfo"),
            ])
            .env("PYO3_PYTHON", &self.python);
        self.time(round, &mut cargo)
    }

    fn maturin(&self, round: usize) -> Duration {
        let mut maturin = Command::new(self.python.with_file_name("maturin"));
        maturin
            .args(["develop", "--release"])
            .env("VIRTUAL_ENV", self.folder.path().join("environment"))
            .env("CARGO_TARGET_DIR", self.folder.path().join("by-maturin"));
        self.time(round, &mut maturin)
    }
}

fn median_and_p95(times: &mut [Duration]) -> String {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_millis();
    format!("median {} ms, p95 {} ms", at(0.5), at(0.95))
}

#[test]
#[ignore = "a measurement"]
fn measured_from_an_edit_to_a_build() {
    let python = PathBuf::from(env::var_os("PYTHON").expect("PYTHON is the project's interpreter"));
    let folder = tempfile::tempdir().unwrap();
    let talk = deck::project::Project::open(&workspace(), &python).unwrap();
    let mut extension = Extension::new(&talk, "release", folder.path().join("builds")).unwrap();
    let began = Instant::now();
    assert_eq!(extension.warm_up(), Some(Vec::new()));
    println!("warm-up: {} ms", began.elapsed().as_millis());
    let copy = Copy::new(python);
    let mut rows: [(&str, Vec<Duration>); 4] = [
        ("build", Vec::new()),
        ("check", Vec::new()),
        ("cargo build", Vec::new()),
        ("maturin develop", Vec::new()),
    ];
    // The first round of cargo and maturin compiles what the crate depends on.
    copy.cargo(ROUNDS + 1);
    copy.maturin(ROUNDS + 1);
    for round in 0..ROUNDS {
        let (built, checked) = (overlay(2 * round), overlay(2 * round + 1));
        let began = Instant::now();
        let live = extension.build(&built);
        rows[0].1.push(began.elapsed());
        assert!(live.is_ok());
        let began = Instant::now();
        assert_eq!(extension.check(&checked), Some(Vec::new()));
        rows[1].1.push(began.elapsed());
        rows[2].1.push(copy.cargo(round));
        rows[3].1.push(copy.maturin(round));
        if round == 0 {
            println!("the first build: {:?}", rows[0].1[0]);
        }
    }
    for (name, mut times) in rows {
        println!("{name}: {}", median_and_p95(&mut times));
    }
}
