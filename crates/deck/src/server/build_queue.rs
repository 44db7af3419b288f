//! The queue of requests to the compiler while the talk is on. It works on a thread of its own, and the talk never waits. A
//! more urgent request overtakes, and one that is overtaken ends at once.

use std::{
    sync::mpsc::{Receiver, Sender, channel},
    thread,
    time::Duration,
};

use crate::{
    extension::{Cancel, Compiled, Extension, LiveBuild, Overlay, Work},
    protocol::Finding,
};

/// The first pages and the first session come before the first build.
const FIRST_BUILD_AFTER: Duration = Duration::from_secs(2);

/// Work for the compiler.
#[derive(Debug)]
pub enum BuildRequest {
    /// A build that is asked for on stage.
    Rebuild {
        /// To know the answer by.
        number: u64,
        /// The code.
        overlay: Overlay,
        /// The cells whose text differs from the file's.
        edited: Vec<String>,
    },
    /// A build of what was saved.
    Offer {
        /// The code.
        overlay: Overlay,
        /// The cells whose text differs from the file's.
        edited: Vec<String>,
    },
    /// A look at a text.
    Check {
        /// To know the answer by.
        number: u64,
        /// The text.
        overlay: Overlay,
    },
    /// The rebuild that was asked for is not wanted any more.
    GiveUp,
}

/// The result of a request.
#[derive(Debug)]
pub enum BuildResult {
    /// Nothing was asked for: whether the crate can be built as it is.
    WarmUp(Vec<Finding>),
    /// Of a [`BuildRequest::Rebuild`].
    Rebuild { number: u64, result: Result<Compiled, Vec<Finding>> },
    /// Of a [`BuildRequest::Offer`].
    Offer(Result<LiveBuild, Vec<Finding>>),
    /// Of a [`BuildRequest::Check`].
    Check { number: u64, findings: Vec<Finding> },
}

/// Takes requests.
#[derive(Debug, Clone)]
pub struct BuildQueue {
    requests: Sender<BuildRequest>,
    cancel: Cancel,
}

/// Requests that nobody carries out yet.
#[derive(Debug)]
pub struct Backlog {
    requests: Receiver<BuildRequest>,
}

impl BuildQueue {
    /// A queue for an extension; without one it takes no requests.
    pub fn new(extension: Option<&Extension>) -> (Self, Backlog) {
        let (sender, requests) = channel();
        let cancel = extension.map(Extension::cancel).unwrap_or_default();
        (Self { requests: sender, cancel }, Backlog { requests })
    }

    /// Takes a request; false if nobody carries requests out.
    pub fn ask(&self, request: BuildRequest) -> bool {
        self.cancel.ask(request.work(), || self.requests.send(request).is_ok())
    }

    /// Ends what is under way and refuses whatever comes later.
    pub fn end(&self) {
        self.cancel.end();
    }
}

impl BuildRequest {
    /// The kind of work.
    fn work(&self) -> Work {
        match self {
            Self::Rebuild { .. } => Work::Build,
            Self::Offer { .. } => Work::Offer,
            Self::Check { .. } => Work::Check,
            Self::GiveUp => Work::GiveUp,
        }
    }

    /// The lowest goes first: what the audience waits for.
    fn rank(&self) -> u8 {
        match self {
            Self::Rebuild { .. } => 0,
            Self::Offer { .. } => 1,
            Self::Check { .. } => 2,
            Self::GiveUp => 3,
        }
    }

    /// Whether `newer` makes this one pointless.
    fn is_overtaken_by(&self, newer: &Self) -> bool {
        match self {
            Self::Rebuild { .. } => matches!(newer, Self::Rebuild { .. } | Self::GiveUp),
            Self::Offer { .. } => matches!(newer, Self::Offer { .. } | Self::Rebuild { .. }),
            Self::Check { .. } => !matches!(newer, Self::GiveUp),
            Self::GiveUp => true,
        }
    }
}

impl Backlog {
    /// Carries the requests out, on a thread of its own, until `report` says that nobody wants to know what comes of them any
    /// more. Without requests, the compiler is warmed up for the first one.
    pub fn work(self, extension: Extension, report: impl Fn(BuildResult) -> bool + Send + 'static) {
        thread::spawn(move || {
            Worker { extension, requests: self.requests, waiting: Vec::new() }.work(&report);
        });
    }
}

struct Worker {
    extension: Extension,
    requests: Receiver<BuildRequest>,
    waiting: Vec<BuildRequest>,
}

impl Worker {
    fn work(mut self, report: &dyn Fn(BuildResult) -> bool) {
        match self.requests.recv_timeout(FIRST_BUILD_AFTER) {
            Ok(request) => self.waiting.push(request),
            Err(_) => {
                if let Some(findings) = self.extension.warm_up() {
                    report(BuildResult::WarmUp(findings));
                }
            }
        }
        while let Some(request) = self.next() {
            if let Some(result) = self.carry_out(request)
                && !report(result)
            {
                break;
            }
        }
    }

    /// The most urgent request, without those that were overtaken; nothing when the talk has ended.
    fn next(&mut self) -> Option<BuildRequest> {
        if self.waiting.is_empty() {
            self.waiting.push(self.requests.recv().ok()?);
        }
        for request in self.requests.try_iter() {
            self.waiting.retain(|older| !older.is_overtaken_by(&request));
            self.waiting.push(request);
        }
        let first = (0..self.waiting.len()).min_by_key(|index| self.waiting[*index].rank())?;
        Some(self.waiting.remove(first))
    }

    /// Carries a request out; no result if it had to make way.
    fn carry_out(&mut self, request: BuildRequest) -> Option<BuildResult> {
        match request {
            BuildRequest::Rebuild { number, overlay, edited } => {
                let built = self.extension.build(&overlay);
                let result = built.map(|compiled| with_edits(compiled, edited));
                Some(BuildResult::Rebuild { number, result })
            }
            BuildRequest::Offer { overlay, edited } => {
                let built = self.extension.offer(&overlay)?;
                Some(BuildResult::Offer(built.map(|compiled| with_edits(compiled, edited).live)))
            }
            BuildRequest::Check { number, overlay } => {
                self.extension.check(&overlay).map(|findings| BuildResult::Check { number, findings })
            }
            BuildRequest::GiveUp => None,
        }
    }
}

fn with_edits(mut compiled: Compiled, edited: Vec<String>) -> Compiled {
    compiled.live.name_edits(edited);
    compiled
}
