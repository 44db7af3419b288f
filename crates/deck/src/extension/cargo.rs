//! Builds with cargo.

use std::{
    io,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    messages::{Report, of_cargo},
    paths::MANIFEST,
    process::{Cancel, run},
};

/// What a build is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be imported soon: debug information doubles the time of a rebuild, so it is left out.
    Running,
    /// To be traced: with names and lines of everything.
    Tracing,
}

impl Purpose {
    /// Cargo's folder, from the project's folder. It is not the one of `make`, and each purpose has its own: two builds in
    /// one folder wait for each other, and undo each other's work where their settings differ.
    pub(super) fn target(self) -> &'static str {
        match self {
            Self::Running => "target/live",
            Self::Tracing => "target/traced",
        }
    }

    /// What the names of copies begin with.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Running => "",
            Self::Tracing => "traced-",
        }
    }

    /// The compiler refuses to optimise a whole program piece by piece.
    fn incremental(self) -> &'static str {
        match self {
            Self::Running => "true",
            Self::Tracing => "false",
        }
    }

    fn debug(self) -> &'static str {
        match self {
            Self::Running => "0",
            Self::Tracing => "2",
        }
    }

    /// What the standard library brings with it makes linking slower.
    fn strip(self) -> &'static str {
        match self {
            Self::Running => "debuginfo",
            Self::Tracing => "none",
        }
    }
}

/// A path that also holds in the folders that build scripts run in; a bare name is looked up on PATH anywhere.
fn from_anywhere(python: &Path) -> PathBuf {
    match python.components().count() {
        1 => python.to_owned(),
        _ => std::path::absolute(python).unwrap_or_else(|_| python.to_owned()),
    }
}

/// What is to be built.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// The folder that the crate is in.
    pub sources: &'a Path,
    /// Cargo's folder.
    pub target: &'a Path,
    /// The interpreter that the extension is for.
    pub python: &'a Path,
    /// Cargo's name of the profile.
    pub profile: &'a str,
    /// What it is made for.
    pub purpose: Purpose,
    /// What stands in the compiler's place.
    pub recorder: Option<&'a Path>,
}

/// Builds the demo crate with its own settings, except for debug information.
///
/// # Errors
/// Why cargo could not be asked.
pub fn build(order: &Order, cancel: &Cancel) -> io::Result<Report> {
    let Order { sources, target, python, profile, purpose, recorder } = *order;
    let mut command = Command::new("cargo");
    let setting = |name: &str| format!("CARGO_PROFILE_{}_{name}", profile.to_uppercase().replace('-', "_"));
    command
        .args(["build", "--lib", "--message-format=json", "--profile", profile])
        .args(["--manifest-path", MANIFEST, "--target-dir"])
        .arg(target)
        .current_dir(sources)
        .env("PYO3_PYTHON", from_anywhere(python))
        // Without it, the library would be linked against libpython.
        .env("PYO3_BUILD_EXTENSION_MODULE", "1")
        .env(setting("DEBUG"), purpose.debug())
        .env(setting("STRIP"), purpose.strip())
        .env(setting("INCREMENTAL"), purpose.incremental())
        .env("CARGO_TERM_COLOR", "never");
    if let Some(recorder) = recorder {
        command.env("RUSTC_WORKSPACE_WRAPPER", recorder);
    }
    run(cancel, &command).map(of_cargo)
}
