//! The state of a talk that is on. It lives in the server; every client has a copy that starts as a snapshot and
//! follows by [`Change`]s, so that reload, reconnect, mirroring and following are one mechanism.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CellEvent, Finding, LiveTrace, Problem, TraceSubject};

/// Everything a client needs to show what the stage shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Stage {
    /// Number of the last change that is contained.
    #[ts(type = "number")]
    pub seq: u64,
    /// Digest of the deck that is being shown; it differs after every rebuild of the slides that changed something.
    pub deck: String,
    /// Where the speaker is.
    pub position: Position,
    /// By cell id; a cell that was neither run nor edited has no entry.
    pub cells: BTreeMap<String, CellState>,
    /// The build of the demo crate that cells import.
    pub build: Build,
    /// A newer build that is ready and waits for the speaker.
    pub offered: Option<Build>,
    /// The build before this one, which one key returns to.
    pub previous: Option<Build>,
    /// What the compiler says of the cells of Rust as they stand on the stage.
    pub findings: Vec<Finding>,
    /// What is wrong with the sources right now; the deck shown is the last good one.
    pub problems: Vec<Problem>,
    /// The latest trace that was asked for.
    pub trace: Option<LiveTrace>,
}

/// A place in the talk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Position {
    /// Id of the slide; empty before the first move.
    pub slide: String,
    /// Number of steps (fragments) shown on it.
    pub step: u32,
}

/// One cell of the running talk.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct CellState {
    /// The text in the editor where it differs from the deck's.
    pub edited: Option<String>,
    /// Whether and how it runs.
    pub run: Run,
    /// The events of the latest run, each stream capped.
    pub events: Vec<CellEvent>,
    /// The result was made with code that has changed since, here or in a cell above.
    pub stale: bool,
    /// It has run for so many seconds, longer than planned, and nobody has said yet whether it shall go on.
    pub overdue: Option<f64>,
}

/// Whether a cell runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Run {
    /// Not run in this session.
    #[default]
    Idle,
    /// Waits for another cell to end.
    Queued,
    /// Is running.
    Running,
    /// Has ended; its last event says how.
    Done,
}

/// A build of the demo crate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Build {
    /// Counts up from 1 with every build of this session; 0 is the one that `make` installed.
    pub number: u32,
    /// Cargo profile, e.g. `release`.
    pub profile: String,
    /// The cells of Rust whose text on the stage is in it.
    pub edited: Vec<String>,
}

/// One step from a stage to the next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// The speaker moved.
    Moved {
        /// Where to.
        position: Position,
    },
    /// A cell's text was edited, or put back (`None`). Its result and those of the cells in `stale` no longer fit.
    Edited {
        /// The cell.
        cell: String,
        /// Its new text.
        edited: Option<String>,
        /// The cells whose shown result came from other code.
        stale: Vec<String>,
    },
    /// A cell waits for its turn; what its last run left is gone.
    Queued {
        /// The cell.
        cell: String,
    },
    /// Something happened in a running cell.
    Ran {
        /// The cell.
        cell: String,
        /// What.
        event: CellEvent,
    },
    /// Somebody said that a cell shall go on.
    WentOn {
        /// The cell.
        cell: String,
    },
    /// The interpreter was replaced by a fresh one: every result is stale.
    Restarted {
        /// What the fresh one imports.
        build: Build,
        /// The build before it, if it is still there.
        previous: Option<Build>,
        /// The cell whose rebuild this is: its result is not stale.
        rebuilt: Option<String>,
    },
    /// The compiler was asked about the cells of Rust.
    Checked {
        /// What it says.
        findings: Vec<Finding>,
    },
    /// A changed demo crate has been built and waits for the speaker.
    Offered {
        /// The build, or nothing if the offer is withdrawn.
        build: Option<Build>,
    },
    /// The slides were rebuilt.
    Rebuilt {
        /// Digest of the new deck.
        deck: String,
    },
    /// A statement is being traced.
    Tracing {
        /// The number under which its trace will be found.
        number: u32,
        /// What is traced.
        subject: TraceSubject,
        /// The build of the extension that is compiled for it first, if it is not the installed one.
        build: Option<String>,
    },
    /// The trace, or why there is none, can be fetched.
    Traced {
        /// Its number.
        number: u32,
    },
    /// The sources have errors (or, if empty, no longer have any).
    Problems {
        /// All of them.
        problems: Vec<Problem>,
    },
}

impl Stage {
    /// Takes one change in. The same fold exists in `web/src/stage/stage.ts`; `stage-fold.json` is the test of both.
    pub fn apply(&mut self, change: &Change) {
        self.seq += 1;
        match change {
            Change::Moved { position } => self.position = position.clone(),
            Change::Edited { cell, edited, stale } => {
                self.cell(cell).edited = edited.clone();
                for id in stale {
                    self.cell(id).stale = true;
                }
            }
            Change::Queued { cell } => {
                let state = self.cell(cell);
                state.run = Run::Queued;
                state.stale = false;
                state.overdue = None;
                state.events.clear();
            }
            Change::WentOn { cell } => self.cell(cell).overdue = None,
            Change::Ran { cell, event } => self.cell(cell).take(event),
            Change::Restarted { build, previous, rebuilt } => {
                self.build = build.clone();
                self.previous = previous.clone();
                self.offered = None;
                for (id, state) in &mut self.cells {
                    state.stale = !state.events.is_empty() && rebuilt.as_ref() != Some(id);
                }
            }
            Change::Checked { findings } => self.findings = findings.clone(),
            Change::Offered { build } => self.offered = build.clone(),
            Change::Rebuilt { deck } => {
                self.deck = deck.clone();
                self.problems.clear();
            }
            Change::Problems { problems } => self.problems = problems.clone(),
            Change::Tracing { number, subject, build } => {
                let (subject, build) = (subject.clone(), build.clone());
                self.trace = Some(LiveTrace { number: *number, subject, build, done: false });
            }
            Change::Traced { number } => {
                if let Some(trace) = self.trace.as_mut().filter(|trace| trace.number == *number) {
                    trace.done = true;
                }
            }
        }
    }

    fn cell(&mut self, id: &str) -> &mut CellState {
        self.cells.entry(id.to_owned()).or_default()
    }
}

impl CellState {
    fn take(&mut self, event: &CellEvent) {
        if let CellEvent::Overdue { seconds } = event {
            self.overdue = Some(*seconds);
            return;
        }
        self.run = match event {
            CellEvent::Finished { .. } => Run::Done,
            _ => Run::Running,
        };
        if matches!(event, CellEvent::Phase { .. } | CellEvent::Finished { .. }) {
            self.overdue = None;
        }
        if *event == CellEvent::Started {
            self.stale = false;
            self.events.clear();
        }
        self.events.push(event.clone());
    }
}
