//! Compiles what was edited on stage, as fast as the compiler can: by making the call again that cargo has made before,
//! and by cargo whenever that call may not be the right one any more.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Read, Seek, Write},
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use super::{
    call::{Call, Emit, Recorder},
    cargo::{self, Order, Purpose},
    findings::{Maps, failure, findings},
    messages::{Artifact, Report, of_compiler},
    overlay::Overlay,
    paths::MANIFEST,
    process::{Cancel, run},
    scratch::Scratch,
};
use crate::protocol::{Finding, Level};

/// How often a build looks whether it is its turn.
const GLANCE: Duration = Duration::from_millis(10);

/// A copy of the demo crate, and how it is compiled.
#[derive(Debug)]
pub struct Live {
    settings: Settings,
    scratch: Scratch,
    /// Nothing where a build must be cargo's.
    recorder: Option<Recorder>,
    call: Option<Call>,
}

/// What is compiled, and for what.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The project's folder.
    pub project: PathBuf,
    /// The folder that holds the crate: the project, or what an earlier build kept of it.
    pub tree: PathBuf,
    /// The interpreter that the extension is for.
    pub python: PathBuf,
    /// Cargo's name of the profile.
    pub profile: String,
    /// What it is made for.
    pub purpose: Purpose,
    /// Ends it.
    pub cancel: Cancel,
}

/// A library with the warnings that its code gave.
#[derive(Debug)]
pub struct Library {
    pub artifact: Artifact,
    pub warnings: Vec<Finding>,
}

impl Library {
    /// What came of a build.
    ///
    /// # Errors
    /// All that was found, if there is no library.
    pub fn of(report: io::Result<Report>, maps: &Maps) -> Result<Self, Vec<Finding>> {
        let report = report.map_err(|error| vec![not_run(&error)])?;
        let found = findings(&report, maps);
        match report.library {
            Some(artifact) if report.success => Ok(Self { artifact, warnings: found }),
            _ if found.iter().any(|finding| finding.level == Level::Error) => Err(found),
            _ => Err(vec![failure(format!("{MANIFEST} does not make a `cdylib`"))]),
        }
    }
}

impl Live {
    /// Compiles a copy of the crate.
    ///
    /// # Errors
    /// That of the disk.
    pub fn new(settings: Settings) -> io::Result<Self> {
        let scratch =
            Scratch::claim(&settings.project, &format!("{}{}", settings.purpose.prefix(), settings.profile))?;
        let recorder = match settings.purpose {
            Purpose::Running => Some(Recorder::new(scratch.folder())?),
            Purpose::Tracing => None,
        };
        Ok(Self { settings, scratch, recorder, call: None })
    }

    /// The folder that holds the crate as it was compiled last.
    pub fn sources(&self) -> &Path {
        self.scratch.folder()
    }

    /// Compiles.
    ///
    /// # Errors
    /// All that was found, if there is no library.
    pub fn build(&mut self, overlay: &Overlay) -> Result<Library, Vec<Finding>> {
        let maps = self.scratch.synchronise(&self.settings.tree, overlay)?;
        self.compile(&maps)
    }

    /// What the compiler has to say. Nothing is made that runs.
    pub fn check(&mut self, overlay: &Overlay) -> Vec<Finding> {
        let maps = match self.scratch.synchronise(&self.settings.tree, overlay) {
            Ok(maps) => maps,
            Err(found) => return found,
        };
        match self.again(Emit::Metadata) {
            Some(Ok(report)) => findings(&report, &maps),
            Some(Err(error)) => vec![not_run(&error)],
            None => self.compile(&maps).map_or_else(|found| found, |library| library.warnings),
        }
    }

    /// Compiles twice what differs in a comment: the first change after a start takes several times as long as any other.
    ///
    /// # Errors
    /// All that was found, if there is no library.
    pub fn warm_up(&mut self) -> Result<(), Vec<Finding>> {
        let unedited = Overlay::default();
        let maps = self.scratch.synchronise(&self.settings.tree, &unedited)?;
        if self.scratch.touch().is_ok() {
            self.compile(&maps)?;
        }
        self.build(&unedited)?;
        self.check(&unedited);
        Ok(())
    }

    fn compile(&mut self, maps: &Maps) -> Result<Library, Vec<Finding>> {
        let report = match self.again(Emit::Library) {
            Some(report) => report,
            None => self.by_cargo(),
        };
        Library::of(report, maps)
    }

    /// Makes the recorded call again, if there is one that still holds. If not the code but the machine is why it failed, cargo
    /// is asked, from a clean beginning.
    fn again(&mut self, emit: Emit) -> Option<io::Result<Report>> {
        let call = self.call.take_if(|call| call.holds())?;
        let out = self.scratch.folder().join(emit.folder());
        let name = call.name().unwrap_or_default();
        let said =
            fs::create_dir_all(&out).and_then(|()| run(&self.settings.cancel, &call.command(emit, &out)));
        let report = said.map(|said| of_compiler(&said, &name));
        if self.settings.cancel.is_stopped() || report.as_ref().is_ok_and(Report::is_about_the_code) {
            self.call = Some(call);
            return Some(report);
        }
        // What the compiler keeps for the next time may be what it stumbled over.
        let _ = fs::remove_dir_all(out);
        None
    }

    fn by_cargo(&mut self) -> io::Result<Report> {
        let Settings { project, python, profile, purpose, cancel, .. } = &self.settings;
        let target = project.join(purpose.target());
        let turn = self.turn(&target)?;
        let order = Order {
            sources: self.scratch.folder(),
            target: &target,
            python,
            profile,
            purpose: *purpose,
            recorder: self.recorder.as_ref().map(Recorder::script),
        };
        let mut report = cargo::build(&order, cancel)?;
        self.call = self.recorder.as_ref().and_then(Recorder::take);
        // Cargo's own file is the next one's, once it is somebody else's turn.
        if let Some(Artifact { library, .. }) = &mut report.library {
            let own = self.scratch.folder().join("by-cargo").with_extension("so");
            fs::copy(&*library, &own)?;
            *library = own;
        }
        drop(turn);
        Ok(report)
    }

    /// Waits until no other copy is built by cargo. Copies have one folder of cargo's in common, and there one file for the
    /// library and one record of what was built.
    fn turn(&self, target: &Path) -> io::Result<File> {
        fs::create_dir_all(target)?;
        let path = target.join(format!("{}.turn", self.settings.profile));
        let mut turn = File::options().read(true).write(true).create(true).truncate(false).open(path)?;
        while let Err(error) = turn.try_lock() {
            match error {
                TryLockError::Error(error) => return Err(error),
                // Whoever leaves the line has not had a turn, and must not say so in the file.
                TryLockError::WouldBlock if self.settings.cancel.is_stopped() => {
                    return Err(io::Error::other("the build was ended while it waited for another one"));
                }
                TryLockError::WouldBlock => thread::sleep(GLANCE),
            }
        }
        let mut last = Vec::new();
        turn.read_to_end(&mut last)?;
        let own = self.scratch.folder().as_os_str().as_bytes();
        if last != own {
            self.scratch.renew()?;
            turn.rewind()?;
            turn.set_len(0)?;
            turn.write_all(own)?;
        }
        Ok(turn)
    }
}

fn not_run(error: &io::Error) -> Finding {
    failure(format!("the compiler could not be run: {error}"))
}
