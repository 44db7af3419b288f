//! From a chapter's text to slides. mdBook's Markdown, read strictly: whatever mdBook would pass over in silence is
//! an error with file and line.

mod attribute_reader;
mod attribute_table;
mod attribute_values;
mod attributes;
mod book;
mod chapter;
mod chapter_text;
mod code;
mod fence;
mod fence_kind;
mod heading;
mod hidelines;
mod literal;
mod notes;
mod picture;
mod python;
mod reader;
mod rust;
mod section;
mod slide;
mod split;
mod summary;
mod units;
mod values;
mod xray;

pub use attribute_table::{ATTRIBUTES, Attribute};
pub use book::Book;
pub use chapter::read_chapter;
pub use fence::{Fence, parse_fence};
pub use literal::{inert, one_line};
pub use picture::picture_address;
pub use reader::Reader;
pub use section::{Piece, Section, read_sections};
pub use summary::{Entry, read_summary};
pub use values::{ShownValue, Values};

use pulldown_cmark::Options;

/// The Markdown that mdBook 0.4 reads.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);
