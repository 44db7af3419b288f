//! An X-ray on a page of the handout: a still picture, its figures, and the call as a tree of text.

use std::collections::BTreeMap;

use maud::{Markup, html};
use native_trace::{Trace, format};

use super::{
    Page,
    drawing::{Drawing, stage_number},
    figure::code,
    profile::{Profile, Tone, profile},
};
use crate::{
    model::{Here, STAGES, Xray},
    render::{Traced, xray::summary},
    xray::{sentences, temperature},
};

/// Signs in a line of the tree.
const TREE_WIDTH: usize = 96;

/// The figure of an X-ray.
pub fn figure(xray: &Xray, page: &Page) -> Markup {
    let traced = (page.handout.traced)(&xray.id);
    let compared =
        xray.compare.as_ref().and_then(|id| page.handout.deck.xrays().find(|other| other.id == *id));
    let beside = compared.and_then(|other| Some((other, (page.handout.traced)(&other.id)?.trace)));
    html! {
        figure.xray id=(format!("xray-{}", xray.id)) {
            (code(&xray.snippet))
            @if let Some(Traced { trace, label, .. }) = &traced {
                (pictures(xray, trace, beside.as_ref().map(|(other, trace)| (*other, trace))))
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
fn pictures(xray: &Xray, trace: &Trace, beside: Option<(&Xray, &Trace)>) -> Markup {
    let (own, other) = (profile(trace), beside.map(|(_, trace)| profile(trace)));
    let scale = own.total.max(other.as_ref().map_or(0, |other| other.total));
    html! {
        div.pictures tabindex="0" role="group" aria-label="Depth of the call, instruction by instruction" {
            (picture(&xray.id, xray, trace, &own, scale))
            @if let (Some((other, trace)), Some(profile)) = (beside, &other) {
                (picture(&format!("{}-beside", xray.id), other, trace, profile, scale))
            }
        }
    }
}

/// One drawing. `id` is not always the X-ray's: one that is compared with several stands on the page several times.
fn picture(id: &str, xray: &Xray, trace: &Trace, profile: &Profile, scale: u32) -> Markup {
    let build = xray.build.profile().map(|profile| format!(", {profile} build")).unwrap_or_default();
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
