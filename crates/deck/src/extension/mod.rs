//! Builds the demo crate while the talk is on, and for tracing: plain cargo, into a folder of its own for every build.
//!
//! A build is laid out as the wheel is, so that cells import it as they import the installed one. It never replaces a
//! file: an interpreter that has an extension mapped crashes when the file under it changes, and one that imports it
//! anew keeps the old code without saying so. A new build therefore means a new folder and a new process.

mod cargo;
mod layout;
mod messages;

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use crate::protocol::{Build, Problem};
pub use cargo::{Cancel, Purpose};

/// The crate that is built, from the project's folder.
const CRATE: &str = "demo_crate";
/// What is built, from the project's folder.
pub const MANIFEST: &str = "demo_crate/Cargo.toml";
/// What is copied beside the extension, from the project's folder: packages, stubs and texts.
pub const PYTHON_SOURCE: &str = "demo_crate/python";

/// Builds the extension of a project, again and again.
#[derive(Debug)]
pub struct Extension {
    project: PathBuf,
    /// The folder that the crate is in: the project, or what an earlier build kept of it.
    sources: PathBuf,
    python: PathBuf,
    profile: String,
    builds: PathBuf,
    suffix: Option<String>,
    purpose: Purpose,
    last: u32,
    cancel: Cancel,
}

/// A build that can be imported, with the sources that it was made from. Dropping it removes both.
#[derive(Debug)]
pub struct LiveBuild {
    build: Build,
    folder: TempDir,
}

/// The parts of a build's folder.
const PACKAGES: &str = "packages";
const SOURCES: &str = "sources";

impl LiveBuild {
    /// Its number and profile.
    pub fn build(&self) -> &Build {
        &self.build
    }

    /// The folder to put first into `sys.path`.
    pub fn packages(&self) -> PathBuf {
        self.folder.path().join(PACKAGES)
    }

    /// A folder with the crate as it was when it was built: the project's may have changed since.
    pub fn sources(&self) -> PathBuf {
        self.folder.path().join(SOURCES)
    }
}

impl Extension {
    /// Builds go to folders in `builds`, which is emptied first: a server that was killed may have left some.
    ///
    /// # Errors
    /// That of the disk.
    pub fn new(project: &Path, python: &Path, profile: &str, builds: PathBuf) -> io::Result<Self> {
        match fs::remove_dir_all(&builds) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir_all(&builds)?,
        }
        // Sessions may work in another folder, and so may cargo.
        let project = fs::canonicalize(project)?;
        Ok(Self {
            sources: project.clone(),
            project,
            python: python.to_owned(),
            profile: profile.to_owned(),
            builds: fs::canonicalize(builds)?,
            suffix: None,
            purpose: Purpose::Running,
            last: 0,
            cancel: Cancel::default(),
        })
    }

    /// Builds for tracing from now on, from the crate in the folder `sources`, until it is ended.
    pub fn for_tracing(self, sources: PathBuf, cancel: Cancel) -> Self {
        Self { purpose: Purpose::Tracing, sources, cancel, ..self }
    }

    /// Ends the build that is under way, and every later one, at once.
    pub fn cancel(&self) -> Cancel {
        self.cancel.clone()
    }

    /// Compiles, so that the next build is quick, and throws the result away.
    ///
    /// # Errors
    /// What the compiler says.
    pub fn warm_up(&mut self) -> Result<(), Vec<Problem>> {
        self.compile().map(drop)
    }

    /// Compiles and lays the result out in a new folder.
    ///
    /// # Errors
    /// What the compiler says.
    pub fn build(&mut self) -> Result<LiveBuild, Vec<Problem>> {
        let number = self.last + 1;
        let suffix = self.suffix()?;
        let failed = |error| {
            vec![problem(format!("The build could not be laid out in {}: {error}", self.builds.display()))]
        };
        // First: what is saved while the compiler reads makes another build necessary anyway.
        let folder = self.keep_sources(number).map_err(failed)?;
        let artifact = self.compile()?;
        self.lay_out(&artifact, &suffix, folder.path()).map_err(failed)?;
        self.last = number;
        Ok(LiveBuild { build: Build { number, profile: self.profile.clone() }, folder })
    }

    fn compile(&self) -> Result<messages::Artifact, Vec<Problem>> {
        let target = self.project.join(self.purpose.target());
        let order = cargo::Order {
            sources: &self.sources,
            target: &target,
            python: &self.python,
            profile: &self.profile,
            purpose: self.purpose,
        };
        cargo::build(&order, &self.cancel)
    }

    /// A folder for the next build, with the crate's sources.
    fn keep_sources(&self, number: u32) -> io::Result<TempDir> {
        // Always the same name for the same number, because cargo keeps what it built from every folder for ever. Nothing
        // is left in its place: this folder is emptied at the start, and no number comes twice.
        let folder =
            tempfile::Builder::new().prefix(&number.to_string()).rand_bytes(0).tempdir_in(&self.builds)?;
        layout::copy(&self.sources.join(CRATE), &folder.path().join(SOURCES).join(CRATE))?;
        Ok(folder)
    }

    /// How the extension's file is to end; the interpreter is asked once.
    fn suffix(&mut self) -> Result<String, Vec<Problem>> {
        if self.suffix.is_none() {
            let failed =
                |error| vec![problem(format!("Python does not say how extensions are named: {error}"))];
            self.suffix = Some(extension_suffix(&self.python).map_err(failed)?);
        }
        Ok(self.suffix.clone().unwrap_or_default())
    }

    fn lay_out(&self, artifact: &messages::Artifact, suffix: &str, folder: &Path) -> io::Result<()> {
        let module = layout::Module { name: &artifact.name, suffix, library: &artifact.library };
        let packages = folder.join(SOURCES).join(PYTHON_SOURCE);
        layout::lay_out(&packages, &module, &folder.join(PACKAGES))
    }
}

/// How this interpreter wants the file of an extension to end, e.g. `.cpython-313-x86_64-linux-gnu.so`.
fn extension_suffix(python: &Path) -> io::Result<String> {
    let script = "import sysconfig; print(sysconfig.get_config_var('EXT_SUFFIX'))";
    let output = Command::new(python).args(["-I", "-c", script]).output()?;
    let suffix = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if suffix.starts_with('.') {
        Ok(suffix)
    } else {
        Err(io::Error::other(format!("{} does not say how its extensions are named", python.display())))
    }
}

/// A problem of the build as a whole.
fn problem(message: String) -> Problem {
    Problem { file: MANIFEST.to_owned(), line: 1, rendered: message.clone(), message }
}
