//! Edit distance (Levenshtein) by the two-row table, over characters.

// ANCHOR: edit_distance
use pyo3::prelude::*;

/// How many characters to insert, delete or replace until a reads as b.
#[pyfunction]
pub fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut row = vec![i + 1];
        for (j, &to) in b.iter().enumerate() {
            let replace = above[j] + usize::from(from != to);
            let delete = above[j + 1] + 1;
            let insert = row[j] + 1;
            row.push(replace.min(delete).min(insert));
        }
        above = row;
    }
    above[b.len()]
}
// ANCHOR_END: edit_distance

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: usize) {
        assert_eq!(edit_distance(a, b), expected, "{a:?} to {b:?}");
        assert_eq!(edit_distance(b, a), expected, "{b:?} to {a:?}");
    }

    #[test]
    fn a_text_is_at_distance_zero_from_itself() {
        check("", "", 0);
        check("rust", "rust", 0);
    }

    #[test]
    fn every_character_is_inserted_into_an_empty_text() {
        check("", "rust", 4);
    }

    #[test]
    fn replacing_inserting_and_deleting_cost_one_each() {
        check("kitten", "sitting", 3);
        check("flaw", "lawn", 2);
    }

    #[test]
    fn characters_count_not_bytes() {
        check("🦀", "🐍", 1);
        check("naïve", "naive", 1);
    }

    #[test]
    fn a_combining_accent_is_a_character_of_its_own() {
        check("e\u{301}", "e", 1);
        check("e\u{301}", "\u{e9}", 2);
    }
}
