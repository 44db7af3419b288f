//! HTML that a cell made. It is the cell's, not the author's, so it never becomes part of the page: it stands in a frame
//! without scripts and without an origin, which has nothing of the page's and reaches nobody.
//!
//! The live page makes the same frame of the same beginning; `web/src/output/frame-document.ts` is made from it.

use maud::{Markup, html};

/// What a frame's document begins with, before the cell's own HTML. Its policy lets nothing in but pictures that are written
/// into it and styles that stand on their elements: those are what the page's policy, which the frame inherits, allows as
/// well. It is paper in both themes, because HTML that names its colours takes that for granted.
pub const BEGINNING: &str = concat!(
    r#"<!doctype html><html lang="en" style="color-scheme: light; background: #fff; color: #122430; "#,
    r#"font: 18px/1.42 system-ui, sans-serif"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" "#,
    r#"content="default-src 'none'; img-src data:; style-src-attr 'unsafe-inline'; form-action 'none'; base-uri 'none'">"#,
    r#"<title>HTML made by the cell</title></head><body style="margin: 8px 16px">"#,
);

/// A frame with this HTML.
pub fn frame(content: &str) -> Markup {
    html! {
        iframe.html sandbox="" title="HTML made by the cell" srcdoc=(format!("{BEGINNING}{content}")) {}
    }
}

/// The beginning as TypeScript.
pub fn typescript() -> String {
    format!(
        "// Made from crates/deck/src/render/frame.rs by crates/deck/tests/generated.rs. Do not edit.\n\n\
         /** What the document of a frame begins with, before the cell's own HTML. */\n\
         export const beginning =\n  {};\n",
        serde_json::Value::from(BEGINNING)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_has_no_permission_at_all_and_its_content_cannot_leave_it() {
        let frame =
            frame(r#""></iframe><script>alert(1)</script><iframe sandbox="allow-scripts"#).into_string();
        assert!(frame.starts_with(r#"<iframe class="html" sandbox="" title="#), "{frame}");
        assert_eq!(frame.matches('<').count(), 2, "{frame}");
        assert_eq!(frame.matches('>').count(), 2, "{frame}");
        assert_eq!(frame.matches("sandbox=\"").count(), 1, "{frame}");
    }

    #[test]
    fn the_policy_comes_before_anything_of_the_cell() {
        assert!(BEGINNING.contains("default-src 'none'"));
        assert!(!BEGINNING.contains("script-src"), "what is not named is forbidden by default-src");
        assert!(BEGINNING.find("Content-Security-Policy").unwrap() < BEGINNING.find("<body").unwrap());
    }
}
