//! What an author reads when something is wrong.

use insta::assert_snapshot;

use crate::project::chapter;

const RUST: &str =
    "// ANCHOR: add_one\nfn add_one() {}\n// ANCHOR_END: add_one\n// ANCHOR: open\nfn b() {}\n";

#[test]
fn all_errors_of_a_deck_are_reported_at_once() {
    let text = r#"# One {minuts=1}

```rust
{{#include ../../demo_crate/src/a.rs:add_two}}
```

```rust
{{#include ../../demo_crate/src/a.rs:open}}
```

```python,live
1
```

```pyton
1
```

The call takes 48 ns.

text
---

## Two

$notes$
never closed
"#;
    assert_snapshot!(chapter(text).file("demo_crate/src/a.rs", RUST).errors());
}

#[test]
fn ids_are_unique_and_needs_come_before() {
    let text = "# One\n\n```python,live,id=a,needs=b\n1\n```\n\n```python,live,id=b\n1\n```\n\n---\n\n## One\n\n```python,live,id=a\n1\n```\n";
    assert_snapshot!(chapter(text).errors());
}

#[test]
fn a_slide_needs_a_heading_and_its_notes_must_fit_its_minutes() {
    let text = format!(
        "no heading\n\n---\n\n## Two {{minutes=0.1}}\n\n$notes$\n{}\n$notes-end$\n",
        "word ".repeat(20)
    );
    assert_snapshot!(chapter(&text).errors());
}

#[test]
fn images_are_files_of_the_project() {
    let text = "# One\n\n![a](missing.svg) ![b](https://example.org/b.png)\n";
    assert_snapshot!(chapter(text).errors());
}

#[test]
fn values_that_no_recording_holds_are_errors() {
    assert_snapshot!(chapter("# One\n\n{{#value first.anser .0}} and {{#value other.x}}\n").errors());
}

#[test]
fn a_missing_book_and_a_broken_one_say_what_to_do() {
    let broken = chapter("# One\n").file("slides/book.toml", "[book]\ntitle = \n");
    assert_snapshot!(broken.errors());
}

#[test]
fn an_xray_ends_with_a_statement_and_names_what_exists() {
    let text = r#"# One {map=dove stage=enter}

```python,xray,id=dive,needs=later,compare=dave
rusty.add_one(41)
```

```python,xray,id=comment
import rusty
# nothing to trace
```

```python,xray,id=hidden
x = 1
~x + 1
```

```python,xray,id=indented
if True:
    x = 1
```

```python,live,id=later
1
```

---

## Two {map=dive stage=entr}

text

---

## Three {map=dive}

text
"#;
    assert_snapshot!(chapter(text).errors());
}
