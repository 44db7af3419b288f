//! `deck`: builds, presents, records and verifies a slide deck whose code really runs.

fn main() {}
