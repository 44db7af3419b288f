//! The browsers that follow the talk, each with a bounded line.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::extract::ws::Utf8Bytes;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::protocol::{Message, Role};

/// Bytes that may wait for one follower. One that is slower is dropped; it reconnects and gets a snapshot.
pub const BACKLOG: usize = 4 << 20;
/// Followers at once.
pub const FOLLOWERS: usize = 64;
/// Cost of a message besides its text.
const MESSAGE: usize = 128;

/// All followers, by number.
#[derive(Debug, Default)]
pub struct Followers {
    last: u64,
    all: BTreeMap<u64, Follower>,
}

#[derive(Debug)]
struct Follower {
    role: Role,
    messages: UnboundedSender<Utf8Bytes>,
    backlog: Arc<AtomicUsize>,
}

/// A follower's end of the line.
#[derive(Debug)]
pub struct Line {
    /// The follower's number.
    pub id: u64,
    messages: UnboundedReceiver<Utf8Bytes>,
    backlog: Arc<AtomicUsize>,
}

impl Line {
    /// The next message as JSON; none if the follower was dropped.
    pub async fn next(&mut self) -> Option<Utf8Bytes> {
        let message = self.messages.recv().await?;
        self.backlog.fetch_sub(cost(&message), Ordering::Relaxed);
        Some(message)
    }
}

impl Followers {
    /// Adds one; none if there are too many.
    pub fn add(&mut self) -> Option<Line> {
        if self.all.len() >= FOLLOWERS {
            return None;
        }
        self.last += 1;
        let (sender, messages) = unbounded_channel();
        let backlog = Arc::new(AtomicUsize::new(0));
        let follower = Follower { role: Role::default(), messages: sender, backlog: Arc::clone(&backlog) };
        self.all.insert(self.last, follower);
        Some(Line { id: self.last, messages, backlog })
    }

    /// One has gone.
    pub fn remove(&mut self, id: u64) {
        self.all.remove(&id);
    }

    /// The role of one; one that has gone may do nothing special.
    pub fn role(&self, id: u64) -> Role {
        self.all.get(&id).map(|follower| follower.role).unwrap_or_default()
    }

    /// Changes what one may do, and tells it.
    pub fn set_role(&mut self, id: u64, role: Role) {
        if let Some(follower) = self.all.get_mut(&id) {
            follower.role = role;
            self.tell(id, &Message::Role { role });
        }
    }

    /// Says something to one.
    pub fn tell(&mut self, id: u64, message: &Message) {
        let Some(text) = written(message) else { return };
        if self.all.get(&id).is_some_and(|follower| !follower.take(&text)) {
            self.all.remove(&id);
        }
    }

    /// Says something to all.
    pub fn tell_all(&mut self, message: &Message) {
        if self.all.is_empty() {
            return;
        }
        let Some(text) = written(message) else { return };
        self.all.retain(|_, follower| follower.take(&text));
    }
}

impl Follower {
    /// False if too much waits already. An empty line takes anything: a snapshot may be larger than the bound.
    fn take(&self, text: &Utf8Bytes) -> bool {
        let waiting = self.backlog.load(Ordering::Relaxed);
        if waiting > 0 && waiting + cost(text) > BACKLOG {
            return false;
        }
        self.backlog.fetch_add(cost(text), Ordering::Relaxed);
        self.messages.send(text.clone()).is_ok()
    }
}

/// One text for all followers: they share its memory.
fn written(message: &Message) -> Option<Utf8Bytes> {
    serde_json::to_string(message).ok().map(Utf8Bytes::from)
}

fn cost(text: &Utf8Bytes) -> usize {
    text.as_str().len() + MESSAGE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn large() -> Message {
        Message::Refused { reason: "x".repeat(BACKLOG / 4) }
    }

    #[tokio::test]
    async fn a_follower_that_reads_stays() {
        let mut followers = Followers::default();
        let mut line = followers.add().unwrap();
        for _ in 0..10 {
            followers.tell_all(&large());
            assert!(line.next().await.is_some());
        }
    }

    #[tokio::test]
    async fn a_follower_that_does_not_read_is_dropped_and_the_others_stay() {
        let mut followers = Followers::default();
        let mut slow = followers.add().unwrap();
        let mut quick = followers.add().unwrap();
        for _ in 0..10 {
            followers.tell_all(&large());
            quick.next().await.unwrap();
        }
        let mut received = 0;
        while slow.next().await.is_some() {
            received += 1;
        }
        assert_eq!(received, 3);
    }

    #[test]
    fn there_is_a_bound_on_followers() {
        let mut followers = Followers::default();
        let lines: Vec<_> = std::iter::from_fn(|| followers.add()).take(FOLLOWERS + 1).collect();
        assert_eq!(lines.len(), FOLLOWERS);
        followers.remove(lines[0].id);
        assert!(followers.add().is_some());
    }
}
