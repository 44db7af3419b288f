//! Holds both crates to the table.

use std::{collections::BTreeSet, sync::LazyLock};

use crate::{
    graph::{Cause, Graph, circles, top},
    sources::sources,
    table::{DECK, NATIVE_TRACE, Rules, rows},
};

static CRATES: LazyLock<[(Rules, Graph); 2]> = LazyLock::new(|| {
    [DECK, NATIVE_TRACE].map(|rules| {
        let graph = Graph::new(rules.name, "lib.rs", &sources(rules.folder));
        (rules, graph)
    })
});

/// Holds each crate to a rule, by what breaks it.
#[track_caller]
fn check(rule: &str, broken: impl Fn(&Rules, &Graph) -> Vec<String>) {
    for (rules, graph) in &*CRATES {
        let broken = broken(rules, graph);
        assert!(broken.is_empty(), "in {}, {rule}, but:\n{}", rules.name, broken.join("\n"));
    }
}

#[test]
fn the_graph_lacks_nothing() {
    check("every file belongs to a module", |rules, graph| {
        let files: BTreeSet<String> = sources(rules.folder).into_keys().collect();
        assert!(files.len() > 40, "only {} files were found", files.len());
        files.difference(&graph.files).cloned().collect()
    });
    check("every path into the crate leads to a definition", |_, graph| graph.unresolved.clone());
}

#[test]
fn every_module_is_in_the_table() {
    check("every module is in the table", |rules, graph| {
        let rows: BTreeSet<&str> = rows(rules.modules).map(|(module, _)| module).collect();
        let modules: BTreeSet<&str> = graph.built.iter().map(|file| top(file)).collect();
        rows.symmetric_difference(&modules).map(ToString::to_string).collect()
    });
}

#[test]
fn modules_use_those_that_the_table_names() {
    check("modules use those that the table names", |rules, graph| {
        let edges = graph.between_modules();
        let allowed: BTreeSet<(&str, &str)> = uses(rules.modules).collect();
        let foreign = edges.iter().filter(|((from, to), _)| !allowed.contains(&(from, to)));
        let stale =
            allowed.iter().filter(|(from, to)| !edges.contains_key(&((*from).to_owned(), (*to).to_owned())));
        let foreign =
            foreign.map(|((from, to), causes)| format!("{from} uses {to}:\n  {}", causes.join("\n  ")));
        let stale = stale.map(|(from, to)| format!("{from} does not use {to} any more: strike it"));
        foreign.chain(stale).collect()
    });
}

#[test]
fn modules_use_only_those_above_them() {
    check("modules use only those above them in the table", |rules, _| {
        let row = |module: &str| rows(rules.modules).position(|(name, _)| name == module);
        let upward = uses(rules.modules).filter(|(from, to)| row(to) >= row(from));
        upward.map(|(from, to)| format!("{from} uses {to}, which stands below it")).collect()
    });
}

#[test]
fn no_files_know_each_other_in_a_circle() {
    check("no files know each other in a circle", |_, graph| file_circles(graph));
}

#[test]
fn no_files_of_the_demo_crate_or_of_tests_know_each_other_in_a_circle() {
    let mut seen = 0;
    for folder in ["demo_crate/src", "crates/deck/tests", "crates/native_trace/tests", "crates/deck/fuzz/src"]
    {
        let sources = sources(folder);
        for root in sources.keys().filter(|file| is_root(file)) {
            let graph = Graph::new("", root, &sources);
            let found = file_circles(&graph);
            assert!(
                found.is_empty(),
                "no files know each other in a circle, but in {folder}:\n{}",
                found.join("\n")
            );
            seen += graph.files.len();
        }
    }
    assert!(seen > 100, "only {seen} files were read");
}

/// Whether a file is the root of a crate: `name.rs` or `name/main.rs`.
fn is_root(file: &str) -> bool {
    !file.trim_end_matches("/main.rs").contains('/')
}

#[test]
fn other_crates_are_used_where_the_table_says() {
    check("other crates are used where the table says", |rules, graph| {
        let foreign = rows(rules.outside).flat_map(|(path, places)| {
            let used = graph.outside.iter().filter(move |used| leads_to(&used.path, path));
            used.filter(move |used| !places.iter().any(|place| lies_in(&used.file, place)))
                .map(|used| format!("{}:{}: {}", used.file, used.line, used.path))
        });
        let is_used = |path: &str, place: &str| {
            graph.outside.iter().any(|used| leads_to(&used.path, path) && lies_in(&used.file, place))
        };
        let stale = uses(rules.outside).filter(|(path, place)| !is_used(path, place));
        let stale = stale.map(|(path, place)| format!("{place} does not use {path} any more: strike it"));
        foreign.chain(stale).collect()
    });
}

/// Each module with each that it may use.
fn uses(table: &str) -> impl Iterator<Item = (&str, &str)> {
    rows(table).flat_map(|(module, used)| used.into_iter().map(move |used| (module, used)))
}

/// The circles of files, each with the paths that make it.
fn file_circles(graph: &Graph) -> Vec<String> {
    let edges = graph.edges.keys().map(|(from, to)| (from.as_str(), to.as_str()));
    circles(edges).iter().map(|circle| explained(graph, circle)).collect()
}

fn explained(graph: &Graph, circle: &[&str]) -> String {
    let is_within = |file: &String| circle.contains(&file.as_str());
    let edges = graph.edges.iter().filter(|((from, to), _)| is_within(from) && is_within(to));
    let edges =
        edges.map(|((from, to), causes)| format!("  {from} -> {to}\n    {}", brief(causes).join("\n    ")));
    format!("{circle:?}\n{}", edges.collect::<Vec<_>>().join("\n"))
}

/// Each path once; where it is imported, the import is enough.
fn brief(causes: &BTreeSet<Cause>) -> Vec<String> {
    let imports: Vec<&Cause> = causes.iter().filter(|cause| cause.text.starts_with("use ")).collect();
    let shown = if imports.is_empty() { causes.iter().collect() } else { imports };
    let mut seen = BTreeSet::new();
    let first = shown.into_iter().filter(|cause| seen.insert(&cause.text));
    first.map(|Cause { line, text }| format!("{line}: {text}")).collect()
}

/// Whether a path is another one or leads through it.
fn leads_to(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// Whether a file is a module's, or the one that is named.
fn lies_in(file: &str, place: &str) -> bool {
    file == place || top(file) == place
}
