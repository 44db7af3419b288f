//! A letter, a name and a colour for each language.

use anstyle::{AnsiColor, Color, Style};

use crate::Language;

/// How one language looks. The letters tell what the colours tell.
pub(super) struct Look {
    pub letters: &'static str,
    pub name: &'static str,
    colour: AnsiColor,
    bold: bool,
}

impl Look {
    pub(super) fn paint(&self, text: &str, colour: bool) -> String {
        if !colour {
            return text.to_owned();
        }
        let style = Style::new().fg_color(Some(Color::Ansi(self.colour)));
        let style = if self.bold { style.bold() } else { style };
        format!("{style}{text}{style:#}")
    }
}

/// How a language looks.
pub(super) fn look(language: Language) -> Look {
    use AnsiColor::{Blue, BrightBlack, Cyan, Magenta, Yellow};
    let (letters, name, colour, bold) = match language {
        Language::User => ("Rs", "your Rust", Yellow, true),
        Language::Macro => ("Rm", "written by macros", Yellow, false),
        Language::Pyo3 => ("P3", "PyO3", Magenta, false),
        Language::Crate => ("Rc", "other crates", Cyan, false),
        Language::Std => ("st", "Rust's library", Cyan, false),
        Language::Cpython => ("C ", "CPython", Blue, false),
        Language::Native => ("N ", "native code", Yellow, true),
        Language::Libc => ("lc", "C library", BrightBlack, false),
        Language::Loader => ("ld", "loader", BrightBlack, false),
        Language::Plt => ("pl", "linkage", BrightBlack, false),
        Language::Unknown => ("? ", "unknown", BrightBlack, false),
    };
    Look { letters, name, colour, bold }
}
