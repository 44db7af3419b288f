//! Compiles what was edited on stage, as fast as the compiler can: by making the call again that cargo has made before,
//! and by cargo whenever that call may not be the right one any more.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    MANIFEST,
    call::{Call, Emit, Recorder},
    cargo::{self, Order, Purpose},
    findings::{Maps, failure, findings},
    messages::{Artifact, Report, of_compiler},
    overlay::Overlay,
    process::{Cancel, run},
    scratch::Scratch,
};
use crate::protocol::{Finding, Level};

/// A copy of the demo crate, and how it is compiled.
#[derive(Debug)]
pub struct Live {
    scratch: Scratch,
    recorder: Recorder,
    call: Option<Call>,
    target: PathBuf,
    python: PathBuf,
    profile: String,
    cancel: Cancel,
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
    /// Compiles a copy of the project's crate.
    ///
    /// # Errors
    /// That of the disk.
    pub fn new(project: &Path, python: &Path, profile: &str, cancel: Cancel) -> io::Result<Self> {
        let scratch = Scratch::claim(project, profile)?;
        let recorder = Recorder::new(scratch.folder())?;
        Ok(Self {
            scratch,
            recorder,
            call: None,
            target: project.join(Purpose::Running.target()),
            python: python.to_owned(),
            profile: profile.to_owned(),
            cancel,
        })
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
        let maps = self.scratch.synchronise(overlay)?;
        self.compile(&maps)
    }

    /// What the compiler has to say. Nothing is made that runs.
    pub fn check(&mut self, overlay: &Overlay) -> Vec<Finding> {
        let maps = match self.scratch.synchronise(overlay) {
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
        let maps = self.scratch.synchronise(&unedited)?;
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
        let said = fs::create_dir_all(&out).and_then(|()| run(&self.cancel, &call.command(emit, &out)));
        let report = said.map(|said| of_compiler(&said, &name));
        if self.cancel.is_stopped() || report.as_ref().is_ok_and(Report::is_about_the_code) {
            self.call = Some(call);
            return Some(report);
        }
        // What the compiler keeps for the next time may be what it stumbled over.
        let _ = fs::remove_dir_all(out);
        None
    }

    fn by_cargo(&mut self) -> io::Result<Report> {
        let order = Order {
            sources: self.scratch.folder(),
            target: &self.target,
            python: &self.python,
            profile: &self.profile,
            purpose: Purpose::Running,
            recorder: Some(self.recorder.script()),
        };
        let report = cargo::build(&order, &self.cancel);
        self.call = self.recorder.take();
        report
    }
}

fn not_run(error: &io::Error) -> Finding {
    failure(format!("the compiler could not be run: {error}"))
}
