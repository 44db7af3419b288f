//! One trace as a page of its own: a single file with the drawing of the slides, for a browser and no network.

use std::collections::BTreeMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use native_trace::{Entry, Trace, format::language_name};

use super::{
    page::json,
    style::{inert, within},
    xray::{XrayData, stages, summary},
};

/// Nothing is loaded, whatever the trace says: all that the page needs stands in it.
const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:; img-src data:";
/// What the embedded style and typefaces ask to be said.
const NOTICE: &str = "<!-- The style contains parts of reveal.js, (c) Hakim El Hattab and contributors, MIT licence. The \
                      typefaces Hanken Grotesk and IBM Plex Mono are under the SIL Open Font License 1.1. -->\n";

/// The page. `assets` are the files of `web/dist`.
///
/// # Errors
/// The name of a file that is missing among them.
pub fn trace_page(data: &XrayData, assets: &BTreeMap<String, Vec<u8>>) -> Result<String, &'static str> {
    let style = within("deck.css", assets)?;
    let script = assets.get("xray.js").map(|bytes| String::from_utf8_lossy(bytes)).ok_or("xray.js")?;
    let trace = &data.trace;
    let page = html! {
        (DOCTYPE)
        (PreEscaped(NOTICE))
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { "X-ray of " (trace.call.statement) }
                style { (PreEscaped(style)) }
            }
            body.trace-page {
                main.reveal {
                    h1 { "X-ray of a call" }
                    figure.xray data-stages=(stages(trace)) {
                        pre tabindex="0" { code { (trace.call.statement) } }
                        div.summary { (summary(trace)) }
                        (tree(trace))
                        figcaption.label { (data.label) }
                    }
                }
                script type="application/json" id="trace-data" { (PreEscaped(json(data))) }
                script { (PreEscaped(inert(&script, "</script"))) }
            }
        }
    };
    Ok(page.into_string())
}

/// The functions as nested lists. Not by recursion: a trace is as deep as the program that it shows.
fn tree(trace: &Trace) -> Markup {
    let (own, total) = (trace.own_instructions(), trace.total_instructions());
    let mut levels: Vec<usize> = Vec::with_capacity(trace.nodes.len());
    let mut lists = String::new();
    for (at, node) in trace.nodes.iter().enumerate() {
        let open = levels.last().copied().unwrap_or(0);
        let level = node.parent.and_then(|parent| levels.get(parent as usize)).copied().unwrap_or(0) + 1;
        if level > open {
            lists.push_str("<ul>");
        } else {
            lists.push_str(&"</li></ul>".repeat(open - level));
            lists.push_str("</li>");
        }
        lists.push_str("<li>");
        lists.push_str(&line(trace, at as u32, own[at], total[at]).0);
        levels.push(level);
    }
    lists.push_str(&"</li></ul>".repeat(levels.last().copied().unwrap_or(0)));
    html! { div.call-tree { (PreEscaped(lists)) } }
}

fn line(trace: &Trace, node: u32, own: u32, total: u32) -> Markup {
    let entered = match trace.nodes.get(node as usize).map(|node| node.entry) {
        Some(Entry::Inline) => ", inlined",
        Some(Entry::Tail) => ", by a tail call",
        _ => "",
    };
    html! {
        (trace.name(node)) " (" (language_name(trace.language(node))) (entered) "): " (own)
        @if total != own { " own, " (total) " with calls" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xray::fixture::trace;

    const HOSTILE: &str = "</script><script>alert(1)</script><!--<b x=\"'";

    fn page(data: &XrayData) -> String {
        let assets = [
            ("deck.css", "a{src:url(data:font/woff2;base64,Zm9udA==)}/*</style>*/"),
            ("xray.js", "draw(\"</script>\")"),
        ];
        let assets = assets.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        trace_page(data, &BTreeMap::from(assets)).unwrap()
    }

    fn data() -> XrayData {
        let sources = BTreeMap::from([("a.rs".to_owned(), BTreeMap::from([(1, HOSTILE.to_owned())]))]);
        let label = HOSTILE.to_owned();
        XrayData { trace: trace(), label, claims: Vec::new(), compare: None, stale: false, sources }
    }

    #[test]
    fn nothing_that_was_traced_becomes_markup() {
        let mut data = data();
        data.trace.call.statement = HOSTILE.to_owned();
        for function in &mut data.trace.functions {
            function.name = HOSTILE.to_owned();
        }
        let page = page(&data);
        assert_eq!(page.matches("<script").count(), 2, "{page}");
        assert_eq!(page.matches("</script").count(), 2, "{page}");
        assert_eq!(page.matches("</style").count(), 1, "{page}");
        assert!(!page.contains("<b x"), "{page}");
        let (_, rest) = page.split_once("id=\"trace-data\">").unwrap();
        let json: serde_json::Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
        assert_eq!(json["sources"]["a.rs"]["1"], HOSTILE);
        assert_eq!(json["trace"]["functions"][0]["name"], HOSTILE);
    }

    #[test]
    fn the_page_names_no_other_file() {
        let page = page(&data());
        assert!(page.contains("url(data:font/woff2;base64,Zm9udA==)"), "{page}");
        for reference in ["./", "http:", "https:", "href=", "src="] {
            assert!(!page.contains(reference), "{reference}: {page}");
        }
    }

    #[test]
    fn every_function_is_in_the_list_below_the_one_that_entered_it() {
        let lists = tree(&trace()).0;
        assert_eq!(lists.matches("<li>").count(), trace().nodes.len());
        for (open, close) in [("<ul>", "</ul>"), ("<li>", "</li>")] {
            assert_eq!(lists.matches(open).count(), lists.matches(close).count(), "{lists}");
        }
        insta::assert_snapshot!(lists.replace("<ul>", "\n<ul>").replace("</li><li>", "</li>\n<li>"));
    }

    #[test]
    fn without_its_parts_there_is_no_page() {
        assert_eq!(trace_page(&data(), &BTreeMap::new()), Err("deck.css"));
    }
}
