//! A cell as HTML: its code, the step at which its output comes, and the output that was recorded.

use std::{collections::BTreeSet, path::PathBuf};

use maud::{Markup, html};

use super::{address, code, ingredients::Ingredients, output::output, xray};
use crate::model::{Cell, CellKind};

/// The figure of a cell; nothing for one that is not drawn. `sources` are the files that have a page of their own.
pub fn figure(cell: &Cell, ingredients: &Ingredients, sources: &BTreeSet<PathBuf>) -> Markup {
    match &cell.kind {
        CellKind::Python(_) | CellKind::Rust(_) => live(cell, ingredients, sources),
        CellKind::Xray(xray) if xray.unseen => html! {},
        CellKind::Xray(xray) => xray::figure(cell, xray, ingredients),
    }
}

fn live(cell: &Cell, ingredients: &Ingredients, sources: &BTreeSet<PathBuf>) -> Markup {
    let snippet = &cell.snippet;
    let build = cell.python().and_then(|python| python.second_build.as_ref());
    let recorded = (ingredients.recorded)(&cell.id);
    html! {
        figure.code.cell.rust[cell.rust().is_some()] id=(format!("cell-{}", cell.id)) data-cell=(cell.id)
            data-language=(snippet.language) data-build=[build] data-steps=[code::steps(snippet)] {
            (code::snippet(snippet))
            @if cell.has_step() { i.fragment.run data-cell=(cell.id) aria-hidden="true" {} }
            (code::caption(snippet))
            @if let Some(recorded) = recorded {
                (output(&recorded, &|file, line| address::source_line(sources, file, line)))
            }
        }
    }
}
