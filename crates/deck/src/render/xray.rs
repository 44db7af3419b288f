//! An X-ray as HTML that says in words and a table what the drawing shows, and as a script that carries the trace.

use std::collections::BTreeMap;

use maud::{Markup, html};
use native_trace::{Language, Trace};
use serde::Serialize;
use sha2::{Digest, Sha256};
use ts_rs::TS;

use super::{
    code,
    digest::short,
    ingredients::{Ingredients, Traced},
};
use crate::{
    model::{Cell, Here, STAGES, Xray},
    source::Files,
    xray::{sentences, temperature},
};

/// A trace, as the script sees it: `deckTraces(id, data)` hands it over.
#[derive(Serialize, TS)]
pub struct XrayData {
    /// The trace.
    pub trace: Trace,
    /// Where and when it was recorded.
    pub label: String,
    /// What is claimed about it and has been checked, in sentences.
    pub claims: Vec<String>,
    /// Id of the X-ray to draw below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub compare: Option<String>,
    /// It was made with other code than the slides show now.
    pub stale: bool,
    /// Lines of the user's files that the path names: by file, then by number.
    pub sources: BTreeMap<String, BTreeMap<u32, String>>,
}

/// Path of an X-ray's script from the site's root.
pub fn path(id: &str) -> String {
    format!("xray/{id}.js")
}

/// The script of an X-ray; nothing without a recording.
pub fn script(cell: &Cell, xray: &Xray, ingredients: &Ingredients) -> Option<String> {
    let Traced { label, trace, stale } = (ingredients.traced)(&cell.id)?;
    let sources = source_lines(&trace, ingredients.files);
    let claims = sentences(&xray.claims);
    let data = XrayData { trace, label, claims, compare: xray.comparison.clone(), stale, sources };
    // These types have no key or number that JSON cannot hold.
    let data = serde_json::to_string(&data).unwrap_or_default();
    Some(format!("deckTraces({:?}, {data});\n", cell.id))
}

/// The figure: statement, label, and what the trace shows in words.
pub fn figure(cell: &Cell, xray: &Xray, ingredients: &Ingredients) -> Markup {
    let traced = (ingredients.traced)(&cell.id);
    let digest = script(cell, xray, ingredients).map(|script| short(Sha256::new_with_prefix(script)));
    html! {
        figure.xray id=(format!("xray-{}", cell.id)) data-xray=(cell.id) data-compare=[&xray.comparison]
            data-stages=[traced.as_ref().map(|traced| stages(&traced.trace))] data-digest=[digest] data-stale[traced.as_ref().is_some_and(|traced| traced.stale)] {
            (code::snippet(&cell.snippet))
            div.summary {
                @if let Some(traced) = &traced { (summary(&traced.trace)) }
                @for claim in sentences(&xray.claims) { p.claim { (claim) } }
            }
            figcaption.label {
                @match &traced {
                    Some(traced) if traced.stale => { "Out of date, the code has changed since. " (traced.label) },
                    Some(traced) => (traced.label),
                    None => "Not traced yet",
                }
            }
        }
    }
}

/// The stages that a trace has, in the order of a call.
pub(super) fn stages(trace: &Trace) -> String {
    let found = STAGES.iter().filter(|(_, stage)| trace.stages.iter().any(|span| span.stage == *stage));
    found.map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

/// The place of the small map at a slide's edge.
pub fn here(here: &Here) -> Markup {
    html! { aside.here data-xray=(here.xray) data-stage=(here.stage_name()) {} }
}

pub(super) fn summary(trace: &Trace) -> Markup {
    let figures = trace.figures();
    let stages: Vec<_> =
        STAGES.iter().map(|(name, stage)| (name.replace('-', " "), figures.stages.get(stage))).collect();
    html! {
        p.figures {
            (figures.instructions) " machine instructions (" (temperature(trace)) "), " (figures.user)
            " of them yours; " (figures.below) " below the interpreter’s loop, in " (figures.functions)
            " functions that were entered, at most " (figures.depth) " deep."
        }
        table.stages {
            caption { "Machine instructions by stage" }
            thead { tr { @for (name, _) in &stages { th scope="col" { (name) } } } }
            tbody { tr { @for (_, count) in &stages { td { (count.copied().unwrap_or(0)) } } } }
        }
    }
}

/// The lines of the user's files in which instructions ran. A file that is not there has no lines to show.
pub fn source_lines(trace: &Trace, files: &dyn Files) -> BTreeMap<String, BTreeMap<u32, String>> {
    let mut sources: BTreeMap<String, BTreeMap<u32, String>> = BTreeMap::new();
    let mut texts: BTreeMap<&str, Option<String>> = BTreeMap::new();
    for run in &trace.path {
        let function =
            trace.nodes.get(run.node as usize).and_then(|node| trace.functions.get(node.function as usize));
        let file =
            function.filter(|function| function.language == Language::User).and_then(|it| it.file.as_deref());
        let (Some(file), Some(number)) = (file, run.line) else { continue };
        let text = texts.entry(file).or_insert_with(|| files.read(file.as_ref()).ok());
        let line = text.as_ref().and_then(|text| text.lines().nth((number as usize).checked_sub(1)?));
        if let Some(line) = line {
            sources.entry(file.to_owned()).or_default().insert(number, line.to_owned());
        }
    }
    sources
}
