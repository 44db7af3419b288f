//! The faults of the presentation preprocessor that are known: each one shown without `deck`, and shown to be harmless with it.

use crate::book::{Book, Built, DECK, PRESENTATION};

/// A chapter's page without `deck` and with it.
fn both(chapter: &str) -> Option<(Built, Built)> {
    let book = Book::new(chapter)?;
    Some((book.build(PRESENTATION), book.build(&format!("{DECK}{PRESENTATION}"))))
}

#[test]
fn markers_in_code_stay_what_they_are() {
    let chapter = "# One\n\n```text\n$web-only$\n$notes$\n```\n\nWrite `$slides-only$` and `$notes-end$`.\n\nThe end.\n";
    let Some((without, with)) = both(chapter) else { return };
    assert!(
        !without.text().contains("$notes$") && !without.text().contains("$slides-only$"),
        "{}",
        without.text()
    );
    let text = with.text().replace("&#36;", "$");
    for literal in ["$web-only$", "$notes$", "$slides-only$", "$notes-end$"] {
        assert!(text.contains(literal), "{literal}: {text}");
    }
    assert_eq!(with.comments(), "");
}

#[test]
fn a_part_that_is_never_closed_is_an_error() {
    let Some((without, with)) = both("# One\n\n$notes$\nSay this.\n\nThe rest of the page.\n") else {
        return;
    };
    assert!(without.comments().contains("The rest of the page."), "{}", without.text());
    assert!(!with.success);
    assert!(
        with.said.contains("`$notes$` is never closed") && with.said.contains("slides/src/1.md:3"),
        "{}",
        with.said
    );
}

#[test]
fn an_arrow_in_notes_does_not_end_them() {
    let Some((without, with)) = both("# One\n\n$notes$\na --> spoken only\n$notes-end$\n\nThe end.\n") else {
        return;
    };
    assert!(without.text().contains("spoken only"));
    assert!(!without.comments().contains("spoken only"), "{}", without.text());
    assert!(!with.text().contains("spoken only"), "{}", with.text());
    assert!(with.text().contains("The end."));
}

#[test]
fn notes_are_not_published() {
    let Some((without, with)) = both("# One\n\n$notes$\nSay this.\n$notes-end$\n") else { return };
    assert!(without.comments().contains("Say this."), "{}", without.text());
    assert!(!with.page.contains("Say this."), "{}", with.page);
}

/// It puts the same style and script around every chapter, and changes nothing else of what `deck` hands over.
#[test]
fn what_is_injected_is_seven_kilobytes_around_an_unchanged_page() {
    let Some(book) = Book::new("# One\n\nText.\n\n```rust\nfn one() {}\n```\n") else { return };
    let (alone, with) = (book.build(DECK), book.build(&format!("{DECK}{PRESENTATION}")));
    let (style, rest) = with.main().split_once("</style>").unwrap();
    let (page, script) = rest.split_once("<script>").unwrap();
    assert_eq!(page.trim(), alone.main().trim());
    assert!(script.trim_end().ends_with("</script>"));
    let injected = style.len() + script.len();
    assert!((6_500..7_500).contains(&injected), "{injected} bytes");
}
