//! An X-ray on a page of the handout: a still picture, its figures, and the call as a tree of text.

use std::collections::BTreeMap;

use maud::{Markup, html};
use native_trace::{Trace, format};

use super::{
    code::code,
    drawing::{Drawing, stage_number},
    page::Page,
    profile::{Profile, Tone, profile},
};
use crate::{
    model::{Cell, Here, STAGES, TracedBuild, Xray},
    render::{ingredients::Traced, xray::summary},
    xray::{sentences, temperature},
};

/// Signs in a line of the tree.
const TREE_WIDTH: usize = 96;

/// A trace, and the build that it is of.
type BuildTrace<'a> = (TracedBuild, &'a Trace);

/// The figure of an X-ray.
pub fn figure(cell: &Cell, xray: &Xray, page: &Page) -> Markup {
    let traced = (page.handout.traced)(&cell.id);
    let comparison = xray.comparison.as_ref().and_then(|id| {
        let build = page.handout.deck.cell(id)?.xray()?.build;
        Some((build, (page.handout.traced)(id)?.trace))
    });
    html! {
        figure.xray id=(format!("xray-{}", cell.id)) {
            (code(&cell.snippet))
            @if let Some(Traced { trace, label, .. }) = &traced {
                (pictures(&cell.id, (xray.build, trace), comparison.as_ref().map(|(build, trace)| (*build, trace))))
                (legend(trace))
                div.scroll tabindex="0" role="group" aria-label="Figures of this call" { (summary(trace)) }
                @for claim in sentences(&xray.claims) { p.claim { (claim) } }
                details {
                    summary { "The call as a tree, function by function" }
                    pre.tree tabindex="0" { (tree(trace)) }
                }
                figcaption.label { (label) }
            }
        }
    }
}

/// The small map of where in a call a section is, in words.
pub fn here(here: &Here, page: &Page) -> Option<Markup> {
    let Traced { trace, .. } = (page.handout.traced)(&here.xray)?;
    let figures = trace.figures();
    let count = figures.stages.get(&here.stage).copied().unwrap_or(0);
    let name = here.stage_name().replace('-', " ");
    Some(html! {
        p.here {
            "Stage of the call: " b { (name) } ", " (count) " of " (figures.instructions) " instructions"
        }
    })
}

/// The drawing, and below it the one that it is compared with, at the same scale.
fn pictures(id: &str, own: BuildTrace, comparison: Option<BuildTrace>) -> Markup {
    let (profile, other) = (profile(own.1), comparison.map(|(_, trace)| self::profile(trace)));
    let scale = profile.total.max(other.as_ref().map_or(0, |other| other.total));
    html! {
        div.pictures tabindex="0" role="group" aria-label="Depth of the call, instruction by instruction" {
            (picture(id, own, &profile, scale))
            @if let (Some(other), Some(profile)) = (comparison, &other) {
                (picture(&format!("{id}-beside"), other, profile, scale))
            }
        }
    }
}

/// One drawing. `id` is not always the X-ray's: one that is compared with several stands on the page several times.
fn picture(id: &str, (build, trace): BuildTrace, profile: &Profile, scale: u32) -> Markup {
    let build = build.profile().map(|profile| format!(", {profile} build")).unwrap_or_default();
    let title =
        format!("{}, {}{build}: {} instructions", trace.call.statement, temperature(trace), profile.total);
    let drawing = Drawing {
        id: &format!("drawing-{id}"),
        profile,
        scale,
        stages: &trace.stages,
        title: &title,
        description: &description(trace),
    };
    html! {
        p.picture-title { (title) }
        (drawing.svg())
    }
}

/// The drawing in words: the stages from left to right.
fn description(trace: &Trace) -> String {
    let name =
        |number: usize| number.checked_sub(1).and_then(|at| STAGES.get(at)).map_or("", |(name, _)| name);
    let stages = trace.stages.iter().map(|span| {
        let number = stage_number(span);
        format!("{number} {}, {}", name(number).replace('-', " "), span.instructions)
    });
    let stages = stages.collect::<Vec<_>>().join("; ");
    format!(
        "From left to right every machine instruction, from top to bottom the functions on the stack. Stages: {stages}."
    )
}

/// Which colour, pattern and letter is whose, with the instructions of each.
fn legend(trace: &Trace) -> Markup {
    let mut counts: BTreeMap<Tone, u32> = BTreeMap::new();
    for (language, count) in trace.figures().languages {
        *counts.entry(Tone::of(language)).or_default() += count;
    }
    html! {
        ul.legend aria-label="Machine instructions by language" {
            @for (tone, count) in counts {
                @let (letter, name) = tone.look();
                li data-tone=(tone.class()) { b { (letter) } " " (name) " " (count) }
            }
        }
    }
}

fn tree(trace: &Trace) -> String {
    format::tree(trace, format::Options { width: TREE_WIDTH, ..format::Options::default() })
}
