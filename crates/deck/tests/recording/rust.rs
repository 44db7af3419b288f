//! What the compiler says of Rust that stands on a slide only, with a crate that has no dependencies.

use crate::talk::Talk;

const SOURCE: &str = "demo_crate/src/lib.rs";
const RECORDING: &str = "slides/recordings/wrong.toml";

/// A cell that does not compile as long as a `Number` is none of text.
const CHAPTER: &str = r#"# One

```rust,live,id=wrong,expect-error,replaces=../../demo_crate/src/lib.rs:one
pub fn one() -> Number {
    "one"
}
```
"#;

fn talk(chapter: &str) -> Talk {
    let talk = Talk::new(chapter);
    let manifest = "[package]\nname = \"rusty\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\"]\n[workspace]\n";
    talk.file("demo_crate/Cargo.toml", manifest);
    talk.file("demo_crate/Cargo.lock", "version = 4\n\n[[package]]\nname = \"rusty\"\nversion = \"0.1.0\"\n");
    talk.file(
        SOURCE,
        "type Number = i32;\n// ANCHOR: one\npub fn one() -> Number {\n    1\n}\n// ANCHOR_END: one\n",
    );
    talk.file("demo_crate/python/rusty/__init__.py", "");
    talk
}

#[test]
fn what_does_not_compile_is_recorded_and_verified_in_every_folder() {
    let first = talk(CHAPTER);
    first.record(&[]).succeeds().says("0 unchanged, 1 changed, 0 failed");
    let recorded = first.read(RECORDING);
    assert!(
        recorded.contains("error[E0308]: mismatched types\n --> demo_crate/src/lib.rs:4:5\n"),
        "{recorded}"
    );
    first.verify(&[]).succeeds().says("✓ wrong").says("1 passed, 0 failed");
    first.record(&[]).succeeds().says("1 unchanged, 0 changed, 0 failed");
    let second = talk(CHAPTER);
    second.file(RECORDING, &recorded);
    second.verify(&[]).succeeds().says("1 passed, 0 failed");
}

#[test]
fn another_word_of_the_compiler_is_shown_as_a_difference() {
    let talk = talk(CHAPTER);
    talk.record(&[]).succeeds();
    talk.edit(RECORDING, "error[E0308]: mismatched types", "error[E0308]: types that fit");
    talk.verify(&[])
        .fails()
        .says("✗ wrong")
        .says("-error[E0308]: types that fit\n    +error[E0308]: mismatched types\n")
        .says("run `deck record --cell wrong`, then review it with `git diff`")
        .says("0 passed, 1 failed");
}

#[test]
fn the_lines_above_a_region_do_not_count() {
    let talk = talk(CHAPTER);
    talk.record(&[]).succeeds();
    // The margin becomes wider, too.
    talk.edit(SOURCE, "type Number", &format!("{}type Number", "// One line more.\n".repeat(9)));
    talk.verify(&[]).succeeds().says("1 passed, 0 failed");
    talk.record(&[]).succeeds().says("1 unchanged, 0 changed, 0 failed");
}

#[test]
fn what_compiles_in_spite_of_its_mark_fails() {
    let talk = talk(CHAPTER);
    talk.record(&[]).succeeds();
    let before = talk.contents();
    talk.edit(SOURCE, "Number = i32;", "Number = &'static str;");
    // What the crate itself has in the region is not compiled here.
    let marked = "it is marked `expect-error`, but it ended without an error";
    talk.verify(&[]).fails().says(marked).says("0 passed, 1 failed");
    talk.record(&[]).fails().says(marked).says("0 unchanged, 0 changed, 1 failed");
    assert_eq!(talk.contents(), before);
}

#[test]
fn what_does_not_compile_and_should_fails() {
    let talk = talk(&CHAPTER.replace(",expect-error", ""));
    talk.record(&[]).fails().says("it failed:\n    error[E0308]: mismatched types").says("1 failed");
    assert!(talk.recordings().is_empty());
}
