//! What the server and a browser say to each other over the socket, as JSON text frames.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Build, Change, Position, Stage};

/// What a browser asks for. Cells are named by id: a client without the presenter's unlock has no way to send code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "command", rename_all = "kebab-case")]
pub enum Command {
    /// Run a cell as it stands on the stage.
    Run {
        /// Its id.
        cell: String,
    },
    /// Change a cell's text, or put the original back. Needs the unlock.
    Edit {
        /// Its id.
        cell: String,
        /// The new text, or nothing for the deck's own.
        source: Option<String>,
    },
    /// Trace an X-ray of the deck anew, in an interpreter of its own.
    Trace {
        /// Its id.
        xray: String,
    },
    /// Trace what the speaker typed, in an interpreter of its own. Needs the unlock.
    TraceExpression {
        /// What runs before it; without it, the module that the expression begins with is imported.
        setup: Option<String>,
        /// One expression or simple statement.
        expression: String,
    },
    /// Stop what runs.
    Stop,
    /// Let the cell run that runs for longer than planned.
    GoOn,
    /// Replace the interpreter by a fresh one.
    Restart,
    /// The speaker moved.
    Move {
        /// Where to.
        position: Position,
    },
    /// Go over to the offered build. Needs the unlock.
    UseBuild {
        /// The build that was offered.
        build: Build,
    },
    /// Build the demo crate with all edited cells of Rust. Needs the unlock.
    Rebuild {
        /// The cell whose button was pressed.
        cell: String,
    },
    /// Go back to the build before this one. Needs the unlock.
    ReturnBuild,
    /// Show what writing an edited cell of Rust back would change in its file. Needs the unlock.
    Difference {
        /// Its id.
        cell: String,
    },
    /// Write an edited cell of Rust back to its file. Needs the unlock.
    WriteBack {
        /// Its id.
        cell: String,
        /// Digest of the file as the difference was shown for it.
        digest: String,
    },
    /// Allow this connection to edit.
    Unlock,
    /// Take that permission back.
    Lock,
}

/// What the server says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "message", rename_all = "kebab-case")]
pub enum Message {
    /// The first message of a connection.
    Snapshot {
        /// The stage as it is.
        stage: Box<Stage>,
        /// What this connection may do.
        role: Role,
    },
    /// The stage changed.
    Changed {
        /// The stage's number after this change; a gap means the client missed one and reconnects.
        #[ts(type = "number")]
        seq: u64,
        /// The change.
        change: Change,
    },
    /// This connection's role changed.
    Role {
        /// The new role.
        role: Role,
    },
    /// What writing a cell back would change; only for the one who asked.
    Difference {
        /// The cell's id.
        cell: String,
        /// Path of its file, from the project's folder.
        file: String,
        /// Both texts compared, as `diff -u` does.
        diff: String,
        /// Digest of the file.
        digest: String,
    },
    /// A cell was written back to its file; only for the one who asked.
    Written {
        /// The cell's id.
        cell: String,
        /// Path of its file, from the project's folder.
        file: String,
    },
    /// A command was not carried out.
    Refused {
        /// Why, in a sentence for the speaker.
        reason: String,
    },
}

/// What a connection may do; each role may do what those before it may.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Run the deck's own cells, by id.
    #[default]
    Runner,
    /// Besides, edit cells and change builds.
    Presenter,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The kinds of messages that the fuzzer begins with.
    #[track_caller]
    fn kinds<T: serde::de::DeserializeOwned>(lines: &str, tag: &str) -> BTreeSet<String> {
        let kind = |line: &str| {
            serde_json::from_str::<T>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            value[tag].as_str().unwrap().to_owned()
        };
        lines.lines().map(kind).collect()
    }

    #[test]
    fn the_fuzzer_begins_with_messages_of_every_kind() {
        let config = ts_rs::Config::new();
        let said = kinds::<Message>(include_str!("../../fuzz/seeds/message/changes"), "message");
        let asked = kinds::<Command>(include_str!("../../fuzz/seeds/message/commands"), "command");
        assert_eq!(Message::decl(&config).matches("\"message\": \"").count(), said.len(), "{said:?}");
        assert_eq!(Command::decl(&config).matches("\"command\": \"").count(), asked.len(), "{asked:?}");
    }
}
