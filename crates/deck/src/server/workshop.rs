//! Who compiles while the talk is on, on a thread of its own: the talk gives orders and never waits. What is more urgent
//! overtakes, and what is overtaken ends at once.

use std::{
    sync::mpsc::{Receiver, Sender, channel},
    thread,
    time::Duration,
};

use super::talk::Talk;
use crate::{
    extension::{Cancel, Compiled, Extension, LiveBuild, Overlay, Work},
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
    /// The rebuild that was ordered is not wanted any more.
    GiveUp,
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
        self.cancel.ask(order.work(), || self.orders.send(order).is_ok())
    }

    /// Ends what is under way and refuses whatever comes later.
    pub fn end(&self) {
        self.cancel.end();
    }
}

impl Order {
    /// What the compiler is needed for.
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
                let made = self.extension.build(&overlay);
                Some(Made::Build { number, result: made.map(|compiled| with_edits(compiled, edited)) })
            }
            Order::Offer { overlay, edited } => {
                let made = self.extension.offer(&overlay)?;
                Some(Made::Offer(made.map(|compiled| with_edits(compiled, edited).live)))
            }
            Order::Check { number, overlay } => {
                self.extension.check(&overlay).map(|findings| Made::Check { number, findings })
            }
            Order::GiveUp => None,
        }
    }
}

fn with_edits(mut compiled: Compiled, edited: Vec<String>) -> Compiled {
    compiled.live.name_edits(edited);
    compiled
}
