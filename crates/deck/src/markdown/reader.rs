//! What reading a chapter needs.

use super::{Values, book::Book};
use crate::{layout::Layout, source::Files};

/// The project, as the chapters' parser sees it.
pub struct Reader<'a> {
    /// The project's files.
    pub files: &'a dyn Files,
    /// Where they lie.
    pub layout: &'a Layout,
    /// The book's settings.
    pub book: &'a Book,
    /// Where the numbers in prose come from; without it they are not looked up.
    pub values: Option<&'a dyn Values>,
}
