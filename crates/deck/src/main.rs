//! `deck`: builds, presents, records and verifies a slide deck whose code really runs.

#[allow(
    dead_code,
    unused_imports,
    reason = "the renderers that call it come with the pipeline"
)]
mod highlight;

fn main() {}
