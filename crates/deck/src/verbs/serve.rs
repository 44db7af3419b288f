//! `deck serve`.

use std::{env, io::IsTerminal};

/// Present the deck in the browser, with live code.
///
/// Opens the slides in the browser, or prints a link where there is no display. The link lets one browser in, once: the
/// server runs code, so it listens on this machine only and answers nobody else. Slides that are saved change in the open
/// page, and a changed demo crate is built in the background and offered. Ctrl-C ends the talk and everything it started.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Listen on this port; 0 takes any that is free. Without it, the port of the last time is used, so that a page that is
    /// still open finds its way back.
    #[arg(long, value_name = "NUMBER")]
    pub port: Option<u16>,
    /// Print the link only, and open no browser.
    #[arg(long)]
    pub no_open: bool,
}

impl Args {
    /// Prints a link and, if that is wanted and there is a display, opens it.
    pub fn show(&self, link: &str) {
        anstream::println!("The slides are at {link}");
        if std::io::stdin().is_terminal() {
            anstream::println!(
                "This link lets one browser in. Enter prints another one; Ctrl-C ends the talk."
            );
        }
        if !self.no_open
            && has_display()
            && let Err(error) = open::that_detached(link)
        {
            anstream::eprintln!("The browser could not be opened ({error}); open the link yourself.");
        }
    }
}

/// On Linux a browser needs a display server; elsewhere there always is one.
fn has_display() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
