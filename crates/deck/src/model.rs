//! What is written: a deck has chapters, a chapter has slides, a slide has blocks, and some blocks are cells.
//! Every piece of text knows the file and line it came from, through includes.

mod cell;
mod limits;
mod line;
mod location;
mod python;
mod rust;
mod snippet;
mod xray;

use std::path::PathBuf;

pub use cell::{Cell, CellKind};
pub use limits::Limits;
pub use line::Line;
pub use location::Location;
pub use python::{Compare, PythonCell};
pub use rust::{Region, RustCell};
pub use snippet::{CodeLine, Snippet};
pub use xray::{Claims, Here, STAGES, TracedBuild, WARM, Xray};

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
    /// The same from the folder of chapters: the handout's page is named for it.
    pub page: PathBuf,
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
    pub place: Location,
}

/// A piece of a slide.
#[derive(Debug, Clone)]
pub enum Block {
    /// Text, tables, images, columns: anything but code, as HTML.
    Html(String),
    /// Code that is only shown.
    Snippet(Snippet),
    /// Code that is run, rebuilt or traced.
    Cell(Box<Cell>),
}

impl Deck {
    /// All cells, in the order of the talk.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.slides().flat_map(Slide::cells)
    }

    /// The cell with this id.
    pub fn cell(&self, id: &str) -> Option<&Cell> {
        self.cells().find(|cell| cell.id == id)
    }

    /// All slides, in the order of the talk.
    pub fn slides(&self) -> impl Iterator<Item = &Slide> {
        self.chapters.iter().flat_map(|chapter| &chapter.slides)
    }
}

impl Chapter {
    /// The cells of its slides, in order.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.slides.iter().flat_map(Slide::cells)
    }
}

impl Slide {
    /// The cells on this slide, in order.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.blocks.iter().filter_map(Block::cell)
    }

    /// The slide's place in the talk, e.g. `4.2`; a chapter's opening has the chapter's number alone.
    pub fn label(&self, chapter: u32) -> String {
        match self.number {
            0 => chapter.to_string(),
            number => format!("{chapter}.{number}"),
        }
    }
}

impl Block {
    /// The cell that it is.
    pub fn cell(&self) -> Option<&Cell> {
        match self {
            Self::Cell(cell) => Some(cell),
            Self::Html(_) | Self::Snippet(_) => None,
        }
    }

    /// The code that it shows.
    pub fn snippet(&self) -> Option<&Snippet> {
        match self {
            Self::Html(_) => None,
            Self::Snippet(snippet) => Some(snippet),
            Self::Cell(cell) => Some(&cell.snippet),
        }
    }
}
