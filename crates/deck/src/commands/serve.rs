//! `deck serve`.

use std::{
    env,
    io::{self, IsTerminal},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use super::{ProjectArgs, report};
use crate::{
    diagnostic::Diagnostic,
    project::Project,
    publishing::{deck_site, front_end},
    render::Edition,
    server::{Presentation, present, talk::Loaded},
};

/// Present the deck in the browser, with live code.
///
/// Opens the slides in the browser, or prints a link where there is no display. The link lets one browser in, once: the
/// server runs code, so it listens on this machine only and answers nobody else. Slides that are saved change in the open
/// page, and a changed demo crate is built in the background and offered. Ctrl-C ends the talk and everything it started.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Listen on this port; 0 takes any that is free. Without it, the port of the last time is used, so that a page that is
    /// still open finds its way back.
    #[arg(long, value_name = "NUMBER")]
    port: Option<u16>,

    /// Print the link only, and open no browser.
    #[arg(long)]
    no_open: bool,

    /// Also show the slides that are only planned.
    #[arg(long)]
    planned: bool,

    /// Build the changed demo crate with this Cargo profile.
    #[arg(long, value_name = "NAME", default_value = "release")]
    profile: String,

    #[command(flatten)]
    project: ProjectArgs,
}

/// Presents the deck until it is ended.
///
/// # Errors
/// If the front end is missing, the port is taken, or the system refuses something.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let project = match args.project.open() {
        Ok(project) => project.absolute()?,
        Err(errors) => return Ok(report(&errors)),
    };
    let project = Project { python: from_anywhere(&project.python)?, ..project };
    front_end(&project)?;
    let (shown, sources) = (args.clone(), project.clone());
    let planned = args.planned;
    let presented = present(Presentation {
        project,
        profile: args.profile.clone(),
        port: args.port,
        load: Box::new(move || load(&sources, planned)),
        show: Arc::new(move |link| show(link, &shown)),
    })?;
    Ok(match presented {
        Ok(()) => ExitCode::SUCCESS,
        Err(errors) => report(&errors),
    })
}

/// The deck with its site; a front end that vanishes during the talk is an error like one in the slides.
fn load(project: &Project, planned: bool) -> Loaded {
    let missing = |error| vec![Diagnostic::in_file(&project.layout.front_end, format!("{error:#}"))];
    deck_site(project, &Edition { live: true, planned, notes: true, ..Edition::default() })
        .unwrap_or_else(|error| Err(missing(error)))
}

/// Prints a link and, if that is wanted and there is a display, opens it.
fn show(link: &str, args: &Args) {
    anstream::println!("The slides are at {link}");
    if io::stdin().is_terminal() {
        anstream::println!("This link lets one browser in. Enter prints another one; Ctrl-C ends the talk.");
    }
    if !args.no_open
        && has_display()
        && let Err(error) = open::that_detached(link)
    {
        anstream::eprintln!("The browser could not be opened ({error}); open the link yourself.");
    }
}

/// The interpreter's path such that it is the same from cargo's folders. Links are not followed: an environment's Python
/// is a link, and what it is depends on where the link stands. A bare name is looked for on PATH, as ever.
fn from_anywhere(python: &Path) -> io::Result<PathBuf> {
    if python.components().count() > 1 { std::path::absolute(python) } else { Ok(python.to_owned()) }
}

/// On Linux a browser needs a display server; elsewhere there always is one.
fn has_display() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
