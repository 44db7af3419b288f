//! The text of chapters and of the files they include, line by line. Every line keeps the file and the number it
//! came from, so that whatever is found wrong with it later can be shown where the author wrote it.

mod anchors;
mod files;
mod include;
mod line;
mod markers;

pub use crate::model::Line;
pub use anchors::{Anchors, is_tag};
pub use files::{Disk, Files};
pub use include::{Includes, is_directive, resolve, shared_indent};
pub use line::lines_of;
pub use markers::{Audience, audiences, code_lines, replaced_markers};
