//! What is written: a deck has chapters, a chapter has slides, a slide has blocks, and some blocks are cells or X-rays.
//! Every piece of text knows the file and line it came from, through includes.

mod rust;
mod xray;

use std::path::PathBuf;

pub use rust::{Region, RustCell};
pub use xray::{Claims, Here, STAGES, TracedBuild, Xray};

/// The whole talk.
#[derive(Debug, Clone)]
pub struct Deck {
    /// Title of the talk, from `book.toml`.
    pub title: String,
    /// One sentence about it, from `book.toml`.
    pub description: String,
    /// Authors, from `book.toml`.
    pub authors: Vec<String>,
    /// Language of the text as a BCP 47 tag, from `book.toml`.
    pub language: String,
    /// The chapters in the order of `SUMMARY.md`.
    pub chapters: Vec<Chapter>,
}

/// One chapter: one file.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Counts from 1.
    pub number: u32,
    /// Its title in `SUMMARY.md`.
    pub title: String,
    /// Its file.
    pub path: PathBuf,
    /// Its slides, planned ones included.
    pub slides: Vec<Slide>,
}

/// One slide: what stands between two thematic breaks.
#[derive(Debug, Clone)]
pub struct Slide {
    /// Unique in the deck: the heading's `{#id}`, else made from the heading's text.
    pub id: String,
    /// Number within the chapter, from 1.
    pub number: u32,
    /// Text of its first heading, without markup.
    pub title: String,
    /// Classes of its first heading (`{.title}`), which choose the layout.
    pub classes: Vec<String>,
    /// Planned time on stage in minutes, if the heading says (`{minutes=1.5}`).
    pub minutes: Option<f32>,
    /// It is only an idea so far (`{.planned}`), and left out unless asked for.
    pub planned: bool,
    /// What is on it, in order.
    pub blocks: Vec<Block>,
    /// The small map at its edge, if the heading asks for one (`{map=first-dive stage=enter}`).
    pub here: Option<Here>,
    /// The pictures on it, as paths from the project's folder.
    pub images: Vec<PathBuf>,
    /// What the speaker says, as HTML.
    pub notes: String,
    /// Where it begins.
    pub place: Place,
}

/// A piece of a slide.
#[derive(Debug, Clone)]
pub enum Block {
    /// Text, tables, images, columns: anything but code, as HTML.
    Html(String),
    /// Code that is only shown.
    Snippet(Snippet),
    /// Code that can be run.
    Cell(Cell),
    /// Rust that can be changed and rebuilt.
    Rust(RustCell),
    /// A statement whose machine code is shown as it runs.
    Xray(Xray),
}

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
    pub origin: Option<Place>,
    /// Where the fence stands.
    pub place: Place,
}

/// One line of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeLine {
    /// Without its line end, and without the prefix that hides it.
    pub text: String,
    /// It is not shown, but it runs.
    pub hidden: bool,
}

/// Code that can be run.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Unique in the deck.
    pub id: String,
    /// How its code is shown.
    pub snippet: Snippet,
    /// It prepares the interpreter for every cell of its chapter.
    pub setup: bool,
    /// The cells whose effects it builds on.
    pub needs: Vec<String>,
    /// It must end with an error.
    pub expect_error: bool,
    /// What `deck verify` compares.
    pub compare: Compare,
    /// `Next` does not run it.
    pub manual: bool,
    /// Bounds of a run.
    pub limits: Limits,
    /// The profile of a build that it imports beside the installed one, under another name: `dev` is `rusty_dev`.
    pub build: Option<String>,
    /// Why it cannot run in the reader's browser, as a sentence for the reader; nothing where it can.
    pub unfit: Option<String>,
}

/// What `deck verify` compares of a cell's new run with its recording.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Compare {
    /// The output's text, with one recording for each variant of the interpreter whose text differs.
    #[default]
    Text,
    /// Text and values to the letter, and only where the fingerprint equals the recording's.
    Exact,
    /// Only the relations that the cell asserts: its output holds measurements, which differ from run to run.
    Relation,
}

/// Bounds of one run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Wall-clock time in seconds.
    pub seconds: f64,
    /// Captured output in bytes.
    pub output: u64,
    /// Address space of each process in bytes.
    pub memory: u64,
    /// Processes and threads at once, besides those that the cell finds.
    pub processes: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { seconds: 30.0, output: 1 << 20, memory: 4 << 30, processes: 256 }
    }
}

impl Limits {
    /// Seconds after which a run ends even where somebody is asked whether it shall go on, and nobody has answered.
    pub fn longest(&self) -> f64 {
        10.0 * self.seconds
    }
}

/// A line in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path from the project's folder.
    pub file: PathBuf,
    /// Line, from 1.
    pub line: u32,
}

impl Deck {
    /// All cells, in the order of the talk.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.slides().flat_map(Slide::cells)
    }

    /// All regions of Rust that can be rebuilt, in the order of the talk.
    pub fn rust_cells(&self) -> impl Iterator<Item = &RustCell> {
        self.slides().flat_map(Slide::rust_cells)
    }

    /// All X-rays, in the order of the talk.
    pub fn xrays(&self) -> impl Iterator<Item = &Xray> {
        self.slides().flat_map(Slide::xrays)
    }

    /// All slides, in the order of the talk.
    pub fn slides(&self) -> impl Iterator<Item = &Slide> {
        self.chapters.iter().flat_map(|chapter| &chapter.slides)
    }
}

impl Slide {
    /// The cells on this slide, in order.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Cell(cell) => Some(cell),
            _ => None,
        })
    }

    /// The regions of Rust on this slide, in order.
    pub fn rust_cells(&self) -> impl Iterator<Item = &RustCell> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Rust(cell) => Some(cell),
            _ => None,
        })
    }

    /// The X-rays on this slide, in order.
    pub fn xrays(&self) -> impl Iterator<Item = &Xray> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Xray(xray) => Some(xray),
            _ => None,
        })
    }
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

impl Slide {
    /// The slide's place in the talk, e.g. `4.2`; a chapter's opening has the chapter's number alone.
    pub fn label(&self, chapter: u32) -> String {
        match self.number {
            0 => chapter.to_string(),
            number => format!("{chapter}.{number}"),
        }
    }
}

impl Place {
    /// The place as `file:line`.
    pub fn label(&self) -> String {
        format!("{}:{}", self.file.display(), self.line)
    }
}
