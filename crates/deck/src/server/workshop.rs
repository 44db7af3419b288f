//! Who compiles while the talk is on, on a thread of its own: the talk gives orders and never waits. What is more urgent
//! overtakes, and what is overtaken ends at once.

use std::{
    sync::mpsc::{Receiver, Sender, channel},
    thread,
    time::Duration,
};

use super::talk::Talk;
use crate::{
    extension::{Cancel, Compiled, Extension, LiveBuild, LiveRegion, NotWritten, Overlay, Work},
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
    /// Nothing was asked for: whether the crate can be built as it is.
    WarmUp(Vec<Finding>),
    /// Of an [`Order::Rebuild`].
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
#[derive(Debug, Clone)]
pub struct Workshop {
    orders: Sender<Order>,
    cancel: Cancel,
}

/// Orders that nobody carries out yet.
#[derive(Debug)]
pub struct Backlog {
    orders: Receiver<Order>,
}

impl Workshop {
    /// A workshop for an extension; without one it takes no orders.
    pub fn new(extension: Option<&Extension>) -> (Self, Backlog) {
        let (orders, backlog) = channel();
        let cancel = extension.map(Extension::cancel).unwrap_or_default();
        (Self { orders, cancel }, Backlog { orders: backlog })
    }

    /// Takes an order; false if nobody carries orders out.
    pub fn order(&self, order: Order) -> bool {
        let work = order.work();
        let is_taken = self.orders.send(order).is_ok();
        if let Some(work) = work {
            self.cancel.make_way(work);
        }
        is_taken
    }

    /// Ends what is under way and refuses whatever comes later.
    pub fn end(&self) {
        self.cancel.end();
    }
}

impl Order {
    /// What the compiler is needed for.
    fn work(&self) -> Option<Work> {
        match self {
            Self::Rebuild { .. } | Self::Offer { .. } => Some(Work::Build),
            Self::Check { .. } => Some(Work::Check),
            Self::Compare { .. } | Self::WriteBack { .. } => None,
        }
    }

    /// The lowest goes first: what takes no time, then what the audience waits for.
    fn rank(&self) -> u8 {
        match self {
            Self::Compare { .. } | Self::WriteBack { .. } => 0,
            Self::Rebuild { .. } => 1,
            Self::Offer { .. } => 2,
            Self::Check { .. } => 3,
        }
    }

    /// Whether `newer` makes this one pointless.
    fn is_overtaken_by(&self, newer: &Self) -> bool {
        match self {
            Self::Rebuild { .. } => matches!(newer, Self::Rebuild { .. }),
            Self::Offer { .. } => matches!(newer, Self::Offer { .. } | Self::Rebuild { .. }),
            Self::Check { .. } => newer.work().is_some(),
            Self::Compare { .. } | Self::WriteBack { .. } => false,
        }
    }
}

impl Backlog {
    /// Carries the orders out until the talk ends, on a thread of its own. Without orders, the compiler is warmed up for the
    /// first one.
    pub fn work(self, extension: Extension, talk: Talk) {
        thread::spawn(move || Worker { extension, orders: self.orders, waiting: Vec::new() }.work(&talk));
    }
}

struct Worker {
    extension: Extension,
    orders: Receiver<Order>,
    waiting: Vec<Order>,
}

impl Worker {
    fn work(mut self, talk: &Talk) {
        match self.orders.recv_timeout(FIRST_BUILD_AFTER) {
            Ok(order) => self.waiting.push(order),
            Err(_) => {
                if let Some(findings) = self.extension.warm_up() {
                    talk.made(Made::WarmUp(findings));
                }
            }
        }
        while let Some(order) = self.next() {
            if let Some(made) = self.carry_out(order)
                && !talk.made(made)
            {
                break;
            }
        }
    }

    /// The most urgent order, without those that were overtaken; nothing when the talk has ended.
    fn next(&mut self) -> Option<Order> {
        if self.waiting.is_empty() {
            self.waiting.push(self.orders.recv().ok()?);
        }
        for order in self.orders.try_iter() {
            self.waiting.retain(|older| !older.is_overtaken_by(&order));
            self.waiting.push(order);
        }
        let first = (0..self.waiting.len()).min_by_key(|index| self.waiting[*index].rank())?;
        Some(self.waiting.remove(first))
    }

    /// What comes of an order; nothing if it had to make way.
    fn carry_out(&mut self, order: Order) -> Option<Made> {
        match order {
            Order::Rebuild { number, overlay, edited } => {
                Some(Made::Build { number, result: self.build(&overlay, edited) })
            }
            Order::Offer { overlay, edited } => {
                Some(Made::Offer(self.build(&overlay, edited).map(|compiled| compiled.live)))
            }
            Order::Check { number, overlay } => {
                self.extension.check(&overlay).map(|findings| Made::Check { number, findings })
            }
            Order::Compare { to, region } => {
                let file = region.region.file.display().to_string();
                let result = self.extension.difference(&region);
                let result = result.map(|made| Compared { file, diff: made.diff, digest: made.digest });
                Some(Made::Comparison { to, cell: region.cell, result: result.map_err(sentence) })
            }
            Order::WriteBack { to, region, digest } => {
                let file = region.region.file.display().to_string();
                let result = self.extension.write_back(&region, &digest).map(|()| file);
                Some(Made::Write { to, cell: region.cell, result: result.map_err(sentence) })
            }
        }
    }

    fn build(&mut self, overlay: &Overlay, edited: Vec<String>) -> Result<Compiled, Vec<Finding>> {
        let mut compiled = self.extension.build(overlay)?;
        compiled.live.name_edits(edited);
        Ok(compiled)
    }
}

fn sentence(error: NotWritten) -> String {
    format!("{error}.")
}
