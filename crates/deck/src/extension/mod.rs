//! Builds the demo crate while the talk is on, and for tracing: plain cargo, into a folder of its own for every build.
//!
//! A build is laid out as the wheel is, so that cells import it as they import the installed one. It never replaces a
//! file: an interpreter that has an extension mapped crashes when the file under it changes, and one that imports it
//! anew keeps the old code without saying so. A new build therefore means a new folder and a new process.

mod cargo;
mod layout;
mod messages;
mod overlay;
mod source_map;

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use crate::protocol::{Build, Problem};
pub use cargo::{Cancel, Purpose};
pub use overlay::{Applied, LiveRegion, Overlay};
pub use source_map::SourceMap;

/// What is built, from the project's folder.
pub const MANIFEST: &str = "demo_crate/Cargo.toml";
/// What is copied beside the extension, from the project's folder: packages, stubs and texts.
pub const PYTHON_SOURCE: &str = "demo_crate/python";

/// Builds the extension of a project, again and again.
#[derive(Debug)]
pub struct Extension {
    project: PathBuf,
    python: PathBuf,
    profile: String,
    builds: PathBuf,
    suffix: Option<String>,
    purpose: Purpose,
    last: u32,
    cancel: Cancel,
}

/// A build that can be imported. Dropping it removes its folder.
#[derive(Debug)]
pub struct LiveBuild {
    build: Build,
    folder: TempDir,
}

impl LiveBuild {
    /// Its number and profile.
    pub fn build(&self) -> &Build {
        &self.build
    }

    /// The folder to put first into `sys.path`.
    pub fn folder(&self) -> &Path {
        self.folder.path()
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
        Ok(Self {
            // Sessions may work in another folder, and so may cargo.
            project: fs::canonicalize(project)?,
            python: python.to_owned(),
            profile: profile.to_owned(),
            builds: fs::canonicalize(builds)?,
            suffix: None,
            purpose: Purpose::Running,
            last: 0,
            cancel: Cancel::default(),
        })
    }

    /// Builds for tracing from now on.
    pub fn for_tracing(self) -> Self {
        Self { purpose: Purpose::Tracing, ..self }
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
        let artifact = self.compile()?;
        let number = self.last + 1;
        let folder = self.lay_out(&artifact, number).map_err(|error| {
            vec![problem(format!("The build could not be laid out in {}: {error}", self.builds.display()))]
        })?;
        self.last = number;
        Ok(LiveBuild { build: Build { number, profile: self.profile.clone() }, folder })
    }

    fn compile(&self) -> Result<messages::Artifact, Vec<Problem>> {
        cargo::build(&self.project, &self.python, &self.profile, self.purpose, &self.cancel)
    }

    fn lay_out(&mut self, artifact: &messages::Artifact, number: u32) -> io::Result<TempDir> {
        let suffix = match self.suffix.take() {
            Some(suffix) => suffix,
            None => extension_suffix(&self.python)?,
        };
        let suffix = self.suffix.insert(suffix);
        let folder = tempfile::Builder::new().prefix(&format!("{number}-")).tempdir_in(&self.builds)?;
        let module = layout::Module { name: &artifact.name, suffix, library: &artifact.library };
        layout::lay_out(&self.project.join(PYTHON_SOURCE), &module, folder.path())?;
        Ok(folder)
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
