//! Files, and the table of the author's guide, that are made from Rust: `UPDATE=1 cargo test -p deck --test generated` writes them anew.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{env, fs, path::Path};

use deck::{
    highlight, markdown,
    protocol::{self, Limit},
    render,
};
use ts_rs::{Config, TS};

#[track_caller]
fn check(file: &str, expected: &str) {
    whole(&format!("web/src/{file}"), |_| expected.to_owned());
}

/// Compares a file of the project with what it should be, made from what it is.
#[track_caller]
fn whole(file: &str, expected: impl Fn(&str) -> String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
    let mut found = fs::read_to_string(&path).unwrap_or_default();
    let expected = expected(&found);
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, &expected).unwrap();
        found.clone_from(&expected);
    }
    assert!(
        found == expected,
        "{file} is not what Rust says; run `UPDATE=1 cargo test -p deck --test generated`"
    );
}

/// The declarations of types, each exported.
macro_rules! declarations {
    ($($type:ty),* $(,)?) => {{
        let config = Config::new();
        [$(<$type>::decl(&config)),*].map(|declaration| format!("\nexport {declaration}\n")).concat()
    }};
}

#[test]
fn the_messages_have_one_definition() {
    let header = "// Made from crates/deck/src/protocol by crates/deck/tests/generated.rs. Do not edit.\n";
    let types = declarations![
        protocol::CellEvent,
        protocol::Fd,
        protocol::Bytes,
        protocol::CellError,
        protocol::Finding,
        protocol::Level,
        protocol::Spot,
        protocol::Spotted,
        protocol::Point,
        protocol::Fix,
        protocol::FixEdit,
        protocol::Phase,
        protocol::Status,
        protocol::Limit,
        protocol::Outcome,
        protocol::Command,
        protocol::Message,
        protocol::Role,
        protocol::Problem,
        protocol::Stage,
        protocol::Position,
        protocol::CellState,
        protocol::Run,
        protocol::Build,
        protocol::Change,
        protocol::LiveTrace,
        protocol::TraceSubject,
        protocol::PythonManifest,
        protocol::PythonFile,
        protocol::PythonRole,
        protocol::PythonSources,
        render::DeckData,
        render::CellData,
        render::BrowserRun,
        render::RecordingData,
        render::Offer,
    ];
    check("protocol.ts", &format!("{header}{types}"));
}

#[test]
fn traces_have_one_definition() {
    let header = "// Made from crates/native_trace/src/trace.rs and crates/deck/src/{render/xray,protocol/trace}.rs by \
                  crates/deck/tests/generated.rs. Do not edit.\n";
    let types = declarations![
        native_trace::Trace,
        native_trace::Call,
        native_trace::Origin,
        native_trace::TracedModule,
        native_trace::SymbolLevel,
        native_trace::Window,
        native_trace::Outcome,
        native_trace::Function,
        native_trace::Language,
        native_trace::Node,
        native_trace::Entry,
        native_trace::Run,
        native_trace::Opcode,
        native_trace::Stage,
        native_trace::StageSpan,
        native_trace::ObjectSeen,
        native_trace::Role,
        render::XrayData,
        protocol::TraceAnswer,
    ];
    check("trace.ts", &format!("{header}{types}"));
}

#[test]
fn a_limit_reads_the_same_in_the_terminal_and_in_the_browser() {
    let bytes = [1, 1023, 1 << 10, 10_240, 1 << 20, (3 << 20) / 2, 512 << 20, 4 << 30, 5 << 40];
    let limits = [0.5, 1.0, 30.0, 86_400.0].map(|seconds| Limit::Time { seconds }).into_iter();
    let limits = limits.chain(bytes.map(|bytes| Limit::Output { bytes }));
    let limits = limits.chain(bytes.map(|bytes| Limit::Memory { bytes }));
    let limits = limits.chain([1, 256].map(|count| Limit::Processes { count }));
    let examples: Vec<_> = limits.map(|limit| (limit, limit.to_string())).collect();
    let lines: Vec<_> = examples.iter().map(|example| serde_json::to_string(example).unwrap()).collect();
    whole("web/test/limits.json", |_| format!("[\n  {}\n]\n", lines.join(",\n  ")));
}

#[test]
fn the_token_classes_have_one_table() {
    check("tokens.ts", &highlight::typescript_table());
}

#[test]
fn a_frame_begins_the_same_everywhere() {
    check("output/frame-document.ts", &render::frame_document());
}

#[test]
fn the_authors_guide_lists_every_attribute() {
    const HEAD: &str = "| attribute | meaning |\n|---|---|\n";
    let rows = markdown::ATTRIBUTES.map(|attribute| {
        let value = attribute.value.map(|value| format!("={}", value.replace('|', "\\|")));
        format!("| `{}{}` | {} |\n", attribute.name, value.unwrap_or_default(), attribute.meaning)
    });
    whole("CONTRIBUTING.md", |guide| {
        let (above, below) = guide.split_once(HEAD).expect("the guide has the head of the table");
        let below = below.find("\n\n").map_or("", |end| &below[end + 1..]);
        format!("{above}{HEAD}{}{below}", rows.concat())
    });
}
