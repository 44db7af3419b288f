//! Builds the demo crate while the talk is on, and for tracing, into a folder of its own for every build.
//!
//! A build is laid out as the wheel is, so that cells import it as they import the installed one. It never replaces a
//! file: an interpreter that has an extension mapped crashes when the file under it changes, and one that imports it
//! anew keeps the old code without saying so. A new build therefore means a new folder and a new process.
//!
//! What is edited on stage is compiled in a copy of the crate. Most of the time of a small build is cargo's own, so the call
//! of the compiler that cargo makes is recorded and made again without it.

mod call;
mod cargo;
mod findings;
mod live;
mod messages;
mod overlay;
mod process;
mod scratch;
mod second_build;
mod source_map;
mod stamp;
mod wheel;
mod write_back;

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use crate::{
    project::Project,
    protocol::{Build, Finding},
};
use cargo::Purpose;
use findings::failure;
pub use findings::problem;
use live::{Library, Live, Settings};
use messages::Artifact;
pub use overlay::{Applied, LiveRegion, Overlay};
pub use process::{Cancel, Work};
use scratch::SCRATCH;
pub use second_build::SecondBuild;
pub use source_map::SourceMap;
pub use write_back::{Difference, NotWritten, difference, write_back};

/// Builds the extension of a project, again and again.
#[derive(Debug)]
pub struct Extension {
    settings: Settings,
    builds: PathBuf,
    suffix: Option<String>,
    /// The copy that is compiled; it is made when it is first needed.
    live: Option<Live>,
    last: u32,
}

/// A build with the warnings that its code gave.
#[derive(Debug)]
pub struct Compiled {
    /// What can be imported.
    pub live: LiveBuild,
    /// What the compiler found nevertheless.
    pub warnings: Vec<Finding>,
}

/// A build that can be imported, with the sources that it was made from. Dropping it removes both.
#[derive(Debug)]
pub struct LiveBuild {
    build: Build,
    module: String,
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

    /// Says which cells' edits are in it.
    pub fn name_edits(&mut self, cells: Vec<String>) {
        self.build.edited = cells;
    }

    /// The name of the module that it holds.
    pub fn module(&self) -> &str {
        &self.module
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
    pub fn new(project: &Project, profile: &str, builds: PathBuf) -> io::Result<Self> {
        match fs::remove_dir_all(&builds) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir_all(&builds)?,
        }
        // Sessions may work in another folder, and so may cargo.
        let project = Project { root: fs::canonicalize(&project.root)?, ..project.clone() };
        let settings = Settings {
            tree: project.root.clone(),
            project,
            profile: profile.to_owned(),
            purpose: Purpose::Running,
            cancel: Cancel::default(),
        };
        Ok(Self { settings, builds: fs::canonicalize(builds)?, suffix: None, live: None, last: 0 })
    }

    /// Builds for tracing from now on, from the crate in the folder `sources`, until it is ended.
    pub fn for_tracing(self, sources: PathBuf, cancel: Cancel) -> Self {
        let settings = Settings { purpose: Purpose::Tracing, tree: sources, cancel, ..self.settings };
        Self { settings, live: None, ..self }
    }

    /// Ends what is under way from another thread.
    pub fn cancel(&self) -> Cancel {
        self.settings.cancel.clone()
    }

    /// Compiles, so that the next build and the next check are quick, and throws the result away. Gives what keeps the crate
    /// from being built; nothing if it had to make way for something more urgent.
    pub fn warm_up(&mut self) -> Option<Vec<Finding>> {
        let _under_way = self.settings.cancel.begin(Work::WarmUp);
        let found = self.live().and_then(Live::warm_up).err().unwrap_or_default();
        (!self.settings.cancel.is_stopped()).then_some(found)
    }

    /// All that the compiler has to say about the edited crate, without building it; nothing if it had to make way.
    pub fn check(&mut self, overlay: &Overlay) -> Option<Vec<Finding>> {
        let _under_way = self.settings.cancel.begin(Work::Check);
        let found = self.live().map_or_else(|found| found, |live| live.check(overlay));
        (!self.settings.cancel.is_stopped()).then_some(found)
    }

    /// Compiles the edited crate and lays the result out in a new folder. Whatever goes wrong, earlier builds stay.
    ///
    /// # Errors
    /// All that was found, with at least one error.
    pub fn build(&mut self, overlay: &Overlay) -> Result<Compiled, Vec<Finding>> {
        let _under_way = self.settings.cancel.begin(Work::Build);
        self.make(overlay)
    }

    /// The same for the code of a saved file; nothing if it had to make way.
    pub fn offer(&mut self, overlay: &Overlay) -> Option<Result<Compiled, Vec<Finding>>> {
        let _under_way = self.settings.cancel.begin(Work::Offer);
        let made = self.make(overlay);
        (!self.settings.cancel.is_stopped()).then_some(made)
    }

    fn make(&mut self, overlay: &Overlay) -> Result<Compiled, Vec<Finding>> {
        let number = self.last + 1;
        let suffix = self.suffix()?;
        let live = self.live()?;
        let (library, sources) = (live.build(overlay)?, live.sources().to_owned());
        let folder = self.keep(&sources, number)?;
        self.lay_out(&library, &suffix, folder.path())?;
        self.last = number;
        let build = Build { number, profile: self.settings.profile.clone(), ..Build::default() };
        let live = LiveBuild { build, module: library.artifact.name, folder };
        Ok(Compiled { live, warnings: library.warnings })
    }

    fn live(&mut self) -> Result<&mut Live, Vec<Finding>> {
        let layout = &self.settings.project.layout;
        let (from, to) = (layout.extension.folder.display(), layout.scratch.join(SCRATCH));
        let failed = |error| vec![failure(format!("{from} cannot be copied into {}: {error}", to.display()))];
        let live = match self.live.take() {
            Some(live) => live,
            None => Live::new(self.settings.clone()).map_err(failed)?,
        };
        Ok(self.live.insert(live))
    }

    /// A folder for the next build, with the crate's sources.
    fn keep(&self, sources: &Path, number: u32) -> Result<TempDir, Vec<Finding>> {
        // Nothing is in its place: the folder of builds is emptied at the start, and no number comes twice.
        let kept =
            tempfile::Builder::new().prefix(&number.to_string()).rand_bytes(0).tempdir_in(&self.builds);
        kept.and_then(|folder| {
            let kept = folder.path().join(SOURCES);
            for root in self.settings.project.layout.extension.roots() {
                wheel::copy(&sources.join(root), &kept.join(root))?;
            }
            Ok(folder)
        })
        .map_err(|error| vec![self.not_laid_out(&error)])
    }

    /// How the extension's file is to end; the interpreter is asked once.
    fn suffix(&mut self) -> Result<String, Vec<Finding>> {
        if self.suffix.is_none() {
            let failed =
                |error| vec![failure(format!("Python does not say how extensions are named: {error}"))];
            self.suffix = Some(extension_suffix(&self.settings.project.python).map_err(failed)?);
        }
        Ok(self.suffix.clone().unwrap_or_default())
    }

    fn lay_out(&self, library: &Library, suffix: &str, folder: &Path) -> Result<(), Vec<Finding>> {
        let Artifact { name, library } = &library.artifact;
        let packages = folder.join(SOURCES).join(&self.settings.project.layout.extension.python);
        let laid_out =
            wheel::lay_out(&packages, &wheel::Module { name, suffix, library }, &folder.join(PACKAGES));
        laid_out.map_err(|error| vec![self.not_laid_out(&error)])
    }

    fn not_laid_out(&self, error: &io::Error) -> Finding {
        failure(format!("the build could not be laid out in {}: {error}", self.builds.display()))
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
