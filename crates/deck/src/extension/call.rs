//! The call of the compiler that cargo makes for the demo crate. It is recorded, so that it can be made again without
//! cargo, which takes as long as the compiler itself to see that nothing else has changed.

use std::{
    collections::BTreeMap,
    env,
    ffi::{OsStr, OsString},
    fs, io,
    os::unix::{
        ffi::{OsStrExt, OsStringExt},
        fs::PermissionsExt,
    },
    path::{Path, PathBuf},
    process::Command,
};

use super::stamp::Stamp;

/// Stands in the compiler's place when cargo builds, and writes the call down.
#[derive(Debug)]
pub struct Recorder {
    script: PathBuf,
    /// How the compiler is told to call the crate's sources.
    remap: String,
}

/// A recorded call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    folder: PathBuf,
    /// The compiler first.
    arguments: Vec<OsString>,
    environment: BTreeMap<OsString, OsString>,
    remap: String,
    decided_by: Stamp,
}

/// What the compiler is to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emit {
    /// The library.
    Library,
    /// Nothing that runs: only what it has to say.
    Metadata,
}

/// Files that decide how rustc is called, in the folder of the crate or any above it.
const SETTINGS: [&str; 4] = ["rust-toolchain.toml", "rust-toolchain", ".cargo/config.toml", ".cargo/config"];

impl Emit {
    /// The folder for its results. Each has its own: what the compiler keeps for the next time is of one kind.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Library => "built",
            Self::Metadata => "checked",
        }
    }
}

impl Recorder {
    /// Puts the recorder into a folder. What is compiled is called `sources`, as the slides call it.
    ///
    /// # Errors
    /// That of the disk.
    pub fn new(folder: &Path, sources: &Path) -> io::Result<Self> {
        let script = folder.join("recorder.sh");
        let remap = remap(sources);
        let text = include_str!("recorder.sh").replace("REMAP", &quoted(&remap));
        // It may be running for somebody: then it is not touched.
        if fs::read_to_string(&script).ok().as_deref() != Some(text.as_str()) {
            fs::write(&script, text)?;
            fs::set_permissions(&script, fs::Permissions::from_mode(0o700))?;
        }
        Ok(Self { script, remap })
    }

    /// What cargo has to start.
    pub fn script(&self) -> &Path {
        &self.script
    }

    /// The call that was written down last, and forgets it: it holds the environment of whoever runs this. Nothing if
    /// there was none, or if it cannot be made again.
    pub fn take(&self) -> Option<Call> {
        let path = self.script.with_extension("sh.call");
        let written = fs::read(&path);
        let _ = fs::remove_file(&path);
        Call::read(&written.ok()?, &self.remap)
    }
}

impl Call {
    fn read(written: &[u8], remap: &str) -> Option<Self> {
        let mut parts = written.split(|byte| *byte == 0).map(|part| OsString::from_vec(part.to_vec()));
        let folder = PathBuf::from(parts.next()?);
        let count: usize = parts.next()?.to_str()?.parse().ok()?;
        let arguments: Vec<_> = parts.by_ref().take(count).collect();
        let environment: BTreeMap<_, _> = parts.filter_map(|part| variable(&part)).collect();
        // What a build script says can depend on anything, and such a crate is cargo's business.
        let has_script = environment.contains_key(OsStr::new("OUT_DIR"));
        let is_whole = arguments.iter().any(|argument| argument == "cdylib") && !environment.is_empty();
        if has_script || !is_whole {
            return None;
        }
        let decided_by = Stamp::of(decisive(&folder, &arguments));
        let remap = remap.to_owned();
        Some(Self { folder, arguments, environment, remap, decided_by })
    }

    /// Whether cargo would make the same call today.
    pub fn holds(&self) -> bool {
        self.decided_by.holds()
    }

    /// The name of the crate.
    pub fn name(&self) -> Option<String> {
        let name = self.arguments.iter().skip_while(|argument| *argument != "--crate-name").nth(1)?;
        Some(name.to_string_lossy().into_owned())
    }

    /// The same call with its results in the folder `out`.
    pub fn command(&self, emit: Emit, out: &Path) -> Command {
        let mut command = Command::new(&self.arguments[0]);
        let mut before = OsStr::new("");
        for argument in &self.arguments[1..] {
            command.arg(replaced(before, argument, emit, out));
            before = argument;
        }
        command.arg(&self.remap).current_dir(&self.folder);
        for (name, _) in env::vars_os().filter(|(name, _)| !self.environment.contains_key(name)) {
            command.env_remove(name);
        }
        command.envs(&self.environment);
        // Tokens of a cargo, or a make, that is gone.
        for name in ["CARGO_MAKEFLAGS", "MAKEFLAGS", "MFLAGS"] {
            command.env_remove(name);
        }
        command
    }
}

/// What tells the compiler how to call the crate's sources.
fn remap(sources: &Path) -> String {
    format!("--remap-path-prefix=src={}", sources.display())
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// An argument that stands behind another one, as it is for other results in another folder.
fn replaced(before: &OsStr, argument: &OsStr, emit: Emit, out: &Path) -> OsString {
    let is = |start: &[u8]| argument.as_bytes().starts_with(start);
    match emit {
        _ if before == "--out-dir" => out.into(),
        _ if before == "-C" && is(b"incremental=") => {
            let mut text = OsString::from("incremental=");
            text.push(out.join("incremental"));
            text
        }
        Emit::Metadata if is(b"--emit=") => "--emit=metadata".into(),
        _ => argument.to_owned(),
    }
}

fn variable(text: &OsStr) -> Option<(OsString, OsString)> {
    let bytes = text.as_bytes();
    let equals = bytes.iter().position(|byte| *byte == b'=')?;
    let part = |bytes: &[u8]| OsStr::from_bytes(bytes).to_owned();
    Some((part(&bytes[..equals]), part(&bytes[equals + 1..])))
}

/// The files that the call follows from: manifest, lock, settings, the compiler, and what it links.
fn decisive(folder: &Path, arguments: &[OsString]) -> Vec<PathBuf> {
    let home = |name: &str, default: &str| {
        env::var_os(name).map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(default)))
    };
    let mut files: Vec<_> = ["Cargo.toml", "Cargo.lock", "build.rs"].map(|name| folder.join(name)).into();
    files.extend(folder.ancestors().flat_map(|folder| SETTINGS.map(|name| folder.join(name))));
    files.extend(home("CARGO_HOME", ".cargo").map(|home| home.join("config.toml")));
    files.extend(home("RUSTUP_HOME", ".rustup").map(|home| home.join("settings.toml")));
    files.extend(arguments.first().map(PathBuf::from));
    files.extend(arguments.windows(2).filter(|pair| is_linked(&pair[0])).filter_map(|pair| path(&pair[1])));
    files
}

fn is_linked(option: &OsStr) -> bool {
    option == "--extern" || option == "-L"
}

/// The path in `pyo3=/path` and `dependency=/path`.
fn path(argument: &OsStr) -> Option<PathBuf> {
    variable(argument).map(|(_, path)| PathBuf::from(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARGUMENTS: [&str; 12] = [
        "/bin/rustc",
        "--crate-name",
        "rusty",
        "src/lib.rs",
        "--crate-type",
        "cdylib",
        "--emit=dep-info,link",
        "--out-dir",
        "/t/deps",
        "-C",
        "incremental=/t/incremental",
        "--extern",
    ];

    const REMAP: &str = "--remap-path-prefix=src=demo_crate/src";

    /// What the recorder writes; the last argument is the path of a crate that is linked.
    fn written(linked: &str, environment: &[&str]) -> Vec<u8> {
        let count = (ARGUMENTS.len() + 1).to_string();
        let parts = ["/p/demo_crate", &count].into_iter().chain(ARGUMENTS).chain([linked]);
        parts
            .chain(environment.iter().copied())
            .flat_map(|part| [part, "\0"])
            .collect::<String>()
            .into_bytes()
    }

    #[track_caller]
    fn check(emit: Emit, expected: &str) {
        let written = written("pyo3=/t/libpyo3.rlib", &["CARGO_PKG_NAME=rusty", "CARGO_MAKEFLAGS=-j 8"]);
        let call = Call::read(&written, REMAP).unwrap();
        assert_eq!(call.name().as_deref(), Some("rusty"));
        let command = call.command(emit, Path::new("/out"));
        let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
        assert_eq!(arguments.join(" "), expected);
        assert_eq!(command.get_current_dir(), Some(Path::new("/p/demo_crate")));
        let variable = |name: &str| command.get_envs().find(|(other, _)| *other == name).unwrap().1;
        assert_eq!(variable("CARGO_PKG_NAME"), Some(OsStr::new("rusty")));
        assert_eq!(variable("CARGO_MAKEFLAGS"), None, "its tokens are gone");
    }

    #[test]
    fn a_call_is_made_again_with_other_results() {
        check(
            Emit::Library,
            "--crate-name rusty src/lib.rs --crate-type cdylib --emit=dep-info,link --out-dir /out \
             -C incremental=/out/incremental --extern pyo3=/t/libpyo3.rlib --remap-path-prefix=src=demo_crate/src",
        );
        check(
            Emit::Metadata,
            "--crate-name rusty src/lib.rs --crate-type cdylib --emit=metadata --out-dir /out \
             -C incremental=/out/incremental --extern pyo3=/t/libpyo3.rlib --remap-path-prefix=src=demo_crate/src",
        );
    }

    #[test]
    fn a_call_that_cannot_be_made_again_is_none() {
        assert_eq!(Call::read(b"", REMAP), None);
        assert_eq!(Call::read(&written("a=/a", &[]), REMAP), None, "no environment");
        assert_eq!(Call::read(&written("a=/a", &["OUT_DIR=/o"]), REMAP), None, "a build script");
    }

    #[test]
    fn a_call_holds_while_what_it_links_stays() {
        let folder = tempfile::tempdir().unwrap();
        let linked = folder.path().join("liba.rlib");
        fs::write(&linked, "").unwrap();
        let call = Call::read(&written(&format!("a={}", linked.display()), &["A=1"]), REMAP).unwrap();
        assert!(call.holds());
        fs::remove_file(linked).unwrap();
        assert!(!call.holds());
    }

    #[test]
    fn the_recorder_writes_the_call_and_makes_it() {
        let folder = tempfile::tempdir().unwrap();
        let recorder = Recorder::new(folder.path(), Path::new("demo_crate/it's src")).unwrap();
        let call = |arguments: &[&str]| {
            Command::new(recorder.script()).arg("echo").args(arguments).output().unwrap()
        };
        let said = call(&["--crate-name", "a b", "--crate-type", "cdylib", "--emit=link", "src/lib.rs"]);
        let said = String::from_utf8(said.stdout).unwrap();
        assert!(said.ends_with("src/lib.rs --remap-path-prefix=src=demo_crate/it's src\n"), "{said}");
        assert_eq!(recorder.take().unwrap().name().as_deref(), Some("a b"));
        assert_eq!(recorder.take(), None, "it is forgotten");
        call(&["-vV"]);
        assert_eq!(recorder.take(), None, "a question is no build");
    }
}
