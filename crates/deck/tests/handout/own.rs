//! What `deck` promises of the handout.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use crate::book::{Book, DECK, PRESENTATION};

fn whole() -> String {
    format!("{DECK}{PRESENTATION}")
}

#[test]
fn includes_are_strict_and_lose_their_indentation() {
    let Some(book) = Book::new("# One\n\n```rust\n{{#include ../../a.rs:here}}\n```\n") else { return };
    book.write("a.rs", "mod a {\n    // ANCHOR: here\n    fn one() {}\n    // ANCHOR_END: here\n}\n");
    let built = book.build(&whole());
    assert!(
        built.text().contains("data-line=\"1\"><span class=\"tok-keyword\">fn</span>"),
        "{}",
        built.text()
    );
    book.write("a.rs", "fn one() {}\n");
    let built = book.build(&whole());
    assert!(!built.success);
    for said in ["there is no anchor `here`", "slides/src/1.md:4", "1 error; nothing was done."] {
        assert!(built.said.contains(said), "{said}: {}", built.said);
    }
}

#[test]
fn what_only_readers_see_is_checked_like_the_rest() {
    let Some(book) = Book::new("# One\n\n$web-only$\n\n{{#include gone.md}}\n\n$web-only-end$\n") else {
        return;
    };
    let built = book.build(&whole());
    assert!(!built.success && built.said.contains("slides/src/gone.md cannot be read"), "{}", built.said);
}

#[test]
fn a_cell_that_no_slide_has_is_an_error() {
    let chapter = "# One\n\n$web-only$\n\n```python,live,id=first\n1\n```\n\n$web-only-end$\n";
    let Some(book) = Book::new(chapter) else { return };
    let built = book.build(&whole());
    assert!(!built.success && built.said.contains("no slide has this cell"), "{}", built.said);
}

#[test]
fn parts_for_one_audience_keep_their_comments() {
    let chapter =
        "# One\n\n$slides-only$\n\nShort.\n\n$slides-only-end$\n\n$web-only$\n\nLong.\n\n$web-only-end$\n";
    let Some(book) = Book::new(chapter) else { return };
    let built = book.build(&whole());
    let main: String = built.text().split_whitespace().collect();
    let expected =
        "<!--slides-only--><p>Short.</p><!--slides-only-end--><!--web-only--><p>Long.</p><!--web-only-end-->";
    assert!(main.contains(expected), "{main}");
}

#[test]
fn every_section_leads_to_its_slide() {
    let Some(book) =
        Book::new("# One {#first .title minutes=1}\n\n---\n\n## Two `a`\n\n---\n\n## Idea {.planned}\n")
    else {
        return;
    };
    let main = book.build(&whole()).text().to_owned();
    for part in [
        "id=\"first\"",
        "href=\"../index.html#/first\"",
        "id=\"two-a\"",
        "href=\"../index.html#/two-a\"",
        "Slide 1.2",
    ] {
        assert!(main.contains(part), "{part}: {main}");
    }
    for part in ["<hr", "minutes", "Idea", "{#"] {
        assert!(!main.contains(part), "{part}: {main}");
    }
}

#[test]
fn directives_in_code_are_text() {
    let Some(book) = Book::new("# One\n\nWrite `\\{{#include a.rs}}` so.\n\n```text\n{{#title Two}}\n```\n")
    else {
        return;
    };
    let built = book.build(&whole());
    assert!(!built.success, "a directive of mdBook that slides do not have");
    assert!(built.said.contains("is not supported on slides"), "{}", built.said);
    book.write(
        "slides/src/1.md",
        "# One\n\nWrite `\\{{#include a.rs}}` so.\n\n```text\n{{ #include a.rs }}\n```\n",
    );
    let built = book.build(&whole());
    assert_eq!(built.text().matches("#include a.rs").count(), 2, "{}", built.text());
}

#[test]
fn a_preprocessor_that_is_not_installed_is_an_error() {
    let Some(book) = Book::new("# One\n\n$notes$\nSay this.\n$notes-end$\n") else { return };
    let built = book.build_on([Path::new("/nowhere")], &whole());
    assert!(
        !built.success && built.said.contains("Unable to start the \"deck\" preprocessor"),
        "{}",
        built.said
    );
    // Without the setting it would be left out, and the notes in.
    let asked = whole().replace("renderers = [\"html\"]\n", "");
    let built = book.build_on([Path::new("/nowhere")], &asked);
    assert!(built.text().contains("Say this."), "{}", built.said);
}

#[test]
fn whoever_changes_a_chapter_first_is_told_to_wait() {
    let Some(book) = Book::new("# One\n") else { return };
    let built = book.build(&whole().replace(
        "before = [\"links\", \"presentation-preprocessor\"]",
        "after = [\"presentation-preprocessor\"]",
    ));
    assert!(!built.success, "{}", built.text());
    assert!(built.said.contains("another preprocessor has changed this chapter"), "{}", built.said);
    assert!(built.said.contains("before = […]"), "{}", built.said);
}

/// Asks `deck preprocess` without mdBook.
fn asked(arguments: &[&str], input: &str) -> (bool, String) {
    let mut deck = Command::new(env!("CARGO_BIN_EXE_deck"))
        .arg("preprocess")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may end without reading.
    let _ = deck.stdin.take().unwrap().write_all(input.as_bytes());
    let output = deck.wait_with_output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn only_pages_of_html_are_prepared() {
    assert!(asked(&["supports", "html"], "").0);
    assert!(!asked(&["supports", "epub"], "").0);
}

#[test]
fn other_books_than_those_of_the_pinned_mdbook_are_refused() {
    let (good, said) = asked(&[], "{}");
    assert!(!good && said.contains("`make book` makes the handout"), "{said}");
    let about = r#"{"root": "/tmp/slides", "config": {"preprocessor": {"deck": {}}}, "renderer": "html", "mdbook_version": "0.5.1"}"#;
    let (good, said) = asked(&[], &format!(r#"[{about}, {{"items": []}}]"#));
    assert!(!good && said.contains("mdBook 0.5.1 sends books in another form"), "{said}");
}
