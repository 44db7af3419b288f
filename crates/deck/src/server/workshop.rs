//! Who compiles while the talk is on: one thread builds, another one has the compiler look at what is being typed. The talk
//! gives orders and never waits.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::Duration,
};

use super::talk::Talk;
use crate::{
    extension::{Cancel, Checker, Compiled, Extension, LiveBuild, LiveRegion, Overlay, difference, write_back},
    protocol::Finding,
};

/// The first pages and the first session come before the first build.
const FIRST_BUILD_AFTER: Duration = Duration::from_secs(2);

/// What the talk wants.
#[derive(Debug)]
pub enum Order {
    /// A build that is asked for on stage.
    Rebuild {
        /// To know the answer by.
        number: u64,
        /// What is compiled.
        overlay: Overlay,
        /// The cells whose text differs from the file's.
        edited: Vec<String>,
    },
    /// A build of what was saved.
    Offer {
        /// What is compiled.
        overlay: Overlay,
        /// The cells whose text differs from the file's.
        edited: Vec<String>,
    },
    /// What the compiler says of a text.
    Check {
        /// To know the answer by.
        number: u64,
        /// The text.
        overlay: Overlay,
    },
    /// What writing a region back would change.
    Compare {
        /// The follower that asks.
        to: u64,
        /// The region.
        region: LiveRegion,
    },
    /// Writing it back.
    WriteBack {
        /// The follower that asks.
        to: u64,
        /// The region.
        region: LiveRegion,
        /// Digest of the file as the follower saw it.
        digest: String,
    },
}

/// What came of it.
#[derive(Debug)]
pub enum Made {
    /// Of a [`Order::Rebuild`].
    Build { number: u64, result: Result<Compiled, Vec<Finding>> },
    /// Of an [`Order::Offer`].
    Offer(Result<LiveBuild, Vec<Finding>>),
    /// Of an [`Order::Check`].
    Check { number: u64, findings: Vec<Finding> },
    /// Of an [`Order::Compare`].
    Comparison { to: u64, cell: String, result: Result<Compared, String> },
    /// Of an [`Order::WriteBack`]: the file's path.
    Write { to: u64, cell: String, result: Result<String, String> },
}

/// A file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Path from the project's folder.
    pub file: String,
    /// As `diff -u` writes it.
    pub diff: String,
    /// Digest of the file before.
    pub digest: String,
}

/// Takes orders.
#[derive(Debug)]
pub struct Workshop {
    builds: Sender<Order>,
    checks: Sender<Order>,
    cancel: Option<Cancel>,
}

/// Carries orders out.
#[derive(Debug)]
pub struct Workers {
    builds: Receiver<Order>,
    checks: Receiver<Order>,
}
