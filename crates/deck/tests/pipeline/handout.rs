//! What mdBook gets.

use deck::render::Edition;
use insta::assert_snapshot;
use proptest::{collection::vec, prelude::*, sample::select};

use crate::project::chapter;

const RUST: &str = "mod a {\n    // ANCHOR: add_one\n    fn add_one(x: i64) -> i64 {\n\n        x + 1\n    }\n    // ANCHOR_END: add_one\n}\n";

#[test]
fn prose_stays_markdown_and_code_becomes_figures() {
    let text = r#"# A bet {#bet .title minutes=1.5}

How *many*? It took {{#value first.answer .0}}.

```rust,steps="1|2-3|all"
{{#include ../../demo_crate/src/a.rs:add_one}}
```
- one

  ```python,live,id=first
  ~import rusty
  rusty.add_one(41)
  ```
- two

$notes$
Say --> this.
$notes-end$

$shared-notes$
Say and *print* this.
$shared-notes-end$

$web-only$
Only for readers.
$web-only-end$

---

Two `$notes$`
=============

$slides-only$
Only on the slide.
$slides-only-end$

---

## Planned {.planned}

An idea.
"#;
    assert_snapshot!(chapter(text).file("demo_crate/src/a.rs", RUST).handout());
}

#[test]
fn no_line_of_a_figure_can_end_it() {
    let text = "# One\n\n```text\na\n\n\n</pre></figure>\n\n# no heading\n```\n\nThe end.\n";
    let handout = chapter(text).handout();
    let figure = handout.lines().find(|line| line.contains("<figure")).unwrap();
    assert!(figure.ends_with("</figure>") && figure.contains("# no heading"), "{handout}");
    assert_eq!(handout.matches("</figure>").count(), 1, "{handout}");
}

#[test]
fn an_xray_is_a_picture_with_its_figures_and_the_call_as_text() {
    let text = "# One\n\n```python,xray,id=dive,compare=other\nrusty.add_one(41)\n```\n\n```python,xray,id=other,unseen\nrusty.noargs()\n```\n";
    let handout = chapter(text).handout();
    assert_eq!(handout.matches("<svg").count(), 2, "one is compared with the other");
    assert_eq!(handout.matches("<figure").count(), 1, "what is unseen is not drawn");
    for part in [
        "<title id=\"drawing-dive-title\">",
        "aria-describedby=\"drawing-dive-description\"",
        "<table class=\"stages\">",
        "<pre class=\"tree\"",
    ] {
        assert!(handout.contains(part), "{part}: {handout}");
    }
    let mut ids: Vec<_> =
        handout.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "every id stands once");
}

#[test]
fn a_map_says_where_in_the_call_a_section_is() {
    let text = "# One {map=dive stage=work}\n\n```python,xray,id=dive,unseen\nrusty.add_one(41)\n```\n";
    let handout = chapter(text).handout();
    assert!(handout.contains("Stage of the call: <b>work</b>, 2 of 20 instructions"), "{handout}");
}

#[test]
fn a_picture_stands_in_the_page() {
    let handout = chapter("# One\n\n![A dive](../pictures/dive.svg)\n")
        .file("slides/pictures/dive.svg", "<svg/>")
        .handout();
    assert!(handout.contains("![A dive](data:image/svg+xml;base64,PHN2Zy8+)"), "{handout}");
}

#[test]
fn slides_lead_to_their_sections_where_the_handout_is_there() {
    let chapter = chapter("# One\n\n---\n\n## Two {#second}\n");
    let page = chapter.index(&Edition { handout: true, ..Edition::default() });
    assert!(page.contains("data-handout=\"handout/one.html#second\""), "{page}");
    assert!(!chapter.index(&Edition::default()).contains("data-handout"));
}

/// Pieces of chapters, most of which do not fit together.
const PIECES: [&str; 28] = [
    "# A",
    "## B é {#b .c minutes=1}",
    "C",
    "\n",
    "\n\n",
    "\n===\n",
    "\n---\n",
    " ",
    "    ",
    "- ",
    "> ",
    "`",
    "``",
    "```text",
    "```",
    "~~~rust",
    "$notes$",
    "$notes-end$",
    "$web-only$",
    "$web-only-end$",
    "$slides-only$",
    "$shared-notes$",
    "![a](a.svg)",
    "{{",
    "}}",
    "\\{{#include a}}",
    "<div>",
    "{",
];

proptest! {
    #[test]
    fn whatever_is_a_slide_is_a_section_with_nothing_left_to_carry_out(pieces in vec(select(&PIECES[..]), 0..40)) {
        let project = chapter(&format!("# One\n\n{}", pieces.concat())).file("slides/src/a.svg", "<svg/>");
        if project.load().is_ok() && let Ok(handout) = project.try_handout() {
            for left in ["{{", "$notes$", "$notes-end$"] {
                prop_assert!(!handout.contains(left), "{left} in {handout}");
            }
        }
    }
}
