//! What comes out.

use insta::assert_snapshot;

use crate::project::chapter;

const RUST: &str = "mod a {\n    // ANCHOR: add_one\n    /// Add.\n    fn add_one(x: i64) -> i64 {\n        x + 1\n    }\n    // ANCHOR_END: add_one\n}\n";

#[test]
fn a_slide_has_its_heading_text_code_cell_output_and_notes() {
    let text = r#"# A bet {#bet .title minutes=1.5}

How *many*? It took {{#value first.answer .0}}.

```rust,steps="1|2-3|all"
{{#include ../../demo_crate/src/a.rs:add_one}}
```

```python,live,id=first
~import rusty
rusty.add_one(41)
```

$notes$
Say --> this.
$notes-end$

$web-only$
Only in the handout.
$web-only-end$

---

## Planned {.planned}

An idea.
"#;
    assert_snapshot!(chapter(text).file("demo_crate/src/a.rs", RUST).sections());
}

#[test]
fn what_looks_like_a_value_in_a_block_of_code_is_code() {
    let sections = chapter("# One\n\n```text\n{{#value no.such}}\n```\n").sections();
    assert!(sections.contains("{{#value no.such}}"), "{sections}");
}

#[test]
fn columns_tables_lists_and_inline_html_are_kept() {
    let text = "# One\n\n<div class=\"columns\">\n<div>\n\n- a\n  ```text\n  code in a list\n  ```\n- b\n\n</div>\n<div>\n\n| x | y |\n|---|---|\n| 1 | <b>2</b> |\n\n</div>\n</div>\n";
    assert_snapshot!(chapter(text).sections());
}

#[test]
fn the_page_carries_the_cells_as_data_that_cannot_end_the_script_element() {
    let page = chapter("# One\n\n```python,live,id=first\nprint('</script>')\n```\n").page("index.html");
    let start = page.find("id=\"deck-data\">").unwrap();
    let end = page[start..].find("</script>").unwrap();
    let data: serde_json::Value =
        serde_json::from_str(&page[start + "id=\"deck-data\">".len()..start + end]).unwrap();
    assert_eq!(data["cells"]["first"]["source"], "print('</script>')\n");
    assert_eq!(data["cells"]["first"]["recording"]["label"], "Recorded: long ago");
}

#[test]
fn every_included_file_has_a_page_with_an_id_for_each_line() {
    let text = "# One\n\n```rust\n{{#include ../../demo_crate/src/a.rs:add_one}}\n```\n";
    let project = chapter(text).file("demo_crate/src/a.rs", RUST);
    assert!(project.sections().contains("href=\"source/demo_crate/src/a.rs.html#L3\""));
    let page = project.page("source/demo_crate/src/a.rs.html");
    assert!(page.contains("id=\"L3\""));
    assert!(page.contains("href=\"../../../assets/deck.css\""), "{page}");
}

#[test]
fn pictures_come_along() {
    let project =
        chapter("# One\n\n![A dive](pictures/dive.svg)\n").file("slides/src/pictures/dive.svg", "<svg/>");
    assert!(project.sections().contains("<img src=\"images/slides/src/pictures/dive.svg\" alt=\"A dive\""));
    assert_eq!(project.page("images/slides/src/pictures/dive.svg"), "<svg/>");
}

#[test]
fn equal_decks_have_equal_digests() {
    let one = chapter("# One\n\ntext\n");
    assert_eq!(one.site().digest, chapter("# One\n\ntext\n").site().digest);
    assert_ne!(one.site().digest, chapter("# One\n\nother\n").site().digest);
}

const XRAY: &str = "# One {map=dive stage=enter}\n\n```python,xray,id=dive,compare=other,lacks=\"malloc PyGILState_*\"\n~import rusty\nrusty.add_one(41)\n```\n\n```python,xray,id=other,first\nabs(1)\n```\n";

#[test]
fn an_xray_can_be_read_without_script() {
    assert_snapshot!(chapter(XRAY).sections());
}

#[test]
fn the_trace_of_an_xray_is_a_script_beside_the_page() {
    let project = chapter(XRAY).file("demo_crate/src/add_one.rs", "\n\n\n\n\n\n\n\n\n    x + 1\n");
    assert!(!project.page("index.html").contains("CALL_BUILTIN"), "the page carries the trace");
    let script = project.page("xray/dive.js");
    let data = script.strip_prefix("deckTraces(\"dive\", ").unwrap().strip_suffix(");\n").unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["trace"]["path"][4], serde_json::json!([3, 2, 10]));
    assert_eq!(data["label"], "Recorded: long ago");
    assert_eq!(data["compare"], "other");
    assert_eq!(data["claims"][0], "It never enters malloc.");
    assert_eq!(data["sources"]["demo_crate/src/add_one.rs"]["10"], "    x + 1");
}
