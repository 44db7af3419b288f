//! Who may stay connected when many want to: whoever has shown the cookie stays; of the strangers, the one that has been
//! here the longest gives its place up to whoever comes.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::task::AbortHandle;

/// Connections that are open at once. A page needs six; sockets are counted elsewhere once they are let in.
pub const PLACES: usize = 128;
/// How long a newcomer is safe. A browser shows its cookie within a few milliseconds.
const GRACE: Duration = Duration::from_millis(100);

/// The connections that are open. Nothing is started or ended under the lock: when the server stops, both may drop a
/// connection at once, whose place needs the lock, too.
#[derive(Debug, Clone, Default)]
pub struct Places(Arc<Mutex<Taken>>);

#[derive(Debug, Default)]
struct Taken {
    last: u64,
    by: BTreeMap<u64, Connection>,
}

#[derive(Debug)]
struct Connection {
    since: Instant,
    guest: Guest,
    /// Nothing until it is started.
    task: Option<AbortHandle>,
}

/// One connection, as the gate sees it: a stranger until a request came with the cookie.
#[derive(Debug, Clone, Default)]
pub struct Guest(Arc<AtomicBool>);

/// A place that is taken until this is dropped.
#[derive(Debug)]
pub struct Place {
    number: u64,
    places: Places,
}

/// What there is for one more connection.
#[derive(Debug, PartialEq, Eq)]
pub enum Room {
    /// A place.
    Free,
    /// A place, after this time: until then all strangers are too new to be sent away.
    Later(Duration),
    /// None: everybody here has shown the cookie.
    Full,
}

impl Guest {
    /// It has shown the cookie.
    pub fn admit(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_stranger(&self) -> bool {
        !self.0.load(Ordering::Relaxed)
    }
}

impl Places {
    /// Makes room for one more connection if need be, and says what there is.
    pub fn room(&self) -> Room {
        let mut taken = self.taken();
        if taken.by.len() < PLACES {
            return Room::Free;
        }
        match taken.oldest_stranger().map(|(number, since)| (number, since.elapsed())) {
            None => Room::Full,
            Some((_, age)) if age < GRACE => Room::Later(GRACE - age),
            Some((number, _)) => {
                let stranger = taken.by.remove(&number);
                drop(taken);
                end(stranger);
                Room::Free
            }
        }
    }

    /// Ends the connection of a stranger, however new; false if there is none. For when the system has nothing left.
    pub fn end_a_stranger(&self) -> bool {
        let mut taken = self.taken();
        let stranger = taken.oldest_stranger().and_then(|(number, _)| taken.by.remove(&number));
        drop(taken);
        end(stranger)
    }

    /// Takes a place for what `start` starts. It gets the place, to hold it for as long as the connection is open.
    pub fn take(&self, guest: Guest, start: impl FnOnce(Place) -> AbortHandle) {
        let number = self.taken().enter(guest);
        let task = start(Place { number, places: self.clone() });
        // It may have ended already.
        if let Some(connection) = self.taken().by.get_mut(&number) {
            connection.task = Some(task);
        }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn oldest_stranger(&self) -> Option<(u64, Instant)> {
        let mut strangers = self.by.iter().filter(|(_, connection)| connection.guest.is_stranger());
        strangers.next().map(|(number, connection)| (*number, connection.since))
    }

    fn enter(&mut self, guest: Guest) -> u64 {
        self.last += 1;
        self.by.insert(self.last, Connection { since: Instant::now(), guest, task: None });
        self.last
    }
}

/// Ends a connection; false if there is none.
fn end(connection: Option<Connection>) -> bool {
    let task = connection.and_then(|connection| connection.task);
    task.is_some_and(|task| {
        task.abort();
        true
    })
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.taken().by.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fills all places with connections that never end by themselves.
    async fn full(guests: impl Fn(usize) -> Guest) -> Places {
        let places = Places::default();
        for number in 0..PLACES {
            assert_eq!(places.room(), Room::Free);
            places.take(guests(number), |place| {
                let stays = async move {
                    std::future::pending::<()>().await;
                    drop(place);
                };
                tokio::spawn(stays).abort_handle()
            });
        }
        places
    }

    fn admitted() -> Guest {
        let guest = Guest::default();
        guest.admit();
        guest
    }

    #[tokio::test]
    async fn a_newcomer_is_safe_for_a_moment_and_then_the_oldest_stranger_goes() {
        let places = full(|number| if number == 0 { admitted() } else { Guest::default() }).await;
        assert!(matches!(places.room(), Room::Later(wait) if wait <= GRACE));
        tokio::time::sleep(GRACE).await;
        assert_eq!(places.room(), Room::Free);
        let taken = places.taken();
        assert!(taken.by.contains_key(&1) && !taken.by.contains_key(&2) && taken.by.contains_key(&3));
    }

    #[tokio::test]
    async fn whoever_was_let_in_is_never_sent_away() {
        let places = full(|_| admitted()).await;
        assert_eq!(places.room(), Room::Full);
        assert!(!places.end_a_stranger());
        assert_eq!(places.taken().by.len(), PLACES);
    }

    #[tokio::test]
    async fn a_connection_that_cannot_be_started_any_more_gives_its_place_back() {
        let places = Places::default();
        places.take(Guest::default(), |place| {
            drop(place);
            tokio::spawn(async {}).abort_handle()
        });
        assert!(places.taken().by.is_empty());
    }

    #[tokio::test]
    async fn a_connection_that_ends_gives_its_place_back() {
        let places = Places::default();
        places.take(Guest::default(), |place| tokio::spawn(async { drop(place) }).abort_handle());
        while !places.taken().by.is_empty() {
            tokio::task::yield_now().await;
        }
    }
}
