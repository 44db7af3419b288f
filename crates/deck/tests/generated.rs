//! Files of the front end that are made from Rust: `UPDATE=1 cargo test -p deck --test generated` writes them anew.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{env, fs, path::Path};

use deck::{highlight, protocol, render};
use ts_rs::{Config, TS};

#[track_caller]
fn check(file: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/src").join(file);
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "web/src/{file} is not what Rust says; run `UPDATE=1 cargo test -p deck --test generated`"
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
fn the_token_classes_have_one_table() {
    check("tokens.ts", &highlight::typescript_table());
}

#[test]
fn a_frame_begins_the_same_everywhere() {
    check("cell/frame-document.ts", &render::frame_document());
}
