//! From a place in a file as it was compiled back to the cell that shows it, or to the file as it is on disk.

use std::path::Path;

use crate::protocol::{Point, Spotted};

/// Where the lines of one compiled file come from, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceMap {
    origins: Vec<Origin>,
}

/// Where one line comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The line on disk, from 1; for a line that was written on stage, one of the region that it is in.
    pub line: u32,
    /// The cell that shows it.
    pub shown: Option<Shown>,
}

/// How a cell shows a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The cell.
    pub cell: String,
    /// Line of the cell's text, from 1.
    pub line: u32,
    /// Characters at the line's beginning that the cell leaves out.
    pub dedent: u32,
    /// Characters that it shows.
    pub width: u32,
}

impl SourceMap {
    /// A file whose lines have these origins.
    pub fn new(origins: Vec<Origin>) -> Self {
        Self { origins }
    }

    /// Where a span of the compiled file is. Where it begins decides; what goes on beyond the cell is cut off there.
    pub fn spot(&self, file: &Path, from: Point, to: Point) -> Spotted {
        match self.shown(from.line) {
            Some(shown) => {
                let end = self.end(&shown.cell, to).unwrap_or_else(|| self.last(from.line, &shown.cell));
                let from = shown.point(from.column);
                Spotted::Cell { cell: shown.cell.clone(), from, to: end.max(from) }
            }
            None => {
                let line = self.origin(from.line).map_or(from.line, |origin| origin.line);
                Spotted::File { file: file.to_string_lossy().into_owned(), line, column: from.column }
            }
        }
    }

    /// The cell that shows a span in full, with the span in its text and the number of characters that each further line
    /// of a replacement has to lose.
    pub fn within(&self, from: Point, to: Point) -> Option<(&Shown, Point, Point)> {
        let shown = self.shown(from.line)?;
        Some((shown, shown.point(from.column), self.end(&shown.cell, to)?))
    }

    fn shown(&self, line: u32) -> Option<&Shown> {
        self.origin(line)?.shown.as_ref()
    }

    /// The compiler names one line more than there are, for what is missing at the end.
    fn origin(&self, line: u32) -> Option<&Origin> {
        let index = usize::try_from(line).ok()?.checked_sub(1)?;
        self.origins.get(index).or(self.origins.last())
    }

    /// A span that takes a whole line ends at the beginning of the next one, which the cell need not have.
    fn end(&self, cell: &str, to: Point) -> Option<Point> {
        let of_cell = |line| self.shown(line).filter(|shown| shown.cell == cell);
        match of_cell(to.line) {
            Some(shown) => Some(shown.point(to.column)),
            None if to.column == 1 => of_cell(to.line.checked_sub(1)?).map(Shown::end),
            None => None,
        }
    }

    /// The end of the cell's text that goes on from a line.
    fn last(&self, from: u32, cell: &str) -> Point {
        let rest = self.origins.iter().skip(from.saturating_sub(1) as usize);
        let mut shown = rest.filter_map(|origin| origin.shown.as_ref()).filter(|shown| shown.cell == cell);
        shown.next_back().map_or(Point { line: 1, column: 1 }, Shown::end)
    }
}

impl Shown {
    fn point(&self, column: u32) -> Point {
        Point { line: self.line, column: column.saturating_sub(self.dedent).max(1) }
    }

    fn end(&self) -> Point {
        Point { line: self.line, column: self.width + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line 1 is not shown; 2 and 3 are those of cell `a`, which leaves four blanks out.
    fn map() -> SourceMap {
        let shown = |line| Some(Shown { cell: "a".to_owned(), line, dedent: 4, width: 6 });
        let origin = |line, shown| Origin { line, shown };
        SourceMap::new(vec![origin(1, None), origin(7, shown(1)), origin(8, shown(2)), origin(9, None)])
    }

    #[track_caller]
    fn check(from: (u32, u32), to: (u32, u32), expected: &str, whole: bool) {
        let [from, to] = [from, to].map(|(line, column)| Point { line, column });
        let found = match map().spot(Path::new("src/a.rs"), from, to) {
            Spotted::Cell { cell, from, to } => {
                format!("{cell} {}:{} to {}:{}", from.line, from.column, to.line, to.column)
            }
            Spotted::File { file, line, column } => format!("{file}:{line}:{column}"),
        };
        assert_eq!(found, expected);
        assert_eq!(map().within(from, to).is_some(), whole);
    }

    #[test]
    fn a_span_in_a_cell_is_one_of_its_text() {
        check((2, 5), (2, 7), "a 1:1 to 1:3", true);
        check((2, 6), (3, 6), "a 1:2 to 2:2", true);
    }

    #[test]
    fn what_the_cell_leaves_out_is_its_margin() {
        check((2, 1), (2, 2), "a 1:1 to 1:1", true);
    }

    #[test]
    fn a_whole_line_ends_with_the_cell() {
        check((3, 1), (4, 1), "a 2:1 to 2:7", true);
    }

    #[test]
    fn what_goes_on_beyond_a_cell_is_cut_off() {
        check((2, 5), (4, 9), "a 1:1 to 2:7", false);
    }

    #[test]
    fn elsewhere_is_a_line_on_disk() {
        check((1, 3), (2, 7), "src/a.rs:1:3", false);
        check((4, 2), (4, 3), "src/a.rs:9:2", false);
        check((5, 1), (5, 1), "src/a.rs:9:1", false);
    }
}
