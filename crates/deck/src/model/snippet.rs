//! A block of code, as it stands on a slide.

use super::location::Location;

/// Code that is shown.
#[derive(Debug, Clone)]
pub struct Snippet {
    /// The fence's language tag.
    pub language: String,
    /// The lines, hidden ones included.
    pub lines: Vec<CodeLine>,
    /// The stages of a stepped highlight, each a list of lines counted from 1 among the shown ones; empty for none.
    pub steps: Vec<Vec<u32>>,
    /// The file and line where the code really lives, if it was included.
    pub origin: Option<Location>,
    /// Where the fence stands.
    pub place: Location,
}

/// One line of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeLine {
    /// Without its line end, and without the prefix that hides it.
    pub text: String,
    /// It is not shown, but it runs.
    pub hidden: bool,
}

impl Snippet {
    /// The text that the audience sees.
    pub fn shown(&self) -> String {
        joined(self.lines.iter().filter(|line| !line.hidden))
    }

    /// The text that runs: hidden lines included.
    pub fn source(&self) -> String {
        joined(self.lines.iter())
    }

    /// The statement that an X-ray traces: its last line that is not blank.
    pub fn statement(&self) -> &str {
        self.lines.iter().rev().map(|line| line.text.trim_end()).find(|line| !line.is_empty()).unwrap_or("")
    }

    /// The lines above the statement.
    pub fn before_statement(&self) -> String {
        let last = self.lines.iter().rposition(|line| !line.text.trim().is_empty()).unwrap_or(0);
        joined(self.lines.iter().take(last))
    }

    /// The hidden lines above and below the shown ones, which run around whatever the shown text is edited to. Where all
    /// lines are hidden, they stand above.
    pub fn around(&self) -> (String, String) {
        let hidden = |line: &&CodeLine| line.hidden;
        let above = self.lines.iter().take_while(hidden).count();
        let below = self.lines[above..].iter().rev().take_while(hidden).count();
        let (above, below) = (&self.lines[..above], &self.lines[self.lines.len() - below..]);
        (joined(above.iter()), joined(below.iter()))
    }
}

fn joined<'a>(lines: impl Iterator<Item = &'a CodeLine>) -> String {
    lines.flat_map(|line| [line.text.as_str(), "\n"]).collect()
}
