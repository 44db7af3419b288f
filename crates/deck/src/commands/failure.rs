//! How a command says that something is wrong.

use std::process::ExitCode;

use crate::{
    diagnostic::Diagnostic,
    terminal::{FAILED, Painted},
};

/// Says what went wrong, and how it came to it, on standard error.
pub fn failed(error: &anyhow::Error) -> ExitCode {
    anstream::eprintln!("{} {error:#}", Painted(FAILED, "error:"));
    ExitCode::FAILURE
}

/// Shows all errors of the sources on standard error.
pub fn report(errors: &[Diagnostic]) -> ExitCode {
    for error in errors {
        anstream::eprintln!("{}\n", error.render(true));
    }
    let count = match errors.len() {
        1 => "1 error".to_owned(),
        count => format!("{count} errors"),
    };
    anstream::eprintln!("{count}; nothing was done.");
    ExitCode::FAILURE
}
